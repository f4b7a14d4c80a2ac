"""Invented pages that pack like real news: about 150 KB of mark-up, script and text, a fifth of it when packed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from flows.fetched import Fetched
from flows.home import ROOT

TEXTS = ROOT / "benchmarks" / "pages"
SIZE = 150_000


def make_pages(number: int, seed: int = 1) -> Iterator[Fetched]:
    """Pages of 20 invented outlets, the same for the same seed."""
    chance = random.Random(seed)
    sentences = read_sentences()
    start = datetime(2026, 5, 4, tzinfo=UTC)
    looks = [make_look(chance, sentences) for _ in range(20)]
    for n in range(number):
        outlet = n % len(looks)
        url = f"https://www.outlet{outlet}.example/news/{n}/{chance.getrandbits(64):x}"
        yield Fetched(
            url,
            url,
            200,
            (
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Encoding", "gzip"),
                ("ETag", f'"{chance.getrandbits(64):x}"'),
                ("Cache-Control", "max-age=60, private"),
                ("Date", "Mon, 04 May 2026 00:00:00 GMT"),
                ("Server", "nginx"),
            ),
            make_page(chance, looks[outlet], sentences).encode(),
            start + timedelta(seconds=n),
            (),
            (("User-Agent", "dateline/0"), ("Accept", "text/html"), ("Accept-Encoding", "gzip")),
        )


def read_sentences() -> list[str]:
    """The sentences of the project's own pages."""
    texts = (
        json.loads(line)["text"]
        for path in sorted(TEXTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [part for text in texts for part in text.split(". ") if part]


def make_look(chance: random.Random, sentences: list[str]) -> list[str]:
    """What all pages of one outlet share: styles, scripts, menus."""
    style = [f".c{chance.getrandbits(24):x}{{margin:{chance.randrange(40)}px}}" for _ in range(900)]
    script = [f"var v{chance.getrandbits(20):x}='{chance.getrandbits(96):x}';" for _ in range(500)]
    menu = [
        f"<li><a href='/{chance.getrandbits(20):x}'>{chance.choice(sentences)[:40]}</a></li>"
        for _ in range(300)
    ]
    return ["<style>", *style, "</style><script>", *script, "</script><ul>", *menu, "</ul>"]


def make_page(chance: random.Random, look: list[str], sentences: list[str]) -> str:
    """One page: the outlet's look, an article, and teasers with their numbers until it is long enough."""
    pieces = ["<html><head>", *look, "<article>"]
    pieces += [f"<p>{'. '.join(chance.choices(sentences, k=4))}.</p>" for _ in range(12)]
    size = sum(map(len, pieces))
    while size < SIZE:
        words = chance.choice(sentences)
        key = chance.getrandbits(48)
        pieces.append(
            f'<div class="teaser teaser--small" data-id="{key:x}"><a class="teaser__link" href="/news/{key:x}" '
            f'data-track="teaser"><img loading="lazy" srcset="/img/{key:x}/320.jpg 320w, /img/{key:x}/640.jpg 640w">'
            f'<h3 class="teaser__title">{words}</h3></a></div>\n'
        )
        size += len(pieces[-1])
    return "".join([*pieces, "</article></html>"])
