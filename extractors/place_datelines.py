"""Towns that the words around them tell: the dateline, the one before a state's abbreviation, a country's capital."""

import re
from collections.abc import Iterator, Mapping, Sequence

from extractors.place_spans import BEFORE, WORD, Proposal, Reading

PLAIN = r"[A-ZÀ-Þ][a-zß-ÿ’']+(?:[A-ZÀ-Þ][a-zß-ÿ]+)?"
TOWN = re.compile(rf"([A-ZÀ-Þ]{{2,}}(?:[ '’-][A-ZÀ-Þ]{{2,}})*|(?<!\w){PLAIN}(?:[ -]{PLAIN}){{0,2}}), $")
DATELINE = re.compile(
    rf"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]+[A-ZÀ-Þ]|{WORD}(?:[ -]{WORD})*)(?:[,/][^\n(—–]{{0,40}}?)?"
    r"\s*(?:\([A-Za-z .]{2,25}\)\s*)?(?:--|—|–|-|:)\s"
)
CAPITAL = re.compile(
    rf"\b[Tt]he ({WORD}(?: {WORD})?) capital\b(?=[.,;:)’'\"”]|\s*$|\s(?:[a-z]{{1,4}}|after|where|early|late)\b)"
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


def propose_capitals(
    reading: Reading, demonyms: Mapping[str, str], capitals: Mapping[str, str]
) -> Iterator[Proposal]:
    """Capitals told by the country alone: `the Somali capital` is Mogadishu."""
    for found in CAPITAL.finditer(reading.text):
        name = capitals.get(demonyms.get(found[1].lower(), ""))
        if name:
            yield Proposal(found.start(1), found.end(), name, "places:capital")
