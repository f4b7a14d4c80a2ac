"""JSON lines → articles: one document a line, its text used as given."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from models.article import Article, Published, read_published
from models.errors import InputError

LONGEST = 1_000_000  # characters; the parser takes about a gigabyte for so many
SURROGATE = re.compile("[\ud800-\udfff]")
EXAMPLE = '{"doc_id": "1", "text": "…"}'


def read_records(lines: Iterable[bytes], name: str) -> Iterator[Article | InputError]:
    """An article or an error a line, in order; lines end at a line feed only, blank ones are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield read_record(line.removeprefix(b"\xef\xbb\xbf"), f"{name}:{number}")
            except InputError as error:
                yield error


def read_record(line: bytes, where: str) -> Article:
    """The article of one line. Raises InputError, which names the line and says what to do."""
    record = read_object(line, where)
    text, date = record.get("text"), read_text(record, "date", where)
    if not isinstance(text, str):
        raise InputError(f"{where}: no text; give each line a key 'text' with a string")
    name = read_id(record, where)
    return Article(
        text=check_text(text, where),
        doc_id=name,
        identity=None if record.get("doc_id") is None else name,
        url=read_text(record, "url", where),
        title=read_text(record, "title", where),
        published=read_date(date, where) if date else None,
        published_source="given" if date else None,
    )


def read_object(line: bytes, where: str) -> dict[str, Any]:
    """The line's JSON object. Raises InputError."""
    try:
        record = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "bad encoding or nesting"
        raise InputError(f"{where}: not JSON ({reason}); write one object a line, like {EXAMPLE}") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not a JSON object; write one object a line, like {EXAMPLE}")
    return record


def check_text(text: str, where: str) -> str:
    """The text as it is. Raises InputError where it cannot be read."""
    if not text.strip():
        raise InputError(f"{where}: the text is empty; leave the document out or give it a text")
    if len(text) > LONGEST:
        raise InputError(f"{where}: a text of {len(text):,} characters; split it at {LONGEST:,}")
    if found := SURROGATE.search(text):
        raise InputError(
            f"{where}: half a character (\\u{ord(found[0]):04x}) in the text; repair its encoding"
        )
    return text


def read_id(record: dict[str, Any], where: str) -> str:
    """The document's id; file and line where it has none."""
    given = record.get("doc_id")
    if isinstance(given, bool) or not isinstance(given, str | int | None):
        raise InputError(f"{where}: 'doc_id' is no string; write it in quotes")
    return where if given is None else check_key(str(given), "doc_id", where)


def read_text(record: dict[str, Any], key: str, where: str) -> str | None:
    """An optional string. Raises InputError."""
    value = record.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"{where}: '{key}' is no string; write it in quotes or leave it out")
    return check_key(value, key, where)


def check_key(value: str, key: str, where: str) -> str:
    """The value as it is. Raises InputError where it cannot be written out again."""
    if SURROGATE.search(value):
        raise InputError(f"{where}: half a character in '{key}'; repair its encoding")
    return value


def read_date(text: str, where: str) -> Published:
    """A day or an instant. Raises InputError."""
    try:
        return read_published(text)
    except ValueError as error:
        example = "2024-03-05 or 2024-03-05T06:30:00+03:00"
        raise InputError(f"{where}: '{text[:40]}' is no date; write {example}") from error
