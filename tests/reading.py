"""One text read for a test: its rows, or its casualties alone."""

from extractors.casualties import find_casualties
from extractors.counts import find_counts
from extractors.extractor import Extractor
from extractors.pipeline import Pipeline
from models.article import Article, read_published
from models.casualty import Casualty
from models.event import EventRow

WEDNESDAY = "2024-05-15"


def read_rows(extractor: Extractor, text: str, published: str | None = WEDNESDAY) -> list[EventRow]:
    """The rows of one text."""
    day = read_published(published) if published else None
    [(_, rows)] = extractor.extract_events([Article(text, "d", published=day)])
    return rows


def read_casualties(pipeline: Pipeline, text: str) -> list[Casualty]:
    """The casualties of one text; their offsets give back their words."""
    doc = pipeline.nlp(text)
    found = find_casualties(doc, find_counts(doc))
    for casualty in found:
        assert text[casualty.anchor :][:1].strip()
        if casualty.whom_start is not None:
            assert casualty.whom
            assert text[casualty.whom_start : casualty.whom_end] == casualty.whom
    return found


def show_casualty(casualty: Casualty, text: str) -> str:
    """`killed 12 "12" soldiers`, with the scope where it is no event and a dash for an open number."""
    low, best, high = ("-" if n is None else n for n in (casualty.low, casualty.best, casualty.high))
    number = str(best) if low == best == high else f"{low}/{best}/{high}"
    scope = "" if casualty.scope == "event" else f" {casualty.scope}"
    return f"{casualty.what} {number} {text[casualty.start : casualty.end]}{scope}"
