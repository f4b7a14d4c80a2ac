"""Feeds from run to run: asked for only if they have changed, gone, and back."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.archive import Archive
from flows.feeds import list_items
from flows.ingest import ingest
from flows.memory import Memory
from models.errors import FetchError
from models.source import Source
from tests.fetching import make_fetcher
from tests.nights import feed_of, make_page, outcomes, publish, put, write_sources
from tests.servers import Site, reply
from tests.test_feed_faults import rss


def test_a_page_is_the_same_whatever_its_guid_and_marks_are_at_each_poll(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    put(site, "/1.html", make_page(1).encode())
    source, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"
    found = []
    for poll in range(2):
        item = f"<guid>{poll}</guid><link>{site.url(f'/1.html?utm_source=rss{poll}#n{poll}')}</link>"
        site.add("/feed.xml", rss(item), content_type="text/xml")
        found.append(outcomes(ingest(source, home, allow_private=True, extractor=extractor)))
    assert found == [{"new": 1}, {"unchanged": 1}]


def test_a_page_in_a_feed_a_sitemap_and_as_its_amp_twin_is_fetched_once(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1)
    loc = "".join(
        f"<url><loc>{site.url(path)}</loc></url>" for path in ("/1.html", "/amp/1.html", "/1.html?print=1")
    )
    site.add("/sitemap.xml", f"<urlset>{loc}</urlset>".encode(), content_type="text/xml")
    sitemap = {"kind": "sitemap", "url": site.url("/sitemap.xml"), "host_delay": 0.0}
    sources = write_sources(tmp_path, town=feed_of(site), pages=sitemap)
    receipt = ingest(sources, tmp_path / "home", allow_private=True, extractor=extractor)
    assert outcomes(receipt) == {"new": 1, "duplicate": 1}  # a source lists each page once
    assert [site.hits(path) for path in ("/1.html", "/amp/1.html", "/1.html?print=1")] == [1, 0, 0]


def test_publication_by_a_sitemap_is_told_as_such(tmp_path: Path, site: Site, extractor: Extractor) -> None:
    bare = make_page(1).replace("article:published_time", "x")
    put(site, "/1.html", bare.encode())
    news = "<n:news><n:publication_date>2024-03-05T06:30:00+03:00</n:publication_date></n:news>"
    body = f"<urlset xmlns:n='x'><url><loc>{site.url('/1.html')}</loc>{news}</url></urlset>"
    site.add("/sitemap.xml", body.encode(), content_type="text/xml")
    source = {"kind": "sitemap", "url": site.url("/sitemap.xml"), "host_delay": 0.0, "days": 36500}
    receipt = ingest(
        write_sources(tmp_path, s=source), tmp_path / "home", allow_private=True, extractor=extractor
    )
    assert outcomes(receipt) == {"new": 1}
    lines = list((tmp_path / "home" / "tables" / "articles").rglob("*.parquet"))
    import duckdb  # noqa: PLC0415

    found = duckdb.sql(f"SELECT published_source FROM read_parquet({[str(one) for one in lines]})").fetchall()
    assert found == [("sitemap",)]


# ---- feeds from run to run


def test_a_feed_is_asked_for_only_if_it_has_changed_and_says_the_same_then(
    tmp_path: Path, site: Site
) -> None:
    publish(site, 1, 2)
    source, memory = Source(id="town", kind="feed", url=site.url("/feed.xml")), Memory(tmp_path)
    first = list_items(source, make_fetcher(), tmp_path, memory)
    second = list_items(source, make_fetcher(), tmp_path, memory)
    assert first.items == second.items
    assert ["if-none-match" in headers for path, headers in site.requests if path == "/feed.xml"] == [
        False,
        True,
    ]
    publish(site, 1, 2, 3)
    assert len(list_items(source, make_fetcher(), tmp_path, memory).items) == 3


DAMAGE = {
    "the body is gone": lambda folder: next(folder.glob("*.body")).unlink(),
    "the body is damaged": lambda folder: next(folder.glob("*.body")).write_bytes(b"x"),
    "the file is damaged": lambda folder: next(folder.glob("*.json")).write_bytes(b"{"),
    "all is gone": lambda folder: [path.unlink() for path in folder.iterdir()],
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_without_its_memory_a_feed_is_read_anew(
    damage: Callable[[Path], object], tmp_path: Path, site: Site
) -> None:
    publish(site, 1, 2)
    source, memory = Source(id="to/wn", kind="feed", url=site.url("/feed.xml")), Memory(tmp_path)
    list_items(source, make_fetcher(), tmp_path, memory)
    damage(tmp_path)
    assert len(list_items(source, make_fetcher(), tmp_path, memory).items) == 2
    moved = source.model_copy(update={"url": site.url("/feed.xml?moved")})
    assert memory.recall_body(moved) is None


def test_304_to_a_feed_that_was_not_asked_for_by_its_validators_is_typed(tmp_path: Path, site: Site) -> None:
    site.add("/feed.xml", b"", 304)
    source = Source(id="town", kind="feed", url=site.url("/feed.xml"))
    with pytest.raises(FetchError) as caught:
        list_items(source, make_fetcher(), tmp_path, Memory(tmp_path))
    assert caught.value.reason == "status_304"


def test_a_feed_that_is_gone_is_an_error_each_night_and_forgiven_when_it_is_back(
    tmp_path: Path, site: Site, extractor: Extractor
) -> None:
    publish(site, 1)
    sources, home = write_sources(tmp_path, town=feed_of(site)), tmp_path / "home"

    def night() -> tuple[str, ...]:
        return ingest(sources, home, allow_private=True, extractor=extractor).errors

    assert night() == ()
    there = site.answers.pop("/feed.xml")
    assert [error.partition("status")[0].partition("answers ")[2] for error in night()] == ["404"]
    (error,) = night()
    assert "(2 runs in a row; last read on " in error
    site.answers["/feed.xml"] = there
    assert night() == ()
    site.answers.pop("/feed.xml")
    assert "in a row" not in night()[0]
    with Archive(home / "archive", read_only=True) as archive:
        assert {record.url for record in archive.records()} == {site.url("/1.html")}


def test_a_feed_larger_than_its_bound_is_typed(tmp_path: Path, site: Site) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        reply(handler, b"<rss>" + b" " * (21 << 20), content_type="text/xml")

    site.answers["/feed.xml"] = answer
    with pytest.raises(FetchError) as caught:
        list_items(
            Source(id="town", kind="feed", url=site.url("/feed.xml")), make_fetcher(deadline=20.0), tmp_path
        )
    assert caught.value.reason == "too_large"
