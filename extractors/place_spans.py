"""Spans of a text that may be places: what a proposal is, and how names are cut out of a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from extractors.phrases import read_text
from extractors.place_names import ARTICLES
from models.place import PlaceRow, PlaceWordEntry

DOUBTED = frozenset(("PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LANGUAGE", "FAC"))
PROPER = frozenset(("NNP", "NNPS"))
WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽḀ-Ỿ‘ʻʿ][\w’'‘ʻ]*)"
ARTICLE = "(?:" + "|".join(sorted(ARTICLES, reverse=True)) + ")-"
INNER = "(?:i|e|ye|o|ul|ud|un|ur|us|uz|on|sur|sous|le|la|les|au|aux|de|du|do|da|der|am|en)-"  # Mazar-i-Sharif
LINK = "(?:al|el|de la|de los|de las|de|del|la|las|los|do|da|dos|du|y|sur) "
SAINT = r"(?<=\bSt)\. |(?<=\bSte)\. |(?<=\bFt)\. |(?<=\bMt)\. "
JOINT = rf"(?:{SAINT}|[ -]{ARTICLE}|-{INNER}| (?:al|el|ar|ash|az|ad) | {LINK}| |-)"
NAME = re.compile(rf"(?<![\w’'])(?:{ARTICLE}|(?:al|el|ash|ar) )?{WORD}(?:{JOINT}{WORD})*")
LED = re.compile(  # a capitalised word at the head of a sentence that is no part of the name behind it
    r"(?:Near|In|At|From|To|Of|On|Inside|Outside|Around|Across|After|Before|Between|And|But|When|While|As|For|"
    r"With|Since|Until|If|Though|Meanwhile|Both|All|Many|Some|Most|Will|Any|Over|Elsewhere|Then|Today|Yesterday)\s+"
)
WIDE_BEFORE = re.compile(
    r"(?i:\b(?:in|near|inside|outside|around|across|throughout|within|between|towards?|into|at|over)\s+"
    r"(?:the\s+)?)(?:[a-z]+(?:ern)\s+)?$"
)
STRONG_BEFORE = re.compile(
    r"(?i:\b(?:in|near|inside|outside|throughout|within|into)\s+(?:the\s+)?)(?:[a-z]+(?:ern)\s+)?$"
)
INSIDE = "places:inside"  # of an organisation's name: where it is from, not where anything happens
BEFORE = 60  # characters looked at on either side of a name
TRIM_START = re.compile(r"^(?:[Tt]he\s+|(?:A|An|One)\s+|[A-Z]-(?=[A-Z][a-z]{2})|[\s\"“”'‘’(\[.,:;–—-]+)+")
TRIM_END = re.compile(r"(?:[’']s?|[\s\"“”(\[\]).,:;–—-]+)+$")
OWNER = re.compile(r"[’']s ")
PARTS = re.compile(r",\s+|\s+(?:and|or|in|near)\s+|\s*[/;–—(]\s*")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that may be a place. `name` is what is looked up; `sure` ones stay even where nothing is found.

    `near` says that a locative word stands before it; `doubted` that the model takes it for something else;
    `country` and `own` name the country or the place of ours whose name it is.
    """

    start: int
    end: int
    name: str
    rule: str
    sure: bool = True
    near: bool = True
    country: str | None = None
    own: PlaceRow | None = None
    kind: PlaceWordEntry | None = None
    kind_id: str = ""
    direction: str | None = None
    doubted: bool = False

    @property
    def is_told(self) -> bool:
        """Whether the text says that an unknown name is a place: the model's word alone is right half the time."""
        return self.sure and (self.near or self.kind is not None)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with what the model says of it, read off once: spaCy builds text and entities at each access."""

    text: str
    entities: tuple["Entity", ...]
    at: Mapping[int, "Entity"]
    people: frozenset[str]
    proper: frozenset[int]
    names: tuple[tuple[int, int], ...]

    def is_led(self, start: int, pattern: re.Pattern[str]) -> bool:
        """Whether the words right before an offset match."""
        return pattern.search(before(self.text, start)) is not None


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the model: offsets, text, label and number of tokens."""

    start: int
    end: int
    text: str
    label: str
    size: int


def read_doc(doc: Doc) -> Reading:
    """The reading of a parsed text."""
    entities = tuple(read_entity(entity) for entity in doc.ents)
    full = [entity.text for entity in entities if entity.label == "PERSON" and entity.size > 1]
    parts = {strip_possessive(name.split()[end]) for name in full for end in (0, -1)}
    text = read_text(doc)
    return Reading(
        text=text,
        entities=entities,
        at={offset: entity for entity in entities for offset in range(entity.start, entity.end)},
        people=frozenset((*full, *parts)),
        proper=frozenset(token.idx for token in doc if token.tag_ in PROPER),
        names=tuple(part for found in NAME.finditer(text) for part in split_owners(text, *found.span())),
    )


def read_entity(span: Span) -> Entity:
    """One entity."""
    return Entity(span.start_char, span.end_char, span.text, span.label_, len(span))


def strip_possessive(word: str) -> str:
    """The word without 's."""
    return re.sub(r"[’']s?$", "", word)


def before(text: str, start: int) -> str:
    """What stands before an offset."""
    return text[max(0, start - BEFORE) : start]


def keep_longest(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Proposals that do not overlap, in text order; the longer and then the surer one wins."""
    kept: list[Proposal] = []
    taken: set[int] = set()
    for proposal in sorted(proposals, key=lambda p: (p.start - p.end, not p.sure, p.start)):
        span = range(proposal.start, proposal.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(proposal)
    return sorted(kept, key=lambda p: p.start)


def find_taken(proposals: Iterable[Proposal]) -> set[int]:
    """The offsets that proposals cover."""
    return {offset for proposal in proposals for offset in range(proposal.start, proposal.end)}


def split_span(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that commas or conjunctions part, without articles, quotes and possessives."""
    here = start
    for part in (*PARTS.finditer(text, start, end), None):
        stop = part.start() if part else end
        trimmed = trim_span(text, here, stop)
        if trimmed[1] - trimmed[0] >= 2:
            yield trimmed
        here = part.end() if part else end


def split_owners(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that a possessive parts: "Syria's Idlib" are two names."""
    here = start
    for owner in (*OWNER.finditer(text, start, end), None):
        yield trim_span(text, here, owner.start() if owner else end)
        here = owner.end() if owner else end


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without article, preposition, possessive and outer punctuation; `D.C.` keeps its full stop."""
    for pattern in (TRIM_START, LED):
        lead = pattern.match(text[start:end])
        start += lead.end() if lead else 0
    tail = TRIM_END.search(text[start:end])
    if tail and not (text[start:end].count(".") > 1 and tail[0] == "."):
        end = start + tail.start()
    return start, end
