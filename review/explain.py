"""Why a row says what it says: the quote with its spans marked, and the rule behind each field."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from models.event import EventRow, Told
from review.controls import show_controls
from review.marks import LEGEND, mark_sentence
from review.standing import BY_STATUS
from review.values import FIELDS, name_field, name_term


def explain_row(row: EventRow) -> RenderableType:
    """Headline, every sentence that tells the event, and a line for each piece of evidence."""
    quotes = (Padding(quote(told, row), (0, 2)) for told in row.sentences)
    return Group(head(row), Text(), *quotes, Text(), legend(), Text(), list_evidence(row), Text(), foot(row))


def head(row: EventRow) -> Text:
    """What the row is, and where it was read."""
    standing = BY_STATUS[row.status]
    published = row.published.isoformat() if row.published else ""
    source = " · ".join(part for part in (row.publisher, published, row.url) if part)
    return Text.assemble(
        (name_term(row.event_type), "bold"),
        "  ",
        (f"{standing.sign} {row.status}", standing.style),
        f"  confidence {row.confidence:.2f}  ",
        (show_controls(row.event_id), "dim"),
        "\n",
        show_controls(row.title or "(no headline)"),
        "\n",
        (show_controls(source), "dim"),
    )


def quote(told: Told, row: EventRow) -> Text:
    """The sentence with each span as `[words]{LETTER}`, readable without colour."""
    text = Text(f"{told.start}–{told.end}  ", style="dim")
    for mark in mark_sentence(told, row):
        words = show_controls(mark.text)
        if mark.kind is None:
            text.append(words, "not dim")
        else:
            text.append(f"[{words}]{{{mark.kind.letter}}}", f"not dim {mark.kind.style} underline")
    return text


def legend() -> Text:
    """What the letters stand for."""
    return Text("   ").join(Text(f"{{{kind.letter}}} {kind.name}", kind.style) for kind in LEGEND)


def list_evidence(row: EventRow) -> Table:
    """A line a span: field, value, the words, where they stand, the rule."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("field", "value", "words", "at", "rule"):
        table.add_column(heading, overflow="fold")
    for field, value, words, at, rule in find_lines(row):
        table.add_row(Text(field, "bold"), *(Text(show_controls(cell)) for cell in (value, words, at, rule)))
    return table


def find_lines(row: EventRow) -> Iterator[tuple[str, str, str, str, str]]:
    """The cells of the evidence table; a field that has a value but no span says so."""
    for field in (*FIELDS, *sorted(set(row.evidence) - set(FIELDS))):
        value, spans = name_field(row, field), row.evidence.get(field, ())
        if value and not spans:
            yield field, value, "", "", ""
        for index, span in enumerate(spans):
            first = index == 0
            at = f"{span.start}–{span.end}"
            yield field if first else "", value if first else "", span.text, at, span.rule


def foot(row: EventRow) -> Text:
    """The versions that produced the row."""
    parts = (row.extractor_version, row.model_version, f"run {row.run_id}" if row.run_id else "")
    return Text(" · ".join(show_controls(part) for part in parts if part), "dim")
