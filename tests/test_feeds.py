"""Sources: what is valid, and what each kind of source lists."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from flows.feeds import Item, list_items, read_sources
from flows.fetch import Fetcher
from models.errors import FetchError, SourceError
from models.source import Source
from tests.servers import serve

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The Paper</title>
<item><title>Shells &amp; smoke</title><link>https://paper.example/1?utm_source=rss&amp;page=2#top</link>
<guid isPermaLink="false">g1</guid><pubDate>Tue, 05 May 2026 14:10:00 +0300</pubDate></item>
<item><title>Same page again</title><link>https://paper.example/1?page=2</link></item>
<item><title>Second</title><link>/2</link></item>
<item><title>No address</title><link>mailto:desk@paper.example</link></item>
</channel></rss>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry>
<title>Third</title><link rel="self" href="https://paper.example/self"/><link href="https://paper.example/3"/>
<id>urn:3</id><updated>2026-05-06T00:00:00Z</updated><published>2026-05-05T10:00:00+02:00</published>
</entry></feed>"""


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(allow_private=True, host_delay=0, deadline=5)


def feed(path: Path, body: bytes) -> Source:
    (path / "feed.xml").write_bytes(body)
    return Source(id="paper", kind="feed", path="feed.xml")


def test_rss_keeps_order_titles_zones_and_raw_dates(tmp_path: Path, fetcher: Fetcher) -> None:
    with serve() as site:
        site.add("/rss", RSS, content_type="application/rss+xml")
        items = list_items(Source(id="paper", kind="feed", url=site.url("/rss")), fetcher, tmp_path).items
        second = site.url("/2")
    assert [item.url for item in items] == ["https://paper.example/1?page=2", second]
    when = datetime(2026, 5, 5, 14, 10, tzinfo=timezone(timedelta(hours=3)))
    words = "Tue, 05 May 2026 14:10:00 +0300"
    assert items[0] == Item("paper", items[0].url, None, "Shells & smoke", when, words)
    assert items[0].feed_published is not None
    assert items[0].feed_published.isoformat() == "2026-05-05T14:10:00+03:00"


def test_atom_takes_the_page_and_its_publication(tmp_path: Path, fetcher: Fetcher) -> None:
    (item,) = list_items(feed(tmp_path, ATOM), fetcher, tmp_path).items
    assert item.url == "https://paper.example/3"
    assert item.feed_published == datetime(2026, 5, 5, 8, tzinfo=UTC)
    assert item.raw_date == "2026-05-05T10:00:00+02:00"


def test_json_feed(tmp_path: Path, fetcher: Fetcher) -> None:
    body = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": '
        b'[{"id": "1", "url": "https://paper.example/j", "date_published": "2026-05-05T10:00:00+02:00"}]}'
    )
    (item,) = list_items(feed(tmp_path, body), fetcher, tmp_path).items
    assert item.feed_published == datetime(2026, 5, 5, 8, tzinfo=UTC)


DAMAGED = [
    RSS[:-80],
    RSS.replace(b"&amp;", b"&"),
    b"\xef\xbb\xbf  " + RSS,
    RSS.replace(b"Second", b"Sec\x0bond"),
]


@pytest.mark.parametrize(
    "body", DAMAGED, ids=["cut off", "bare ampersand", "mark and spaces", "control character"]
)
def test_damaged_feeds_give_their_entries(body: bytes, tmp_path: Path, fetcher: Fetcher) -> None:
    items = list_items(feed(tmp_path, body), fetcher, tmp_path).items
    assert items[0].url is not None
    assert items[0].url.startswith("https://paper.example/1")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY f SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><item><title>&b;&f;</title>
<link>https://paper.example/b</link></item></channel></rss>"""


def test_entities_are_not_followed(tmp_path: Path, fetcher: Fetcher) -> None:
    host = (
        Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "?"
    )
    items = list_items(feed(tmp_path, BOMB), fetcher, tmp_path).items
    assert all(host not in (item.title or "") for item in items)


@pytest.mark.parametrize("body", [b"<html><body><p>Not found</p></body></html>", b"", b"\x00\x01\x02"])
def test_what_is_no_feed_says_so(body: bytes, tmp_path: Path, fetcher: Fetcher) -> None:
    with pytest.raises(FetchError) as caught:
        list_items(feed(tmp_path, body), fetcher, tmp_path)
    assert caught.value.reason == "not_a_feed"
    assert "\n" not in str(caught.value)


