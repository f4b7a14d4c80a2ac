"""Goldens: an article's rows as a short JSON file that people read, and the rows that such a file tells."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from models.article import Article, read_published
from models.errors import PageError, ReviewError
from models.event import COLUMNS, EventRow

# Told once for the article, or of no account: they change with every run and every touch of a rule.
TOLD_ONCE = ("article_id", "url", "publisher", "title", "language", "published")
VOLATILE = ("incident_id", "run_id", "extractor_version", "model_version")
LEFT_OUT = frozenset(TOLD_ONCE + VOLATILE)
WIDTH = 110
SPAN = re.compile(r"(\d+):(\d+) (.*)", re.DOTALL)
MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")

Golden = dict[str, Any]


def write_outcome(article: Article | PageError, rows: Iterable[EventRow] = ()) -> Golden:
    """The golden of a page: its article and rows, or the reason why it has none."""
    if isinstance(article, PageError):
        return {"refused": article.reason}
    return {"article": write_article(article), "rows": [write_row(row) for row in rows]}


def write_article(article: Article) -> Golden:
    """The article's own fields, and enough of its text to see where it begins and ends."""
    published = article.published.isoformat() if article.published else None
    fields = {
        "article_id": article.article_id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "language": article.language,
        "published": published,
        "published_source": article.published_source,
        "length": len(article.text),
        "opening": article.text[:60],
        "ending": article.text[-60:],
    }
    return {name: value for name, value in fields.items() if value is not None}


def write_row(row: EventRow) -> Golden:
    """The row in the order of its columns, without what is empty or volatile."""
    told = row.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    told["confidence"] = round(row.confidence, 1)
    told["sentences"] = [f"{told.start}:{told.end} {told.text}" for told in row.sentences]
    told["evidence"] = {
        name: [f"{span.start}:{span.end} {span.text} [{span.rule}]" for span in spans]
        for name, spans in row.evidence.items()
    }
    return {name: told[name] for name in COLUMNS if name in told and name not in LEFT_OUT}


def dump(golden: Golden) -> bytes:
    """The golden as a file: a field a line, a party, count or sentence a line."""
    return ("".join(lay_out(golden, 0)) + "\n").encode("utf-8", "surrogatepass")


def lay_out(value: Any, depth: int, name: str = "") -> Iterator[str]:
    """The JSON text of a value in pieces."""
    flat = json.dumps(value, ensure_ascii=False)
    short = depth > 3 or (depth > 2 and len(flat) + len(name) < WIDTH)
    if not isinstance(value, dict | list) or not value or (short and name != '"evidence": '):
        yield flat
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    yield opening
    for number, (label, item) in enumerate(label_parts(value)):
        yield f"{',' if number else ''}\n{'  ' * (depth + 1)}{label}"
        yield from lay_out(item, depth + 1, label)
    yield f"\n{'  ' * depth}{closing}"


def label_parts(value: dict[str, Any] | list[Any]) -> list[tuple[str, Any]]:
    """The parts of a mapping with their keys as JSON, those of a list without."""
    if isinstance(value, list):
        return [("", item) for item in value]
    return [(f"{json.dumps(key, ensure_ascii=False)}: ", item) for key, item in value.items()]


def read_golden(data: bytes, name: str) -> Golden:
    """The golden of a file's bytes. Raises ReviewError, which says what to do, where it is none."""
    for number, line in enumerate(data.splitlines(), 1):
        if line[:7] in MARKERS and line[7:8] in (b"", b" "):
            raise ReviewError(f"{name}:{number}: conflict markers of a merge; settle the conflict first")
    try:
        golden = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ReviewError(f"{name}: no JSON ({error}); restore the file, or take it away") from error
    if not isinstance(golden, dict):
        raise ReviewError(f"{name}: no golden; restore the file, or take it away")
    return golden


def read_rows(golden: Golden, name: str, file: str) -> list[EventRow]:
    """The rows as the golden tells them, their ids under the page's name: two pages may tell the same event.

    Raises ReviewError, which names the file, the row and the column.
    """
    article = golden.get("article", {})
    once = {column: article[column] for column in TOLD_ONCE if column in article}
    if "published" in once:
        once["published"] = read_published(once["published"])  # a day stays a day
    rows = []
    for number, told in enumerate(golden.get("rows", ()), 1):
        try:
            rows.append(read_row(told, once, name))
        except (ValidationError, AttributeError, LookupError, TypeError, ValueError) as error:
            fault = (
                error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
            )
            where = ".".join(map(str, fault["loc"]))
            raise ReviewError(f"{file}: row {number}: {where} {fault['msg']}; restore it") from error
    return rows


def read_row(told: Golden, once: Golden, name: str) -> EventRow:
    """One row, with what is told once for all of them."""
    evidence = {
        field: [read_span(span, ruled=True) for span in spans] for field, spans in told["evidence"].items()
    }
    ids = {column: f"{name}:{told[column]}" for column in ("event_id", "part_of") if told.get(column)}
    sentences = [read_span(span) for span in told["sentences"]]
    blank = {"extractor_version": "", "model_version": ""}
    return EventRow.model_validate(blank | once | told | ids | {"sentences": sentences, "evidence": evidence})


def read_span(written: str, *, ruled: bool = False) -> Golden:
    """A span of `start:end words [rule]`: its own length says where the words end."""
    found = SPAN.fullmatch(written)
    if not found:
        raise ValueError(f"{written[:40]!r} is no span")
    start, end, rest = int(found[1]), int(found[2]), found[3]
    text, rule = rest[: end - start], rest[end - start :]
    if len(text) != end - start or (not rule.startswith(" [") or not rule.endswith("]") if ruled else rule):
        raise ValueError(f"{written[:40]!r}: its offsets do not fit its words")
    span = {"start": start, "end": end, "text": text}
    return span | {"rule": rule[2:-1]} if ruled else span
