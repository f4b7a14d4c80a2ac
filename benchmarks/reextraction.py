"""Re-extraction beside reading the same archive from raw pages, as ratios of CPU time in one run.

    python -m benchmarks.reextraction [--articles N] [--rounds R] [--size BYTES] [--scale]

The archive holds pages of the project's own texts, each with an outlet's mark-up around it. Every measurement is a
process of its own, whose time counts from when the model is loaded; the child that reads pages counts too.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from benchmarks.archive_pages import TEXTS, make_look, read_sentences
from benchmarks.memory import read_peak
from extractors.extractor import Extractor
from flows.archive import Archive
from flows.fetched import Fetched
from flows.home import ROOT
from flows.lines import Origin
from flows.pages import Page, read_one
from flows.parse_cache import ParseCache
from flows.parse_index import ParseIndex
from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_start import Asked
from flows.staging import Staging
from flows.store import Store
from flows.worker import worker_extractor
from models.article import Article
from models.receipt import Receipt
from models.run import Run
from models.scope import Scope
from tests.reextraction import copy_home

BASE = "20261201T000000Z-aaaa"
START = datetime(2026, 5, 4, tzinfo=UTC)
RAW, NOTHING = "raw pages", "nothing changed"
FILE = "weapons.toml"
NEW_ENTRY = '\n[benchmark]\ncategory = "other"\naliases = ["harbour", "old market"]\n'


def main() -> int:
    """Prints each scenario's CPU time and its ratio to raw pages; with `--scale`, four times the articles too."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=int, default=150_000, help="bytes of mark-up a page")
    parser.add_argument("--scale", action="store_true", help="four times the articles: time and memory")
    parser.add_argument("--run", nargs=2, metavar=("HOME", "WHAT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(measure(Path(given.run[0]), given.run[1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        homes = make_homes(Path(folder), given.articles, given.size)
        compare(homes, given.rounds)
        if given.scale:
            scale(homes, make_homes(Path(folder) / "more", 4 * given.articles, given.size), given.rounds)
    return 0


def compare(homes: Mapping[str, Path], rounds: int) -> None:
    """Medians of interleaved rounds, each beside raw pages of the same round."""
    found = [{what: run_apart(home, what) for what, home in homes.items()} for _ in range(rounds)]
    for what in homes:
        seconds = statistics.median(one[what]["seconds"] for one in found)
        ratio = statistics.median(one[RAW]["seconds"] / one[what]["seconds"] for one in found)
        print(f"{what:<24} {seconds:8.2f} s CPU  {ratio:6.1f} x  {found[0][what]['ways']}")


def scale(homes: Mapping[str, Path], more: Mapping[str, Path], rounds: int) -> None:
    """Time and peak memory of four times the articles, over those of one time."""
    for what in (RAW, "an assembly rule", "a lexicon entry"):
        one = [run_apart(homes[what], what) for _ in range(rounds)]
        four = [run_apart(more[what], what) for _ in range(rounds)]
        times = statistics.median(b["seconds"] / a["seconds"] for a, b in zip(one, four, strict=True))
        memory = [statistics.median(run["memory"] for run in runs) for runs in (one, four)]
        print(f"{what:<24} 4 x articles: {times:.2f} x time; memory {memory[0]:.0f} -> {memory[1]:.0f} MiB")


def run_apart(home: Path, what: str) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.reextraction", "--run", str(home), what]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def measure(home: Path, what: str) -> dict[str, object]:
    """CPU seconds from the loaded model to the committed candidate, peak memory, and what was done."""
    worker_extractor()
    asked = Asked(Scope(), pages=what == RAW, fresh=what == RAW, force=what == RAW)
    start = spent()
    found = reextract(home, asked)
    seconds = spent() - start
    ways: object = found
    if isinstance(found, Receipt) and found.again:
        Store(find_store(home)).drop(found.run_id)
        ways = {way: number for way, number in found.again.ways.items() if number}
    return {"seconds": seconds, "memory": read_peak(), "ways": ways}


def spent() -> float:
    """CPU seconds of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def make_homes(folder: Path, number: int, size: int) -> dict[str, Path]:
    """A home a scenario: the same archive and articles, read last by a reader that was another in one thing."""
    extractor = worker_extractor()
    home = fill_home(folder / "home", number, size, extractor)
    stages = dict(extractor.stages)
    current = (ROOT / "extractors" / "lexicons" / FILE).read_bytes()
    earlier = current + NEW_ENTRY.encode()  # an entry that is gone now costs what a new one does
    digest = Store(find_store(home)).keep_lexicon(earlier)
    lexicon = {f"files/{FILE}": digest} | dict.fromkeys(
        (stage for stage in ("prefilter", "weapons", "assembly")), "other"
    )
    changed = {
        RAW: {},
        NOTHING: {},
        "a lexicon entry": lexicon,
        "a rule of weapons": rule("weapons"),
        "a rule of places": rule("places"),
        "a rule of casualties": rule("casualties"),
        "an assembly rule": rule("assembly"),
    }
    return {
        what: copy_home(home, folder / what.replace(" ", "-"), stages | other)
        for what, other in changed.items()
    }


def rule(stage: str) -> dict[str, str]:
    """The digests of a reader whose code was another in one stage."""
    return {stage: "other", f"code/{stage}": "other"}


def fill_home(home: Path, number: int, size: int, extractor: Extractor) -> Path:
    """A home as a night leaves it: pages in the archive, articles, rows, readings and parses in the store."""
    store, run_id = Store(find_store(home)), BASE
    parses = ParseCache(find_store(home), extractor.stages["parse"])
    with Archive(home / "archive") as archive, store.writing(), Staging(home / "staging", run_id) as staged:
        pages = [(page, archive.append(page, {})) for page in make_pages(number, size)]
        articles = [read_page(page) for page, _ in pages]
        parses.expect(articles, known=False)
        reads = extractor.read(articles, parses, trace=True)
        for (page, record), read in zip(pages, reads, strict=True):
            origin = Origin("wire", page.url, record.digest, page.fetched_at)
            staged.add(read.article, read.rows, origin, read.found)
        ParseIndex(find_store(home)).add(parses.flush(), START, run_id)
        moments = {"started": START, "ended": START}
        store.commit(
            Run(run_id=run_id, kind="ingest", complete=True, articles=number, rows=staged.rows, **moments),
            staged,
        )
    return home


def read_page(page: Fetched) -> Article:
    """The article of a page as a night reads it."""
    known = Page(page.body, page.url, page.url, page.charset, fetched=page.fetched_at.date())
    found = read_one(known)
    assert isinstance(found, Article), found
    return replace(found, publisher=found.publisher or "The Wire")


def make_pages(number: int, size: int) -> list[Fetched]:
    """Pages of three of the project's texts each, of one kind, with mark-up around them; every address is new."""
    chance, sentences = random.Random(5), read_sentences()
    looks = ["".join(make_look(chance, sentences)) for _ in range(20)]
    kinds = [read_texts("conflict"), read_texts("peaceful")]
    pages = []
    for n in range(number):
        told = chance.sample(chance.choice(kinds), 3)
        day = START + timedelta(days=n % 60)
        head = f'<meta property="article:published_time" content="{day:%Y-%m-%dT06:30:00Z}">'
        title = told[0].split(".")[0][:80]
        story = "".join(f"<p>{text}</p>" for text in told)
        parts = [f'<html lang="en"><head><title>{title} {n}</title>{head}</head><body>']
        parts += [f"<article><h1>{title}</h1>{story}</article>"]
        if size > len("".join(parts)):
            parts += [looks[n % 20], make_teasers(chance, sentences, size - len(looks[0]))]
        url = f"https://www.outlet{n % 20}.example/news/{n}"
        body = "".join([*parts, "</body></html>"]).encode()
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        pages.append(Fetched(url, url, 200, headers, body, day + timedelta(hours=7, seconds=n)))
    return pages


def make_teasers(chance: random.Random, sentences: list[str], size: int) -> str:
    """Links to other stories, until there are so many bytes of them."""
    parts: list[str] = []
    length = 0
    while length < size:
        key = chance.getrandbits(48)
        parts.append(
            f'<div class="teaser" data-id="{key:x}"><a href="/news/{key:x}"><img srcset="/i/{key:x}/320.jpg 320w">'
            f"<h3>{chance.choice(sentences)[:60]}</h3></a></div>"
        )
        length += len(parts[-1])
    return f"<nav>{''.join(parts)}</nav>"


def read_texts(kind: str) -> list[str]:
    """The project's own texts of one kind."""
    lines = (
        line
        for path in sorted(TEXTS.glob(f"{kind}_*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [json.loads(line)["text"] for line in lines]


if __name__ == "__main__":
    raise SystemExit(main())
