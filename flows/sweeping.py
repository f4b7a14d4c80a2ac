"""What killed runs left in a store, taken out before the next one writes."""

from flows.candidates import list_candidates, remove_candidate
from flows.promotion import complete_states
from flows.store_tables import Tables
from flows.table_columns import COLUMNS


def sweep(tables: Tables) -> list[str]:
    """Takes out rows and tables of runs that never came to their last commit; gives a line for each."""
    for name in COLUMNS:
        if name != "leases":
            tables.find(name).keep_versions()
    notes = complete_states(tables)
    ledger = tables.read_ledger()
    left: set[str] = set()
    for name in ("articles", "events", "readings"):
        table = tables.find(name)
        kept = ledger.run_ids if name == "events" else ledger.promoted
        found = table.scan("run_id").distinct().fetchall()
        if orphans := sorted({run_id for (run_id,) in found} - kept):
            table.drop_runs(orphans)
            left.update(orphans)
    for run_id in list_candidates(tables):
        if run_id not in ledger.run_ids or run_id in ledger.dropped:
            remove_candidate(tables, run_id)
            left.add(run_id)
    return [
        *notes,
        *(f"run {run_id} left rows that do not count; they were taken out" for run_id in sorted(left)),
    ]
