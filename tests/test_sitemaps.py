"""Sitemaps: what they list, what is new in them, and every way in which they can be hostile."""

import gzip
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.feeds import Listing, list_items
from flows.memory import Memory
from flows.sitemaps import find_since
from models.source import Source
from tests.fetching import make_fetcher
from tests.servers import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NOW = datetime.now(UTC)


def urlset(*entries: str) -> bytes:
    inner = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">{inner}</urlset>'.encode()


def index(*links: str, lastmod: str = "") -> bytes:
    inner = "".join(f"<sitemap><loc>{link}</loc>{lastmod}</sitemap>" for link in links)
    return f'<?xml version="1.0"?><sitemapindex xmlns="{SITEMAP}">{inner}</sitemapindex>'.encode()


def page(number: int, days_ago: float | None = 0.0) -> str:
    when = "" if days_ago is None else f"<lastmod>{NOW - timedelta(days=days_ago):%Y-%m-%d}</lastmod>"
    return f"<loc>https://paper.example/{number}</loc>{when}"


def news(number: int, when: datetime) -> str:
    return (
        f"<loc>https://paper.example/{number}</loc><news:news><news:publication><news:name>The Paper</news:name>"
        f"<news:language>en-GB</news:language></news:publication><news:publication_date>{when.isoformat()}"
        f"</news:publication_date><news:title>Raid &amp; reply</news:title></news:news>"
    )


def ask(site: Site, path: str = "/sitemap.xml", memory: Memory | None = None, **more: object) -> Listing:
    source = Source.model_validate({"id": "paper", "kind": "sitemap", "url": site.url(path), **more})
    return list_items(source, make_fetcher(), Path(), memory)


def urls(listing: Listing) -> list[str]:
    return [(item.url or "").removeprefix("https://paper.example/") for item in listing.items]


def test_news_sitemap_gives_title_publication_language_and_outlet(site: Site) -> None:
    when = NOW.astimezone().replace(microsecond=0)
    site.add("/sitemap.xml", urlset(news(1, when), page(2)), content_type="application/xml")
    first, second = ask(site).items
    assert (first.title, first.feed_published, first.raw_date) == ("Raid & reply", when, when.isoformat())
    assert (first.language, first.publisher) == ("en", "The Paper")
    assert second.feed_published is None  # a page's last change is not when it was published


def test_only_what_is_new_and_what_has_no_date_is_listed(site: Site, tmp_path: Path) -> None:
    site.add("/sitemap.xml", urlset(page(1), page(2, 5), page(3, 60), page(4, None), news(5, NOW)))
    assert urls(ask(site)) == ["1", "2", "4", "5"]
    assert urls(ask(site, days=2)) == ["1", "4", "5"]
    assert urls(ask(site, days=100)) == ["1", "2", "3", "4", "5"]
    memory, source = Memory(tmp_path), Source(id="paper", kind="sitemap", url=site.url("/sitemap.xml"))
    memory.keep(source, complete=NOW - timedelta(days=80))
    assert urls(ask(site, memory=memory)) == ["1", "2", "3", "4", "5"]
    memory.keep(source, complete=NOW)
    assert urls(ask(site, memory=memory)) == ["1", "4", "5"]


def test_the_day_from_which_entries_count() -> None:
    today = date(2024, 3, 20)
    assert find_since(None, None, today) == date(2024, 3, 13)
    assert find_since(None, datetime(2024, 3, 19, 2, tzinfo=UTC), today) == date(2024, 3, 16)
    assert find_since(2, datetime(2024, 3, 1, tzinfo=UTC), today) == date(2024, 3, 18)
    assert find_since(36500 * 30, None, today) == date.min + timedelta(0)


def test_an_index_leads_to_its_sitemaps_the_newest_first_and_old_ones_are_not_asked_for(site: Site) -> None:
    old, new = "<lastmod>2001-01-01</lastmod>", f"<lastmod>{NOW:%Y-%m-%d}</lastmod>"
    inner = (("/a.xml", ""), ("/old.xml", old), ("/b.xml.gz", new))
    body = index().replace(
        b"</sitemapindex>",
        "".join(f"<sitemap><loc>{site.url(p)}</loc>{d}</sitemap>" for p, d in inner).encode()
        + b"</sitemapindex>",
    )
    site.add("/sitemap.xml", body)
    site.add("/a.xml", urlset(page(1)))
    site.add("/b.xml.gz", gzip.compress(urlset(page(2))), content_type="application/x-gzip")
    listing = ask(site)
    assert urls(listing) == ["2", "1"]
    assert not listing.faults
    assert site.hits("/old.xml") == 0


def test_text_and_feeds_serve_as_sitemaps_too(site: Site) -> None:
    site.add("/sitemap.xml", index("/t.txt", "/f.xml"))  # relative, as some are
    site.add(
        "/t.txt",
        b"\xef\xbb\xbfhttps://paper.example/1\r\n\r\nhttps://paper.example/2\n",
        content_type="text/plain",
    )
    rss = b"<rss version='2.0'><channel><item><link>https://paper.example/3</link></item></channel></rss>"
    site.add("/f.xml", rss, content_type="application/rss+xml")
    assert sorted(urls(ask(site))) == ["1", "2", "3"]
