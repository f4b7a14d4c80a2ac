"""`dateline explain`: why a row says what it says."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import Home

Rows = Annotated[
    Path | None,
    typer.Option("--rows", metavar="FILE", help="Rows that extract wrote as jsonl, not those of the tables."),
]


def explain(
    event_id: Annotated[str, typer.Argument(metavar="EVENT_ID", help="As in the column event_id.")],
    rows: Rows = None,
    home: Home = None,
) -> None:
    """Show a row's sentences with the words it was read from, and the rule behind each field.

    Examples: dateline explain 3fa1c2d4e5b60718 · dateline explain 3fa1c2d4e5b60718 --rows rows.jsonl
    """
    from flows.search import find_row
    from review.explain import explain_row
    from review.screen import show

    show(explain_row(find_row(event_id, rows, home)))
