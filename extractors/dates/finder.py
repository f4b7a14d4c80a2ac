"""Date mentions of a document."""

import re

from spacy.tokens import Doc

from extractors.dates.coordination import coordinate
from extractors.dates.dateline import find_dateline_date
from extractors.dates.grammar import find_readings
from extractors.dates.tokens import Tokens, split_tokens
from extractors.phrases import read_text
from models.mention import Mention

# "11am on", "9 p.m. local time," before a day belong to the mention, and change nothing in its value.
CLOCK = re.compile(
    r"\b(?:(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?(?:a\.?m\b\.?|p\.?m\b\.?)|"
    r"(?:[01]?\d|2[0-4]):[0-5]\d(?:\s?(?:hours|hrs))?)"
    r"(?:\s(?:local time|GMT|UTC|[A-Z]{1,2}ST|[A-Z]{1,2}DT))?,?\son\s(?:the\s)?$"
)


def find_dates(doc: Doc) -> list[Mention]:
    """The time expressions of the text, in order, without overlap; ages, durations and frequencies are none."""
    return find_in_text(read_text(doc))


def find_in_text(text: str) -> list[Mention]:
    """The time expressions of a bare text."""
    tokens = split_tokens(text)
    head = find_dateline_date(text)
    mentions: list[Mention] = []
    for index, reading in coordinate(tokens, list(find_readings(tokens))):
        start, end = tokens.spans[index][0], end_of(tokens, reading.end)
        if head and start < head.end:
            mentions += [head] if head not in mentions else []
            continue
        floor = mentions[-1].end if mentions else 0
        start = start_with_clock(text, start, floor)
        mentions.append(
            Mention("date", start, end, text[start:end], f"dates:{reading.value.kind}", reading.value)
        )
    return mentions


def end_of(tokens: Tokens, index: int) -> int:
    """The offset behind the token before."""
    return tokens.spans[index - 1][1]


def start_with_clock(text: str, start: int, floor: int) -> int:
    """Where the time of day before a date begins; the date's own start where there is none."""
    if start == 0 or not any(mark in text[max(floor, start - 30) : start] for mark in ("m", ":", "M")):
        return start
    begin = max(floor, start - 30)
    found = CLOCK.search(text[begin:start])
    return begin + found.start() if found else start
