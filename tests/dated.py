"""Annotated sentences with dates: `[Tuesday](DATE=2023-11-21)`, ends joined by two full stops."""

from datetime import date

from spacy.language import Language

from extractors.dates import find_dates, resolve_all
from models.dates import Interval
from models.mention import Mention
from tests.conftest import read_annotated

WEDNESDAY = date(2023, 11, 22)


def show(interval: Interval | None) -> str:
    """`2023-11-20..2023-11-22`, one day as itself, an open end as nothing, no interval as `none`."""
    if interval is None:
        return "none"
    if interval.start == interval.end:
        return str(interval.start)
    return f"{interval.start or ''}..{interval.end or ''}"


def read(
    nlp: Language, text: str, published: date | None = WEDNESDAY
) -> list[tuple[Mention, Interval | None]]:
    mentions = find_dates(nlp(text))
    assert all(text[m.start : m.end] == m.text and m.label == "date" for m in mentions)
    return list(zip(mentions, resolve_all(mentions, published), strict=True))


def check_dates(nlp: Language, sentence: str, published: date | None = WEDNESDAY) -> None:
    text, wanted = read_annotated(sentence)
    found = [(m.text, show(interval)) for m, interval in read(nlp, text, published)]
    assert found == [(words, value) for words, _, value in wanted]
