"""The diff keeps to its bounds: what does not fit in memory goes to disk, and the connection is given back."""

from pathlib import Path

import pytest

from benchmarks.diff_rows import write_query
from flows import differences
from flows.comparison import Comparison
from flows.diff_knowledge import Knowledge
from flows.differences import Source
from flows.tables import connect
from models.change import Totals


def test_made_up_tables_differ_in_what_was_planted_and_in_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "MEMORY", "150MB")
    duck = connect()
    limit = duck.execute("SELECT current_setting('memory_limit')").fetchall()
    for run in ("before", "after"):
        duck.execute(
            f"COPY ({write_query(run, 20_000, 0.02)}) TO '{tmp_path}/{run}.parquet' (FORMAT parquet)"
        )
    old, new = (
        Source(run, lambda run=run: duck.read_parquet(f"{tmp_path}/{run}.parquet"))  # type: ignore[misc]
        for run in ("before", "after")
    )
    with Comparison(duck, old, new, Knowledge()) as found:
        diff = found.diff
        fields = {group.field for group in diff.groups}
        changes = sum(1 for _ in found.changes())
    assert fields == {"killed", "actors", "row", "context"}
    assert diff.changes == changes == sum(diff.rows.values())
    assert 300 < changes < 500
    assert sum((group.effect for group in diff.groups), Totals()) == diff.effect
    assert diff.same + sum(n for name, n in diff.rows.items() if name != "added") == 20_000
    assert duck.execute("SELECT current_setting('memory_limit')").fetchall() == limit
    assert duck.execute("SHOW TABLES").fetchall() == []
