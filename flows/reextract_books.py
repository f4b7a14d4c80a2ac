"""The books of a re-extraction: its receipt, and the commit of its candidate."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from flows.keeping import keep_lexicons
from flows.lines import Line
from flows.parse_index import ParseIndex
from flows.reextract_results import add_counts, add_reasons
from flows.reextract_round import Round
from flows.tables import typed
from flows.worker import worker_extractor
from models.again import Again
from models.errors import StoreError
from models.receipt import MOST_FAILURES, Failure, Receipt, SourceCount
from models.run import Run

TABLES = ("articles", "events", "readings")


def close_books(ours: Round, took: timedelta) -> Receipt:
    """The receipt of what was done; articles that were not reached count as left."""
    results = [ours.done[name] for name in sorted(ours.done)]
    counts = add_counts(results)
    total = ours.plan.scope.articles
    lost = total - counts.get("articles", 0)
    again = Again(**counts | {"articles": total, "left": lost})
    reasons = add_reasons(results)
    failures = [*ours.losses, *(failure for result in results for failure in result.failures)]
    extractor = worker_extractor()
    return Receipt(
        run_id=ours.plan.run_id,
        started=ours.began,
        ended=ours.started + took,
        sources=tuple(
            SourceCount(source=source, items=sum(found.values()), failed=sum(found.values()), reasons=found)
            for source, found in sorted(reasons.items())
        ),
        failures=tuple(failures[:MOST_FAILURES]),
        errors=tuple(list_errors(ours.losses, reasons, idle=not again.done and not ours.stop.asked)),
        notes=tuple(dict.fromkeys(ours.notes)),
        stopped=ours.stop.asked and lost > 0,
        extractor_version=extractor.version,
        model_version=extractor.pipeline.version,
        again=again,
    )


def list_errors(
    losses: Iterable[Failure], reasons: Mapping[str, Mapping[str, int]], *, idle: bool
) -> Iterable[str]:
    """What a person has to look at; `idle` where not one article was read."""
    if idle:
        yield "no article could be read, so that no run is stored; the same command tries again"
    for loss in losses:
        yield f"{loss.message}; its articles stay as they were"
    counted: Counter[str] = Counter()
    for found in reasons.values():
        counted.update(found)
    if damaged := counted.pop("archive", 0):
        yield (
            f"{name_pages(damaged)} cannot be read out of the archive; `dateline archive verify` names the files"
        )
    if counted:
        told = ", ".join(f"{reason} {number}" for reason, number in sorted(counted.items()))
        yield f"{name_pages(counted.total())} gave no article any more ({told}); what is stored of them stays"


def name_pages(number: int) -> str:
    """So many pages, in words."""
    return "1 page" if number == 1 else f"{number} pages"


def commit_run(ours: Round, receipt: Receipt) -> int:
    """Commits what is staged as a candidate, and where the new parses are; gives the number of rows."""
    again = receipt.again
    assert again is not None  # the receipt of a re-extraction has it
    run = Run(
        run_id=receipt.run_id,
        kind="reextract",
        started=receipt.started,
        ended=receipt.ended,
        complete=not receipt.stopped,  # articles lost with a worker are out of its scope: they stay as they were
        articles=again.done,
        rows=again.rows,
        extractor_version=receipt.extractor_version,
        model_version=receipt.model_version,
        outcomes=again.ways,
        base=ours.plan.base,
        scope=ours.plan.scope.model_dump(mode="json"),
        stages=dict(ours.plan.stages),
        receipt=receipt.model_dump_json(),
    )
    keep_lexicons(ours.store, ours.plan.stages)
    with tempfile.TemporaryDirectory() as folder, typed(folder):
        pieces = {name: fetch_files(ours, name, Path(folder)) for name in TABLES}
        with ours.store.writing(run.run_id):
            ParseIndex(ours.tables.location).add(read_parses(ours), receipt.ended, run.run_id)
            ours.store.commit_candidate(run, pieces)
    return again.rows


def fetch_files(ours: Round, table: str, folder: Path) -> list[Path]:
    """A table's staged files as paths; those of an object store are copied into the folder."""
    names = [found.files[table] for found in ours.done.values() if table in found.files]
    return [ours.results.fetch(name, folder) for name in sorted(names)]


def read_parses(ours: Round) -> Iterator[Line]:
    """Where the workers put the parses that they made."""
    for found in ours.done.values():
        if name := found.files.get("parses"):
            try:
                yield from json.loads(ours.results.read(name) or b"")
            except ValueError as error:
                raise StoreError(f"{ours.results.base}/{name}: is damaged; delete the folder") from error
