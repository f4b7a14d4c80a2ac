"""Borders proposed as places: they have two countries and no point."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extractors.place_spans import WORD, Proposal, Reading, before
from extractors.place_words import PlaceWords

BORDER = re.compile(rf"\b({WORD})[-–]({WORD}) ([a-z]+)\b")
BETWEEN = re.compile(r"\b([a-z]+) between (?:the )?$")


def propose_borders(
    reading: Reading, phrases: Sequence[Proposal], demonyms: Mapping[str, str], words: PlaceWords
) -> Iterator[Proposal]:
    """Borders between two countries: `the Iraqi-Syrian border`, `the border between Chad and Sudan`."""
    yield from propose_joined(reading, phrases, demonyms, words)
    for one, two in pairwise(phrases):
        found = BETWEEN.search(before(reading.text, one.start))
        noun = words.find_noun(found[1]) if found else None
        joined = one.country and two.country and reading.text[one.end : two.start] == " and "
        if found and noun and joined:
            start = one.start - len(found[0])
            name = reading.text[start : two.end]
            yield Proposal(start, two.end, name, "places:border", kind=noun[1], kind_id=noun[0])


def propose_joined(
    reading: Reading, phrases: Sequence[Proposal], demonyms: Mapping[str, str], words: PlaceWords
) -> Iterator[Proposal]:
    """Those whose countries a hyphen joins: `the Iraqi-Syrian border`, `the Chad-Sudan border`."""
    named = {phrase.start for phrase in phrases if phrase.country}
    for found in BORDER.finditer(reading.text):
        sides = [found[side].lower() in demonyms or found.start(side) in named for side in (1, 2)]
        noun = words.find_noun(found[3])
        if all(sides) and noun:
            yield Proposal(*found.span(), found[0], "places:border", kind=noun[1], kind_id=noun[0])
