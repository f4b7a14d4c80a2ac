"""`dateline sources`: what each would bring, what a site offers, and how the file grows."""

import tomllib
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from command import run

from flows.discovery import discover
from flows.feeds import read_sources
from flows.memory import Memory
from flows.source_checks import check_source, choose_sources
from flows.source_file import add_source
from models.checked import Checked
from models.errors import FetchError, SourceError
from models.source import Source
from review.screen import make_console, render
from review.sources import make_checks
from tests.crawls import capture, put_file, write_crawl
from tests.fetching import make_fetcher
from tests.nights import feed_of, publish, write_pages, write_sources
from tests.servers import Site

FEED = """<rss version="2.0"><channel><title>s</title><item><title>Raid on Kesh</title><link>/1.html</link>
<pubDate>Tue, 05 Mar 2024 14:10:00 +0300</pubDate></item><item><title>Second</title><link>/2.html</link></item>
</channel></rss>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://paper.example/1</loc></url></urlset>"""
PAGE = """<!doctype html><html lang="en-GB"><head><title>The Paper</title><meta property="og:site_name" content="The
 Paper"><link rel="alternate" type="application/rss+xml" href="/world.xml"><link rel="alternate" hreflang="fr"
 href="/fr"><link rel="Alternate" type="application/atom+xml" href="/gone.xml"><link rel="alternate"
 type="application/rss+xml" href="http://[oops/"></head><body><p>News.</p></body></html>"""


def publish_site(site: Site) -> None:
    site.add(
        "/",
        PAGE.encode(),
    )
    site.add("/world.xml", FEED.encode(), content_type="application/rss+xml")
    site.add("/news.xml", NEWS.encode(), content_type="application/xml")
    robots = (
        f"User-agent: *\nDisallow: /2\nSitemap: {site.url('/pages.xml')}\nSitemap: {site.url('/news.xml')}\n"
    )
    site.add("/robots.txt", robots.encode(), content_type="text/plain")


def offers(found: list[Checked], site: Site) -> list[tuple[str, str]]:
    return [(one.source.kind, str(one.source.url).removeprefix(site.url(""))) for one in found]


def test_a_site_offers_the_feeds_it_links_to_then_its_sitemaps(site: Site) -> None:
    publish_site(site)
    found = discover(site.url("/"), make_fetcher())
    assert offers(found, site) == [("feed", "/world.xml"), ("sitemap", "/news.xml")]
    assert (found[0].source.publisher, found[0].source.language) == ("The Paper", "en")
    assert (found[0].items, found[0].newest, found[0].titles) == (
        2,
        date(2024, 3, 5),
        ("Raid on Kesh", "Second"),
    )


def test_a_site_that_does_not_say_so_is_tried_at_the_common_paths(site: Site) -> None:
    site.add("/about", b"<html><body><p>About us.</p></body></html>")
    site.add("/feed.xml", FEED.encode(), content_type="application/rss+xml")
    site.add("/rss", b"<html><body>a list of feeds</body></html>")
    site.add("/sitemap.xml", NEWS.encode(), content_type="application/xml")
    assert offers(discover(site.url("/about"), make_fetcher()), site) == [
        ("feed", "/feed.xml"),
        ("sitemap", "/sitemap.xml"),
    ]


@pytest.mark.parametrize(("path", "kind"), [("/world.xml", "feed"), ("/news.xml", "sitemap")])
def test_a_feed_or_sitemap_stands_for_itself(path: str, kind: str, site: Site) -> None:
    publish_site(site)
    assert offers(discover(site.url(path), make_fetcher()), site) == [(kind, path)]


def test_a_hostile_page_offers_nothing(site: Site) -> None:
    site.add("/", b"<link rel=alternate type=application/rss+xml href='http://[oops/'>" + b"<b>" * 5000)
    site.add("/none", b"\0\0\0")
    assert discover(site.url("/"), make_fetcher()) == []
    assert discover(site.url("/none"), make_fetcher()) == []
    with pytest.raises(FetchError):
        discover("ftp://paper.example/", make_fetcher())


# ---- checks


def test_checks_tell_items_robots_and_faults_and_store_nothing(tmp_path: Path, site: Site) -> None:
    publish_site(site)
    publish(site, 1)
    put_file(tmp_path, "a.warc.gz", write_crawl([capture(1, day="2024-03-07"), capture(2)]))
    write_pages(tmp_path / "saved", 1)
    path = write_sources(
        tmp_path,
        world={"kind": "feed", "url": site.url("/world.xml"), "minimum": 3},
        town=feed_of(site),
        news={"kind": "sitemap", "url": site.url("/news.xml")},
        crawl={"kind": "warc", "path": "a.warc.gz"},
        saved={"kind": "folder", "path": "saved"},
        dead={"kind": "list", "url": "http://127.0.0.1:9/list.txt"},
        closed={"kind": "feed", "url": site.url("/2/feed.xml")},
        sleeping={"kind": "feed", "url": "http://127.0.0.1:9/", "paused": True},
    )
    memory = Memory(tmp_path / "home" / "sources", read_only=True)
    checks = {one.id: check_source(one, make_fetcher(), tmp_path, memory) for one in choose_sources(path, [])}
    assert not (tmp_path / "home").exists()
    assert "sleeping" not in checks
    assert checks["world"].faults == ("2 items, expected at least 3",)
    assert checks["town"].robots == "allowed"
    assert not checks["town"].faults
    assert (checks["news"].items, checks["saved"].items) == (1, 1)
    crawl = checks["crawl"]
    assert (crawl.items, crawl.more, crawl.newest) == (2, False, date(2024, 3, 7))
    assert crawl.titles[0] == "https://paper.example/1.html"
    assert "no connection" in checks["dead"].faults[0]
    assert checks["closed"].robots == "forbidden"
    assert [one.id for one in choose_sources(path, ["sleeping", "town"])] == ["sleeping", "town"]
    with pytest.raises(SourceError, match=r"feeds.toml: no source \[town2\]; there are world, town"):
        choose_sources(path, ["town2"])


