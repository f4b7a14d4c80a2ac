"""Traced reading as tests use it: an annotated sentence in, what was not taken and why out."""

import re
from datetime import date

from extractors.extractor import Extractor
from models.article import Article
from models.event import EventRow
from models.trace import Note, Trace
from review.rejections import Reread

DAY = date(2024, 3, 5)
MARK = re.compile(r"\[([^\]]+)\]")

Cases = dict[str, tuple[str, str]]  # reason -> a text with the words in brackets, and a counter-example


def trace(extractor: Extractor, text: str, language: str = "en") -> tuple[list[EventRow], Trace]:
    """Rows and trace of a text of the day; one that begins with ~ is of an unknown day."""
    published = None if text.startswith("~") else DAY
    return extractor.trace_events(Article(text.lstrip("~"), "doc", language=language, published=published))


def reread(extractor: Extractor, text: str) -> Reread:
    """A text of the day, read with a trace."""
    rows, found = trace(extractor, text)
    return Reread(text, rows, found, ("now", "now"))


def find_notes(extractor: Extractor, text: str, reason: str) -> list[tuple[str, Note]]:
    """The words of each note of that reason."""
    _, found = trace(extractor, text)
    bare = text.lstrip("~")
    return [(bare[n.spot[0] : n.spot[1]], n) for n in found.notes if n.reason == reason]


def check_reason(extractor: Extractor, reason: str, annotated: str, counter: str) -> None:
    """Asserts that the marked words have the reason, and that nothing has it in the counter-example."""
    wanted = MARK.findall(annotated)
    found = find_notes(extractor, MARK.sub(lambda m: m[1], annotated), reason)
    assert set(wanted) <= {words for words, _ in found}
    assert wanted
    assert not find_notes(extractor, counter, reason)
