"""Every way in which a feed can be wrong: what is sound in it is read, in bounded time and memory."""

import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from flows.feeds import Item, list_items
from models.errors import FetchError
from models.source import Source
from tests.fetching import make_fetcher


def rss(*items: str, head: str = '<?xml version="1.0"?>') -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'{head}<rss version="2.0"><channel><title>The Paper</title>{inner}</channel></rss>'.encode()


def entry(number: int, more: str = "") -> str:
    return f"<title>Raid {number}</title><link>https://paper.example/{number}</link>{more}"


def read(body: bytes, folder: Path) -> list[Item]:
    (folder / "feed.xml").write_bytes(body)
    return list_items(Source(id="paper", kind="feed", path="feed.xml"), make_fetcher(), folder).items


def names(items: list[Item]) -> list[str]:
    return [(item.url or "").removeprefix("https://paper.example/") for item in items]


def bomb() -> bytes:
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "0123456789">{inner}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = rss(entry(1), "<title>&e9;&f;</title><link>https://paper.example/2</link>")
    return body.replace(b"?>", b"?>" + doctype.encode(), 1)


LATIN = "<title>Caf\u00e9 raid</title><link>https://paper.example/1</link>"
SOUND: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "truncated": (lambda: rss(*map(entry, range(50)))[:-70], [str(n) for n in range(49)]),
    "bare ampersand": (lambda: rss(entry(1), entry(2)).replace(b"Raid", b"Raid & reply"), ["1", "2"]),
    "control characters": (lambda: rss(entry(1), entry(2)).replace(b"Raid", b"Ra\x08id\x00"), ["1", "2"]),
    "wrong encoding": (lambda: rss(LATIN, entry(2)).decode().encode("latin-1"), ["1", "2"]),
    "encoding declared that does not exist": (
        lambda: rss(entry(1), head='<?xml version="1.0" encoding="utf-99"?>'),
        ["1"],
    ),
    "UTF-16": (
        lambda: rss(entry(1), head='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16"),
        ["1"],
    ),
    "no head": (lambda: rss(entry(1), head=""), ["1"]),
    "spaces and a mark before": (lambda: b"\xef\xbb\xbf\n\n " + rss(entry(1)), ["1"]),
    "links on another host": (
        lambda: rss(entry(1), "<title>x</title><link>https://feeds.other.example/x</link>"),
        ["1", "https://feeds.other.example/x"],
    ),
    "links that are none": (
        lambda: rss(
            entry(1), "<link>javascript:alert(1)</link>", "<link>https://[oops/</link>", "<title>x</title>"
        ),
        ["1"],
    ),
    "link in CDATA over lines": (lambda: rss("<link><![CDATA[\nhttps://paper.example/1\n]]></link>"), ["1"]),
    "JSON feed": (
        lambda: (
            b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://paper.example/1"}]}'
        ),
        ["1"],
    ),
    "no entries yet": (rss, []),
    "undeclared prefix": (lambda: rss(entry(1, "<dc:date>2024-03-05</dc:date>"), entry(2)), ["1", "2"]),
}


@pytest.mark.parametrize(("make", "wanted"), SOUND.values(), ids=SOUND.keys())
def test_what_is_sound_is_read(make: Callable[[], bytes], wanted: list[str], tmp_path: Path) -> None:
    assert names(read(make(), tmp_path)) == wanted


def json_feed(items: str) -> bytes:
    return f'{{"version": "https://jsonfeed.org/version/1.1", "items": {items}}}'.encode()


WRONG = {
    **{
        f"JSON items {items}": json_feed(items)
        for items in (
            "null",
            "[1]",
            '["x"]',
            '[{"id": "1", "authors": 5}]',
            '[{"url": "\\ud800"}]',
        )
    },
    "HTML error page": b"<!doctype html><html><body><p>Not found</p></body></html>",
    "empty": b"",
    "spaces": b" \n\t",
    "binary": bytes(range(256)) * 20,
    "JSON of something else": b'{"error": "quota"}',
    "JSON that is no object": b"[1, 2]",
    "deep JSON": b"[" * 100_000,
    "a sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://x.example/</loc></url></urlset>',
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG.keys())
def test_what_is_no_feed_is_typed(body: bytes, tmp_path: Path) -> None:
    with pytest.raises(FetchError) as caught:
        read(body, tmp_path)
    assert caught.value.reason == "not_a_feed"
    assert "\n" not in str(caught.value)


def test_entity_bomb_and_external_entity_give_no_text_in_little_memory(tmp_path: Path) -> None:
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    items = read(bomb(), tmp_path)
    assert all(len(item.title or "") < 1000 and "root:" not in (item.title or "") for item in items)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10
    assert time.monotonic() - start < 30


def test_50_000_items_are_listed(tmp_path: Path) -> None:
    items = read(rss(*map(entry, range(50_000))), tmp_path)
    assert len(items) == 50_000


def test_future_and_zone_less_dates(tmp_path: Path) -> None:
    dates = (
        "Tue, 05 Mar 2999 14:10:00 +0300",
        "2024-03-05T10:00:00",
        "05.03.2024",
        "Tue, 05 Mar 2024 10:00:00 -0000",
    )
    items = read(rss(*(entry(n, f"<pubDate>{text}</pubDate>") for n, text in enumerate(dates))), tmp_path)
    assert [item.raw_date for item in items] == list(dates)
    found = [item.feed_published for item in items]
    assert found[1] == date(2024, 3, 5)  # which instant it is cannot be known
    assert str(found[0]).startswith("2999")  # the page's own reader refuses what lies behind its fetch
