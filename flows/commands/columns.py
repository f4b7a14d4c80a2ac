"""`dateline columns`: what the columns of a row mean."""

from typing import Annotated, Literal

import typer

Form = Annotated[
    Literal["markdown", "json"], typer.Option("--format", "-f", help="A table for the docs, or JSON schema.")
]


def columns(form: Form = "markdown") -> None:
    """Print every column with its type and meaning."""
    import json
    import sys

    from models.schema import make_json_schema, write_markdown

    text = write_markdown() if form == "markdown" else json.dumps(make_json_schema(), indent=2) + "\n"
    sys.stdout.write(text)
    sys.stdout.flush()
