"""What `extract` writes as text: rows or mentions as JSON lines, CSV or a table for people."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Literal

from flows.outputs import open_output
from models.article import Article
from models.event import COLUMNS, EventRow
from review.cells import make_cell, make_cells
from review.jsontext import write_json
from review.screen import make_console, render
from review.tables import make_heading, make_lines, make_mentions

Format = Literal["table", "jsonl", "csv"]
Found = Iterable[tuple[Article, list[EventRow]]]
Mentioned = Iterable[tuple[Article, list[dict[str, Any]]]]


def write_rows(found: Found, kind: Format, output: Path | None) -> None:
    """Writes the rows in document order to a file, or to standard output. Raises OutputError."""
    writers = {"jsonl": write_jsonl, "csv": write_csv, "table": write_table}
    with open_output(output) as out:
        writers[kind](found, out)


def write_mentions(found: Mentioned, kind: Literal["table", "jsonl"], output: Path | None) -> None:
    """Writes the mentions, a line or a table a document. Raises OutputError."""
    with open_output(output) as out:
        if kind == "jsonl":
            for article, mentions in found:
                write_line(out, {"doc_id": article.doc_id, "mentions": mentions})
        else:
            write_mention_tables(found, out)


def write_jsonl(found: Found, out: BinaryIO) -> None:
    """One row a line in the nested form of the contract, `doc_id` first."""
    for record in make_records(found):
        write_line(out, record)


def make_records(found: Found) -> Iterator[dict[str, Any]]:
    """Rows as JSON types, each with the id of its document."""
    for article, rows in found:
        yield from ({"doc_id": article.doc_id, **row.model_dump(mode="json")} for row in rows)


def write_line(out: BinaryIO, record: Mapping[str, object]) -> None:
    """One JSON object and a line feed, whatever the platform's own line end."""
    out.write(write_json(record).encode() + b"\n")


def write_csv(found: Found, out: BinaryIO) -> None:
    """One row a line under a header, one column a field."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("doc_id", *COLUMNS))
    for article, rows in found:
        writer.writerows((make_cell(article.doc_id), *make_cells(row)) for row in rows)
    text.detach()


def write_table(found: Found, out: BinaryIO) -> None:
    """Facts on one line, the sentence below."""
    console = make_console(sys.stdout if out is sys.stdout.buffer else io.StringIO())
    shown = 0
    for row in (row for _, rows in found for row in rows):
        if not shown:
            out.write(render(make_heading(console.width), console).encode())
        out.write(render(make_lines(row, console.width), console).encode())
        shown += 1
    if not shown:
        out.write(b"no events\n")


def write_mention_tables(found: Mentioned, out: BinaryIO) -> None:
    """A small table a document."""
    console = make_console(sys.stdout if out is sys.stdout.buffer else io.StringIO())
    for article, mentions in found:
        out.write(render(make_mentions(article.doc_id, mentions), console).encode())
