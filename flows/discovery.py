"""What feeds and sitemaps a site has, for `dateline sources add`."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from lxml import etree, html

from extractors.metadata import read_metas
from flows.addresses import read_url
from flows.feed_entries import parse_feed
from flows.fetch import Fetcher
from flows.fetched import Fetched
from flows.page_keys import clean_address, key_of, load_marks
from flows.sitemap_entries import read_sitemap
from flows.sitemaps import Bounds
from flows.source_checks import check_source
from models.checked import Checked
from models.errors import FetchError
from models.source import Source

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
MOST = 12  # feeds and sitemaps that are looked at
LOOK = Bounds(depth=2, files=4, pages=1000, seconds=30.0)
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Site:
    """A site as its page tells: who publishes it, in which language, and what it offers."""

    publisher: str | None
    language: str | None
    offers: tuple[Source, ...]


def discover(url: str, fetcher: Fetcher) -> list[Checked]:
    """The site's feeds and sitemaps that have pages, those that it names first. Raises FetchError.

    An address that is itself a feed or a sitemap stands for itself.
    """
    fetched = fetcher.fetch(url)
    kind = tell_kind(fetched)
    if kind:
        return [check_source(make_offer(kind, url), fetcher, Path(), bounds=LOOK)]
    site = read_site(fetched)
    checked = try_offers(site, site.offers, fetcher)
    found = [*checked, *try_offers(site, find_sitemaps(fetched.final_url, fetcher), fetcher)]
    if not checked:
        found = [*try_offers(site, guess(fetched.final_url, "feed"), fetcher), *found]
    if not any(one.source.kind == "sitemap" for one in found):
        found += try_offers(site, guess(fetched.final_url, "sitemap"), fetcher)[:1]
    return found


def tell_kind(fetched: Fetched) -> str | None:
    """`feed` or `sitemap` where the answer is one, None for a page."""
    try:
        parse_feed(fetched.body, fetched.url)
    except FetchError:
        try:
            next(read_sitemap(fetched.body, fetched.url), None)
        except FetchError:
            return None
        return "sitemap"
    return "feed"


def make_offer(kind: str, url: str, publisher: str | None = None, language: str | None = None) -> Source:
    """A source that has no name yet."""
    return Source.model_validate(
        {"id": url, "kind": kind, "url": url, "publisher": publisher, "language": language}
    )


def read_site(fetched: Fetched) -> Site:
    """What the page says of its site, and the feeds that it links to."""
    try:
        tree: Any = html.document_fromstring(fetched.body, parser=html.HTMLParser(encoding=fetched.charset))
    except (etree.ParserError, LookupError):
        return Site(None, None, ())
    publisher = " ".join((read_metas(tree).get("og:site_name") or "").split())[:LONGEST_NAME] or None
    code = (tree.get("lang") or "").lower().partition("-")[0]
    language = code if code.isascii() and code.isalpha() and len(code) in (2, 3) else None
    links = (
        clean_address(link.get("href") or "", fetched.final_url)
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").lower().partition(";")[0].strip() in FEED_TYPES
    )
    return Site(publisher, language, tuple(make_offer("feed", link) for link in links if link))


def find_sitemaps(url: str, fetcher: Fetcher) -> list[Source]:
    """The sitemaps that robots.txt names, those of news first."""
    try:
        rules = fetcher.robots.find(url, time.monotonic() + fetcher.deadline)[0].rules
    except FetchError:
        return []
    links = [link for link in (rules.sitemaps if rules else ()) if link.startswith(("http://", "https://"))]
    links.sort(key=lambda link: "news" not in link.lower())
    return [make_offer("sitemap", link) for link in links]


def guess(url: str, kind: str) -> list[Source]:
    """Where sites that do not say so have them."""
    guesses = load_marks().guesses
    paths = guesses.feeds if kind == "feed" else guesses.sitemaps
    return [make_offer(kind, root_of(url) + path) for path in paths]


def root_of(url: str) -> str:
    """Scheme and host of an address."""
    parts = read_url(url)
    return f"{parts.scheme}://{parts.netloc}"


def try_offers(site: Site, offers: Iterable[Source], fetcher: Fetcher) -> list[Checked]:
    """Those that have pages, each once."""
    distinct = {key_of(str(offer.url)): offer for offer in reversed(list(offers))}
    found = []
    for offer in islice(reversed(distinct.values()), MOST):
        named = make_offer(offer.kind, str(offer.url), site.publisher, site.language)
        checked = check_source(named, fetcher, Path(), bounds=LOOK)
        if checked.items:
            found.append(checked)
    return found