def test_list_of_addresses(tmp_path: Path, fetcher: Fetcher) -> None:
    (tmp_path / "urls.txt").write_text(
        "# desk\nhttps://paper.example/1\n\n https://paper.example/2 \nhttps://paper.example/1\n"
    )
    source = Source(id="desk", kind="list", path="urls.txt", host_delay=3)
    items = list_items(source, fetcher, tmp_path).items
    assert [item.url for item in items] == ["https://paper.example/1", "https://paper.example/2"]
    assert fetcher.pacing.delays == {"paper.example": 3}


def test_folder_of_pages_with_and_without_an_address(tmp_path: Path, fetcher: Fetcher) -> None:
    pages = tmp_path / "saved pages"
    pages.mkdir()
    for name in ("b.html", "a.htm", "notes.txt"):
        (pages / name).write_text("<p>x</p>")
    (pages / "b.toml").write_text('url = "https://paper.example/b"\n')
    items = list_items(Source(id="saved", kind="folder", path="saved pages"), fetcher, tmp_path).items
    assert [(item.path and item.path.name, item.url) for item in items] == [
        ("a.htm", None),
        ("b.html", "https://paper.example/b"),
    ]


@pytest.mark.parametrize(
    "source", [Source(id="s", kind="folder", path="no"), Source(id="s", kind="list", path="no")]
)
def test_a_missing_place_is_one_line(source: Source, tmp_path: Path, fetcher: Fetcher) -> None:
    with pytest.raises(SourceError) as caught:
        list_items(source, fetcher, tmp_path)
    assert "s: " in str(caught.value)


INVALID = [
    ('[a]\nkind = "feed"', "[a] needs either 'url' or 'path'"),
    ('[a]\nkind = "feed"\nurl = "https://x.example/"\npath = "x"', "needs either"),
    ('[a]\nkind = "feeed"\nurl = "https://x.example/"', "'kind' is 'feeed'"),
    ('[a]\nkind = "feed"\nurl = "ftp://x.example/"', "'url' is 'ftp://x.example/': is no http"),
    ('[a]\nkind = "folder"\nurl = "https://x.example/"', "needs 'path'"),
    ('[a]\nkind = "list"\npath = "x"\nminium = 3', "unknown key 'minium'; keys are kind, url"),
    ('[a]\nkind = "list"\npath = "x"\nminimum = 3\nmaximum = 2', "'minimum' is above"),
    ('[a]\nkind = "list"\npath = "x"\ncountry = "UK"', "'country' is 'UK'"),
    ('[a]\nurl = "https://x.example/"', "key 'kind' is missing"),
    (
        '[a]\nkind = "feed"\nurl = "https://x.example/"\ndays = 3',
        "'days' is for sources of the kind 'sitemap'",
    ),
    (
        '[a]\nkind = "list"\npath = "x"\ndomains = ["x.example"]',
        "'domains' is for sources of the kind 'warc'",
    ),
    ('[a]\nkind = "sitemap"\nurl = "https://x.example/"\ndays = 0', "'days' is 0"),
    ('[a]\nkind = "sitemap"\nurl = "s3://x/sitemap.xml"', "is no http or https address"),
    ('[a]\nkind = "warc"\nurl = "file:///x.warc"', "name a file by 'path'"),
    ('[a]\nkind = "warc"\nurl = "x.warc"', "'url' is 'x.warc': is no address"),
    ('[a]\nkind = "warc"\npath = "x"\nlanguages = ["English"]', "'languages' is 'English'"),
    ('[a]\nkind = "warc"\npath = "x"\ndomains = "x.example"', "'domains' is 'x.example'"),
    ('[a]\nkind = "warc"\npath = "x"\nsince = 2024-03-02\nuntil = 2024-03-01', "'since' is above 'until'"),
    ('[a]\nkind = "warc"\npath = "x"\nsince = "last week"', "'since' is 'last week'"),
    ('[a]\nkind = "warc"\npath = "x"\nmost = 0', "'most' is 0"),
    ('kind = "feed"', "'kind' stands outside a source"),
    ('[a]\nkind = "list"\npath = "x"\n[a]\nkind = "list"', "Cannot declare"),
    ("[a", "feeds.toml: "),
]


@pytest.mark.parametrize(("text", "words"), INVALID, ids=range(len(INVALID)))
def test_invalid_sources_are_one_line(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(SourceError) as caught:
        read_sources(path)
    assert str(caught.value).startswith("feeds.toml: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bundled_sources_need_no_network() -> None:
    path = Path(__file__).parent.parent / "flows" / "feeds.toml"
    sources = read_sources(path)
    awake = [source for source in sources.values() if not source.paused]
    assert [source.kind for source in awake] == ["folder"]
    items = list_items(awake[0], Fetcher(), path.parent).items
    assert len(items) >= (awake[0].minimum or 0)
    assert all(item.url and item.path for item in items)
