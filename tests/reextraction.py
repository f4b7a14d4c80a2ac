"""What tests of re-extraction share: a home with an archive of pages, and stores as an older reader left them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

from deltalake import write_deltalake

from extractors.extractor import Extractor
from flows.ingest import ingest
from flows.lines import Line
from flows.parse_cache import ParseCache
from flows.parse_index import ParseIndex
from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_start import Asked
from flows.staging import Staging
from flows.store import Store
from flows.store_tables import Tables, fetch
from models.again import Again
from models.article import Article
from models.event import EventRow
from models.receipt import Receipt
from models.run import Run
from tests.nights import make_page, write_sources

START = datetime(2026, 12, 1, tzinfo=UTC)
MORE = (
    "The traders had come from the coast with salt and cloth, and were to go on to the hills the next morning, their "
    "families told a reporter. A boy of twelve who hid under a cart was the only one of the party to get away, and he "
    "walked nine miles to the police post at the ford."
)
PEACE = """<html lang="en"><head><title>Rose garden, year {number}</title></head><body><article><h1>The roses</h1>
<p>The rose garden of the county is lovely this week, and gardener number {number} said that she looked forward to the
summer, when the paths are full of children and the tea room beside the pond serves a cake that she bakes herself.</p>
<p>Tulips are next, said the gardener, who has lived beside the pond since she was a girl and knows each bed by
name.</p></article></body></html>"""


def fill_home(folder: Path, pages: dict[str, str], extractor: Extractor) -> Path:
    """A home after one night over these saved pages."""
    saved = folder / "saved"
    saved.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (saved / f"{name}.html").write_text(page, encoding="utf-8")
    sources = write_sources(folder, saved={"kind": "folder", "path": "saved", "publisher": "The Ford Post"})
    receipt = ingest(sources, folder / "home", extractor=extractor)
    assert receipt.ok
    return folder / "home"


def make_pages(numbers: Iterable[int]) -> dict[str, str]:
    """Pages of which every third tells of nothing but peace."""
    return {f"{n:04}": PEACE.format(number=n) if n % 3 == 2 else make_page(n, MORE) for n in numbers}


def age_home(
    home: Path,
    older: Path,
    extractor: Extractor,
    change: Callable[[Article], Article] = lambda article: article,
    stages: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The home with the same archive, as a reader left it that gave other articles; gives its ids by today's.

    `stages` are the digests that reader had. Its parses are kept.
    """
    copytree(home / "archive", older / "archive")
    ids: dict[str, str] = {}
    stored = Store(find_store(home))
    run = make_run("20261201T000000Z-aaaa", "ingest", stages=dict(stages or {}))
    made, parses = Store(find_store(older)), ParseCache(find_store(older), extractor.stages["parse"])
    with made.writing(), Staging(older / "staging", run.run_id) as staged:
        for line in fetch(Tables(str(find_store(home))).articles.scan().order("run_id, fetched, article_id")):
            (one,) = stored.read_articles(line["month"], [line["article_id"]])
            article = change(one.article)
            ids[one.article.article_id] = article.article_id
            article = replace(article, duplicate_of=ids.get(article.duplicate_of or ""))
            parses.expect([article], known=False)
            (read,) = extractor.read([article], parses, trace=True)
            staged.add(article, read.rows, replace(one.origin, article_run=None), read.found)
        ParseIndex(find_store(older)).add(parses.flush(), START, run.run_id)
        made.commit(run, staged)
    return ids


def copy_home(home: Path, copy: Path, stages: Mapping[str, str]) -> Path:
    """A copy of the home whose runs were made by a reader of these stages."""
    copytree(home, copy, dirs_exist_ok=True)
    table = Tables(str(find_store(copy))).runs
    lines = [line | {"stages": json.dumps(dict(stages))} for line in fetch(table.scan())]
    path = copy / "runs.jsonl"
    path.write_text("".join(json.dumps(line, default=str) + "\n" for line in lines), encoding="utf-8")
    write_deltalake(table.location, table.read_lines(path), mode="overwrite")
    return copy


def make_run(run_id: str, kind: str, **more: object) -> Run:
    fields = {"run_id": run_id, "kind": kind, "started": START, "ended": START, "complete": True}
    return Run.model_validate(fields | {"articles": 0, "rows": 0} | more)


def rows_of(home: Path, run_id: str | None = None) -> list[EventRow]:
    """The rows of a run, or those that stand, without what differs from run to run."""
    return [row.model_copy(update={"run_id": ""}) for row in Store(find_store(home)).rows(run_id)]


def lines_of(home: Path, run_id: str, table: str = "events") -> list[Line]:
    """A candidate's table, month by month, in the order in which each month's lines stand in its file."""
    stored = fetch(Tables(str(find_store(home))).candidate(run_id, table).scan())
    found = sorted(stored, key=lambda line: str(line["month"]))
    return [json.loads(json.dumps(line | {"run_id": ""}, default=str)) for line in found]


def make_aged_home(folder: Path, number: int, extractor: Extractor) -> Path:
    """A home after one night over so many pages, every text parsed."""
    home = fill_home(folder, make_pages(range(number)), extractor)
    age_home(home, folder / "aged", extractor, stages=extractor.stages)
    return folder / "aged"


def run_again(home: Path, asked: Asked, size: int = 5) -> tuple[Receipt, Again]:
    found = reextract(home, asked, size=size)
    assert isinstance(found, Receipt), found
    assert found.again
    return found, found.again


def change(extractor: Extractor, *stages: str) -> dict[str, str]:
    """The digests of a reader that was another in these stages."""
    return {**extractor.stages, **{f"{kind}{name}": "old" for name in stages for kind in ("", "code/")}}
