"""Places proposed: by phrases that are known, by the model, and by the words around a name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from extractors.gazetteer import Gazetteer
from extractors.phrases import Phrases
from extractors.place_borders import propose_borders
from extractors.place_cuts import cut_name, is_city, lengthen_names, shorten_names
from extractors.place_datelines import propose_capitals, propose_dateline, propose_towns
from extractors.place_nouns import noun_after, noun_before, widen
from extractors.place_spans import (
    DOUBTED,
    INSIDE,
    STRONG_BEFORE,
    WIDE_BEFORE,
    Entity,
    Proposal,
    Reading,
    before,
    find_taken,
    keep_longest,
    read_doc,
    split_span,
    trim_span,
)
from extractors.place_words import DIRECTIONS, PlaceWords, split_kind
from models.place import PlaceRow

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
SMALL = re.compile(r"(?:(?:the|al|el|an|of|in|at|near|s)\b|[\s'’-])*", re.IGNORECASE)  # no name of its own
ABBREVIATION = 3  # letters
LISTED = re.compile(r"(?:, and |, | and | or )(?:the )?$")
FOLLOWER = re.compile(r" (\w+)")
ABBREVIATED = re.compile(r",\s+$")


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """Compiled names of countries and of our own places, the countries' ids, demonyms, nouns of kinds, all names."""

    phrases: Phrases
    countries: Mapping[str, str]
    own: Mapping[str, PlaceRow]
    demonyms: Mapping[str, str]
    words: PlaceWords
    strangers: frozenset[str]
    kin: frozenset[str]
    seats: frozenset[str]
    capitals: Mapping[str, str]
    gazetteer: Gazetteer


def propose_places(doc: Doc, known: KnownPlaces) -> list[Proposal]:
    """The proposals of a text in order, without overlap."""
    reading = read_doc(doc)
    phrases = list(propose_known(reading, known.phrases.find(doc), known))
    phrases = [*phrases, *propose_borders(reading, phrases, known.demonyms, known.words)]
    towns = [*propose_towns(reading, phrases), *propose_capitals(reading, known.demonyms, known.capitals)]
    held = keep_longest([*phrases, *towns, *propose_entities(reading, known), *propose_dateline(reading)])
    held = keep_longest([*held, *propose_repeats(reading, held)])
    held = keep_longest([*held, *propose_names(reading, held, known)])
    held = keep_longest([*held, *propose_heads(reading, held, known)])
    held = [p for p in held if not is_family(reading.text, p, known)]
    held = keep_longest(lengthen_names(reading, held, known.gazetteer))
    held = keep_longest(widen(reading.text, proposal, known.words) for proposal in held)
    return shorten_names(held, phrases, known.gazetteer, known.words, known.strangers)


def propose_known(reading: Reading, found: Sequence[Span], known: KnownPlaces) -> Iterator[Proposal]:
    """Names that are known, but not in a person's name or in a longer name of a place."""
    for span in found:
        start, end, name = span.start_char, span.end_char, span.text
        if not any(name_part[0].isupper() for name_part in (name, name.split("-")[-1], name.split()[-1])):
            continue
        if name.endswith(".") and name[1:].islower() and not reading.is_led(start, ABBREVIATED):
            continue
        near = reading.is_led(start, STRONG_BEFORE)
        around = find_around(reading, start, end)
        if around == "PERSON" and not near:
            continue
        rule = INSIDE if around and not near else span.label_
        country, own = known.countries.get(span.label_), known.own.get(span.label_)
        yield Proposal(start, end, name, rule, near=near, country=country, own=own)


def find_around(reading: Reading, start: int, end: int) -> str | None:
    """The label of the longer person or organisation that a span is part of."""
    entity = reading.at.get(start)
    if entity is None or entity.label not in DOUBTED - {"FAC"} or entity.end < end:
        return None
    rest = reading.text[entity.start : start] + reading.text[end : entity.end]
    return None if SMALL.fullmatch(rest) else entity.label


def propose_entities(reading: Reading, known: KnownPlaces) -> Iterator[Proposal]:
    """What the model takes for a place, cut at commas and conjunctions."""
    for entity in reading.entities:
        if entity.label not in PLACE_LABELS:
            continue
        for start, end in split_span(reading.text, entity.start, entity.end):
            name = reading.text[start:end]
            near = reading.is_led(start, WIDE_BEFORE)
            if (
                is_abbreviation(name)
                or name.lower() in known.demonyms
                or is_word(name, known)
                or name.islower()
            ):
                continue
            if near or name not in reading.people:
                yield Proposal(start, end, name, f"model:{entity.label}", near=near)


def propose_repeats(reading: Reading, held: Sequence[Proposal]) -> Iterator[Proposal]:
    """Further places where a name stands that is surely a place elsewhere in the text."""
    names = {p.name: p for p in held if p.sure and p.rule != INSIDE and len(p.name) > 3}
    if not names:
        return
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")\b")
    for found in pattern.finditer(reading.text):
        around = find_around(reading, found.start(), found.end())
        if around != "PERSON":
            first = names[found[0]]
            rule, near = (INSIDE, False) if around else ("places:repeated", first.near)
            yield replace(first, start=found.start(), end=found.end(), rule=rule, sure=False, near=near)


