"""What a review leaves in the tables: a candidate with the refused and edited rows as decided, and its holds."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from flows.candidates import ORDERS, remove_candidate
from flows.ledger import Ledger
from flows.lines import row_line
from flows.staging import write_line
from flows.store_tables import Tables, among, fetch
from flows.tables import quote, typed
from flows.versions import ask
from models.event import EventRow
from models.hold import Hold
from models.run import Run

HELD = 'SELECT * FROM rows QUALIFY row_number() OVER (PARTITION BY event_id, field ORDER BY "at" DESC, run_id DESC) = 1'
COUNTED = "SELECT event_id, field, count(DISTINCT run_id) AS runs FROM rows GROUP BY ALL"


def write_reviewed(
    tables: Tables, run: Run, candidate: Run, out: Iterable[str], rows: Sequence[EventRow]
) -> int:
    """Writes the tables of `run`: those of the candidate, without the rows `out` and with these rows instead.

    Gives the number of its rows.
    """
    remove_candidate(tables, run.run_id)
    gone = among("event_id", {*out, *(row.event_id for row in rows)})
    with tempfile.TemporaryDirectory() as folder, typed(folder):
        patch = write_rows(tables, Path(folder), run, candidate, rows)
        for name, order in ORDERS.items():
            source = tables.candidate(candidate.run_id, name)
            kept = source.scan(*source.columns)
            if name == "events":
                fresh = source.read_pieces([patch] if rows else [])
                kept = kept.filter(~gone).union(fresh.select(*source.columns))
            ours = kept.project(f"* REPLACE ({quote([run.run_id])} AS run_id)").order(order)
            tables.candidate(run.run_id, name).add(ours, run.run_id)
    (number,) = tables.candidate(run.run_id, "events").scan("event_id").count("*").fetchall()[0]
    return int(number)


def write_rows(tables: Tables, folder: Path, run: Run, candidate: Run, rows: Sequence[EventRow]) -> Path:
    """The rows as lines of the table, each under the run that stored its article."""
    stored = read_article_runs(tables, candidate, {row.article_id for row in rows})
    path = folder / "events.jsonl"
    with path.open("wb") as file:
        for row in rows:
            article_run, month = stored.get(row.article_id, (run.run_id, "unknown"))
            line = row_line(row, None, run.run_id, article_run) | {"month": month}
            write_line(file, line)
    return path


def read_article_runs(
    tables: Tables, candidate: Run, article_ids: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """article_id -> the run that stored it, and its month."""
    wanted = among("article_id", article_ids)
    columns = ("article_id", "article_run", "run_id", "month")
    found = tables.articles.scan(*columns).filter(wanted)
    own = tables.candidate(candidate.run_id, "articles").scan(*columns).filter(wanted)
    return {
        line["article_id"]: (line["article_run"] or line["run_id"], line["month"])
        for rows in (found.order("run_id DESC"), own)
        for line in fetch(rows)
    }


def add_holds(tables: Tables, run: Run, holds: Sequence[Hold]) -> None:
    """Adds what a review keeps; it counts once its run stands."""
    if not holds:
        return
    with tempfile.TemporaryDirectory() as folder, typed(folder):
        path = Path(folder) / "holds.jsonl"
        with path.open("wb") as file:
            for hold in holds:
                write_line(file, json.loads(hold.model_copy(update={"run_id": run.run_id}).model_dump_json()))
        tables.find("holds").append(path, run.run_id)


def read_holds(tables: Tables, ledger: Ledger) -> dict[tuple[str, str], Hold]:
    """What stands held or locked now, by event and field."""
    rows = tables.find("holds").scan().filter(among("run_id", ledger.visible))
    found = ask(rows, HELD)
    holds = [Hold.model_validate(line) for line in fetch(found)]
    return {(hold.event_id, hold.field): hold for hold in holds if hold.verdict != "release"}


def count_holding_runs(tables: Tables, ledger: Ledger) -> dict[tuple[str, str], int]:
    """For how many reviewed runs each hold has stood."""
    rows = tables.find("holds").scan().filter(among("run_id", ledger.visible))
    counted = ask(rows, COUNTED)
    return {(line["event_id"], line["field"]): line["runs"] for line in fetch(counted)}
