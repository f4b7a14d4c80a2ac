"""Which of several rows of one event counts, and how rows are asked for it."""

from typing import cast

import duckdb

# Of two versions of a page, the newer page's row counts, whichever of them was read last.
NEWEST = """QUALIFY row_number() OVER (
    PARTITION BY event_id ORDER BY coalesce(article_run, run_id) DESC, run_id DESC, article_id) = 1"""


def ask(rows: duckdb.DuckDBPyRelation, query: str) -> duckdb.DuckDBPyRelation:
    """What a query gives that names the relation `rows`."""
    return cast(duckdb.DuckDBPyRelation, rows.query("rows", query))
