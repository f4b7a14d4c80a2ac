"""Candidates: the tables of their own that a re-extraction is committed to, and how they go."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.ledger import Ledger
from flows.store_tables import CANDIDATES, Tables
from flows.table_files import TableFiles
from models.errors import StoreError
from models.run import Run

Pieces = Mapping[str, Sequence[Path]]  # articles, events, readings: staged files, JSON lines or Parquet
ORDERS = {
    "articles": "month, article_run, article_id",
    "events": "month, published, article_id, trigger_start, event_id",
    "readings": "month, article_id",
}


def write_candidate(tables: Tables, ledger: Ledger, run: Run, pieces: Pieces) -> None:
    """Writes the tables of a candidate, rows in their fixed order. They count once the run stands in `runs`."""
    if run.kind != "reextract":
        raise StoreError(f"run {run.run_id}: only a re-extraction makes a candidate")
    if (run.base is None) != (ledger.current is None) or (run.base and not ledger.find_turn(run.base)):
        raise StoreError(
            f"run {run.run_id}: its base {run.base or 'none'} was never current in {tables.location}"
        )
    remove_candidate(tables, run.run_id)
    for name, order in ORDERS.items():
        table = tables.candidate(run.run_id, name)
        table.add(table.read_pieces(pieces.get(name, ())).order(order), run.run_id)


def remove_candidate(tables: Tables, run_id: str) -> None:
    """Takes a candidate's tables away."""
    TableFiles(tables.location).below(CANDIDATES).below(run_id).drop_all()


def list_candidates(tables: Tables) -> list[str]:
    """The ids of which there are tables."""
    return TableFiles(tables.location).below(CANDIDATES).children()