def propose_names(reading: Reading, held: Sequence[Proposal], known: KnownPlaces) -> Iterator[Proposal]:
    """Capitalised names that no other rule has; those that no word supports need a large place."""
    taken = find_taken(held)
    listed = {proposal.end for proposal in held if proposal.near}
    for start, end in reading.names:
        if end - start < 3 or not taken.isdisjoint(range(start, end)):
            continue
        item = LISTED.search(before(reading.text, start))
        proposal = propose_name(reading, start, end, known, item and start - len(item[0]) in listed)
        if proposal:
            listed |= {end} if proposal.near else set()
            yield proposal


def propose_name(
    reading: Reading, start: int, end: int, known: KnownPlaces, listed: bool | None
) -> Proposal | None:
    """One name, unless it is a word, a demonym, a person's name or part of a date."""
    name, entity = reading.text[start:end], reading.at.get(end - 1)
    if (
        is_word(name, known)
        or is_abbreviation(name)
        or is_body(name, entity, known)
        or (name.lower() in known.demonyms and not is_quarter(reading.text, end, known.words))
        or is_other(entity, start, end)
    ):
        return None
    doubted = entity is not None
    person = entity is not None and entity.label == "PERSON"
    near = bool(listed) or reading.is_led(start, STRONG_BEFORE if person else WIDE_BEFORE)
    near = near or (not person and follows(reading.text, end, known.seats))
    named = is_named(reading.text, start, end, known.words)
    if not near and not is_proper(reading, start, end):
        return None
    if not near and not named and name in reading.people and not is_city(name, known.gazetteer):
        return None
    rule = "places:kind" if named else "places:preposition" if near else "places:name"
    told = named and reading.is_led(start, STRONG_BEFORE)  # "near the Harun mosque"
    return Proposal(start, end, name, rule, sure=told, near=near or named, doubted=doubted)


def is_quarter(text: str, end: int, words: PlaceWords) -> bool:
    """Whether a noun behind a demonym makes the name of a quarter or a hospital of it: "the Saudi neighbourhood"."""
    noun = noun_after(text, end, words)
    return noun is not None and noun[2].kind in {"neighbourhood", "hospital"}


def is_named(text: str, start: int, end: int, words: PlaceWords) -> bool:
    """Whether a noun in or by the name says that it is a place."""
    if noun_after(text, end, words) or noun_before(text, start, words):
        return True
    kind = split_kind(text[start:end], words)[1]
    return kind is not None and not kind.part


def is_other(entity: Entity | None, start: int, end: int) -> bool:
    """Whether the model takes the words for a date, a number or part of a longer person's name."""
    if entity is None:
        return False
    if entity.label not in DOUBTED:
        return True
    return entity.label == "PERSON" and (entity.start < start - 5 or end + 3 < entity.end)


def is_family(text: str, proposal: Proposal, known: KnownPlaces) -> bool:
    """Whether a name is a family's: "the Younis family"."""
    return proposal.country is None and follows(text, proposal.end, known.kin)


def follows(text: str, end: int, words: frozenset[str]) -> bool:
    """Whether one of the words stands right behind an offset."""
    follower = FOLLOWER.match(text, end)
    return follower is not None and follower[1].lower() in words


def is_proper(reading: Reading, start: int, end: int) -> bool:
    """Whether a token of the span is tagged as a name."""
    return any(offset in reading.proper for offset in range(start, end))


def is_word(name: str, known: KnownPlaces) -> bool:
    """Whether a capitalised word names no place by itself: `University`, `South`, `Police`."""
    return (
        known.words.find_noun(name) is not None
        or name.lower() in DIRECTIONS
        or name.lower() in known.strangers
    )


def is_abbreviation(name: str) -> bool:
    """Whether a name is too short to be a place's in capitals; those that are one are listed in places.csv."""
    return name.isupper() and name.isalpha() and len(name) <= ABBREVIATION


def is_body(name: str, entity: Entity | None, known: KnownPlaces) -> bool:
    """Whether a name ends as an organisation does: `Mumbai Police` is no place, its first word may be."""
    return entity is not None and " " in name and name.rsplit(" ", 1)[1].lower() in known.strangers


def propose_heads(reading: Reading, held: Sequence[Proposal], known: KnownPlaces) -> Iterator[Proposal]:
    """The place that an organisation's name begins with, which may be where it is: `Basra Health Directorate`."""
    taken = find_taken(held)
    for entity in reading.entities:
        if entity.label != "ORG" or entity.size < 2:
            continue
        start, end = trim_span(reading.text, entity.start, entity.end)
        whole = Proposal(start, end, reading.text[start:end], INSIDE, sure=False, near=False)
        if taken.isdisjoint(range(start, end)):
            cuts = cut_name(whole, known.gazetteer, known.words, known.strangers)
            yield from (replace(p, near=follows(reading.text, p.end, known.seats)) for p in cuts)
