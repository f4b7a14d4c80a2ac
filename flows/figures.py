"""What a run shows, in numbers."""

from typing import cast

import duckdb

from flows.articles import list_plan
from flows.diff_queries import COUNTS, LOSSES
from flows.ledger import Ledger
from flows.store_tables import Tables
from flows.tables import typed
from flows.views import View
from models.passage import Figures
from models.run import Run

# People and incidents are counted as a diff of two runs counts them: in rows that happened and are no totals.
COUNTED = f"""SELECT status, event_type, count(*), count(DISTINCT article_id),
    coalesce(sum({LOSSES["killed_best"]}), 0), coalesce(sum({LOSSES["injured_best"]}), 0),
    grouping(status), grouping(event_type), count(DISTINCT CASE WHEN {COUNTS} THEN coalesce(incident_id, event_id) END)
    FROM rows GROUP BY GROUPING SETS ((), (status), (event_type)) ORDER BY status, event_type"""  # noqa: S608


def count_view(tables: Tables, ledger: Ledger, run: Run, view: View) -> Figures:
    """The figures of the run's view. Of a candidate, the articles are those of its base."""
    turn = ledger.find_shown(run)
    with typed(tables.location):
        counted = cast(duckdb.DuckDBPyRelation, view.relation.query("rows", COUNTED)).fetchall()
        (articles,) = list_plan(tables, turn.visible if turn else frozenset()).count("*").fetchall()[0]
    whole = next(line for line in counted if line[6] and line[7])
    return Figures(
        run,
        articles,
        telling=whole[3],
        rows=whole[2],
        incidents=whole[8],
        killed=int(whole[4]),
        injured=int(whole[5]),
        statuses={line[0]: line[2] for line in counted if not line[6]},
        types={line[1]: line[2] for line in counted if not line[7]},
    )
