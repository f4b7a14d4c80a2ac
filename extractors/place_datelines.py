"""Places proposed by their place on the page: the dateline, and the town before a state's abbreviation."""

import re
from collections.abc import Iterator, Sequence

from extractors.place_spans import BEFORE, WORD, Proposal, Reading

PLAIN = r"[A-ZÀ-Þ][a-zß-ÿ’']+(?:[A-ZÀ-Þ][a-zß-ÿ]+)?"
TOWN = re.compile(rf"([A-ZÀ-Þ]{{2,}}(?:[ '’-][A-ZÀ-Þ]{{2,}})*|(?<!\w){PLAIN}(?:[ -]{PLAIN}){{0,2}}), $")
DATELINE = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]+[A-ZÀ-Þ]|{WORD}(?:[ -]{WORD})*)(?:[,/][^\n(—–]{{0,40}}?)?"
    r"\s*(?:\([A-Za-z .]{2,25}\)\s*)?(?:--|—|–|-|:)\s"
)
OPENING = re.compile(r"(?:^|(?<=[.!?])[ \n]|\n)\s*")  # of the text, and of what follows its title
HEADED = 300  # characters in which the dateline stands


def propose_dateline(reading: Reading) -> Iterator[Proposal]:
    """The place that the report was sent from, at the head of the text or after its title."""
    for opening in OPENING.finditer(reading.text, 0, HEADED):
        found = DATELINE.match(reading.text, opening.end(), opening.end() + 120)
        if found and (found["name"].isupper() or ("(" in found[0] and not opening.start())):
            yield Proposal(
                found.start("name"), found.end("name"), found["name"], "places:dateline", sure=False
            )
            return


def propose_towns(reading: Reading, phrases: Sequence[Proposal]) -> Iterator[Proposal]:
    """Names before a province's abbreviation: `AURORA, Colo.`, also where the page glued a title to them."""
    for phrase in phrases:
        if phrase.own is None or phrase.own.kind != "province" or phrase.name == phrase.own.name:
            continue
        found = TOWN.search(reading.text, max(0, phrase.start - BEFORE), phrase.start)
        if found:
            yield Proposal(*found.span(1), found[1], "places:town", near=True)