def test_hostile_titles_are_shown_by_name_and_kept_short() -> None:
    source = Source(id="a", kind="feed", url="https://paper.example/[bold]")
    checked = Checked(
        source, 1, titles=("\x1b[2J[red]x\u202e" + "y" * 500,), robots="[b]", faults=("\x07[/x]",)
    )
    shown = render(make_checks([checked], numbered=True), make_console(StringIO()))
    assert not {"\x1b", "\u202e", "\x07"} & set(shown)
    assert "[red]" in shown
    assert "[/x]" in shown
    assert all(len(line) <= 100 for line in shown.splitlines())


# ---- the file

FILE = "# Ours: keep the order.  \n\n[ours]   # first\nkind = 'list'\npath = 'urls.txt' # desk\n\n\n# no line end"


def offer(url: str = "https://www.paper.example/feed", **more: object) -> Source:
    return Source.model_validate({"id": url, "kind": "feed", "url": url, **more})


def test_the_file_grows_at_its_end_and_says_the_rest_as_before(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(FILE, encoding="utf-8")
    name, block = add_source(
        path, offer(publisher='The "Daily"\n Päper \u0000\x7f\x9b\u202e\U0001f4f0', language="en")
    )
    assert all(letter.isprintable() or letter == "\n" for letter in block)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(FILE + "\n\n[the-daily-p-per]\n")
    assert read_sources(path)[name].publisher == 'The "Daily"\n Päper \u0000\x7f\x9b\u202e\U0001f4f0'
    assert tomllib.loads(text)[name]["paused"] is False
    assert add_source(path, offer("https://paper.example/other"))[0] == "paper-example"
    assert add_source(path, offer("https://live.paper.example/third"))[0] == "paper-example-2"
    assert add_source(path, offer("https://paper.example/fourth"), "desk_4")[0] == "desk_4"
    assert list(read_sources(path)) == ["ours", name, "paper-example", "paper-example-2", "desk_4"]


def test_line_ends_of_the_file_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(b"[ours]\r\nkind = 'list'\r\npath = 'x'\r\n")
    add_source(path, offer())
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


REFUSED = {
    "the same address": (offer("http://paper.example/list?utm_source=x"), None, r"\[ours\] has .* already"),
    "a name that is taken": (offer(), "ours", "is there already"),
    "a name that is none": (offer(), "a.b", "is no name"),
}


@pytest.mark.parametrize(("source", "name", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_doubles_are_refused_and_the_file_stays(
    source: Source, name: str | None, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text("[ours]\nkind = 'feed'\nurl = 'https://www.paper.example/list'\n")
    before = path.read_bytes()
    with pytest.raises(SourceError, match=words):
        add_source(path, source, name)
    assert path.read_bytes() == before


def test_a_file_that_is_not_valid_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text("[ours")
    with pytest.raises(SourceError, match=r"feeds\.toml: "):
        add_source(path, offer())
    assert path.read_text() == "[ours"


def test_the_commands(tmp_path: Path, site: Site) -> None:
    publish_site(site)
    path = tmp_path / "feeds.toml"
    given = ("--sources", path)
    added = run(
        "sources", "add", site.url("/world.xml"), "--yes", "--name", "world", "--allow-private", *given
    )
    assert added.returncode == 0, added.stderr
    assert read_sources(path)["world"].url == site.url("/world.xml")
    none = run("sources", "add", site.url("/news.xml"), "--allow-private", *given, stdin="0\n")
    assert none.returncode == 1
    checked = run("sources", "check", "--allow-private", "--home", tmp_path / "home", *given)
    assert checked.returncode == 0, checked.stdout
    assert "Raid on Kesh" in checked.stdout
    path.write_text(
        path.read_text() + '\n[dead]\nkind = "feed"\nurl = "http://127.0.0.1:9/"\npaused = true\n'
    )
    dead = run("sources", "check", "dead", "--allow-private", *given)
    assert dead.returncode == 1
    assert "! dead: " in dead.stdout
    listed = run("sources", "list", "--home", tmp_path / "home", *given).stdout
    assert listed.splitlines()[1].split()[0] == "world"
    assert "paused" in listed
