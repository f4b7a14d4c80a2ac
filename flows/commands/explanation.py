"""`dateline explain`: why a row says what it says and nothing else, and why a sentence has no row."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands.options import Home
from models.errors import InputError

Rows = Annotated[
    Path | None,
    typer.Option("--rows", metavar="FILE", help="Rows that extract wrote as jsonl, not those of the tables."),
]
Source = Annotated[
    Path | None,
    typer.Option(
        "--text", metavar="FILE", help="The document that was read, where the tables do not hold it."
    ),
]
Wanted = Annotated[
    str | None,
    typer.Option(
        "--article", metavar="ID", help="An article by id or address: what became of each of its sentences."
    ),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="TIME", help="The row that stood then, a day or a time.")
]
Run = Annotated[
    str | None, typer.Option("--run", metavar="RUN", help="The row of that run, also of a candidate.")
]


def explain(
    event_id: Annotated[
        str | None, typer.Argument(metavar="EVENT_ID", help="As in the column event_id.", show_default=False)
    ] = None,
    article: Wanted = None,
    run: Run = None,
    as_of: AsOf = None,
    rows: Rows = None,
    text: Source = None,
    form: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")
    ] = "text",
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the row's words and rules; its text is not read again.")
    ] = False,
    home: Home = None,
) -> None:
    """Show a row's words and rules, what else stood there, and why it was not taken: that by the present rules.

    What changed since its run is named. With --article: each sentence, its event words, and why they made no row.

    Examples: dateline explain 3fa1c2d4e5b60718 · dateline explain 3fa1c2d4e5b60718 --rows rows.jsonl --text a.html
    · dateline explain --article https://example.org/news/1
    """
    if event_id and article:
        raise InputError("an EVENT_ID or an --article, not both")
    if run and as_of:
        raise InputError("--run and --as-of each name what is shown; give one of them")
    check_options(event_id, article or text, rows, run or as_of)
    from flows.event_lists import read_moment
    from flows.explaining import Asked, explain_asked

    moment = read_moment(as_of) if as_of else None
    found = explain_asked(Asked(event_id, article, run, moment, rows, text, home, quick))
    if form == "json":
        typer.echo(found.to_json())
        return
    from review.screen import show

    show(found.draw())


def check_options(event_id: str | None, other: object, rows: Path | None, when: str | None) -> None:
    """Raises InputError where options do not fit together, before anything is loaded."""
    if event_id is None and other is None:
        raise InputError("name an EVENT_ID, or an article by --article ARTICLE_ID or URL")
    if event_id is None and (rows or when):
        raise InputError("--rows, --run and --as-of choose a row: name its EVENT_ID")
    if rows and when:
        raise InputError("--rows is a file of its own: it goes with neither --run nor --as-of")
