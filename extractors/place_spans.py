"""Spans that may be places: proposed by the model, by phrases that are known, and by the words around a name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span

from extractors.phrases import Phrases
from extractors.place_names import ARTICLES
from extractors.place_words import DIRECTIONS, PlaceWords, split_kind
from models.place import PlaceWordEntry

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))
DOUBTED = frozenset(("PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"))
WORD = r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽḀ-Ỿ‘ʻʿ][\w’'‘ʻ]*)"
LINK = (
    "(?:" + "|".join(sorted(ARTICLES, reverse=True)) + "|de la|de los|de las|de|del|la|las|los|do|da|dos|du|y|sur)"
)
NAME = re.compile(rf"(?<![\w’'])(?:{LINK}[ -])?{WORD}(?:(?:[ -]{LINK}[ -]| |-){WORD})*")
SURE_BEFORE = re.compile(
    r"\b(?:in|near|inside|outside|around|across|throughout|within|between|towards?|into|at|over)\s+(?:the\s+)?"
    r"(?:[a-z]+(?:ern)\s+)?$"
)
BEFORE = 60  # characters looked at on either side of a name
TRIM_START = re.compile(r"^(?:[Tt]he\s+|[\s\"“”'‘’(\[.,:;–—-]+)+")
TRIM_END = re.compile(r"(?:[’']s?|[\s\"“”(\[\]).,:;–—-]+)+$")
PARTS = re.compile(r",\s+|\s+(?:and|or|in|near)\s+|\s*[/;–—(]\s*")
DATELINE = re.compile(
    rf"\s*(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ'’ .-]+[A-ZÀ-Þ]|{WORD}(?:[ -]{WORD})*)(?:[,/][^\n(—–]{{0,40}}?)?"
    r"\s*(?:\([A-Za-z .]{2,25}\)\s*)?(?:--|—|–|-)\s"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that may be a place. `name` is what is looked up; `sure` ones stay even where nothing is found.

    `near` says that a locative word stands before it; `doubted` that the model takes it for something else.
    """

    start: int
    end: int
    name: str
    rule: str
    sure: bool = True
    near: bool = True
    country: str | None = None
    label: str = ""
    kind: PlaceWordEntry | None = None
    kind_id: str = ""
    direction: str | None = None
    doubted: bool = False


def propose_places(
    doc: Doc, known: Phrases, ids: Mapping[str, str | None], words: PlaceWords, demonyms: frozenset[str]
) -> list[Proposal]:
    """The proposals in text order without overlap; the longer and the surer win."""
    entities = doc.ents  # built anew at each access
    modelled = propose_entities(doc.text, entities, demonyms)
    held = keep_longest([*propose_known(doc, entities, known, ids), *modelled, *propose_dateline(doc.text)])
    held = keep_longest([*held, *propose_names(doc.text, entities, held, words, demonyms)])
    return keep_longest([widen(doc.text, proposal, words) for proposal in held])


def keep_longest(proposals: list[Proposal]) -> list[Proposal]:
    """Proposals that do not overlap, in text order."""
    kept: list[Proposal] = []
    taken: set[int] = set()
    for proposal in sorted(proposals, key=lambda p: (p.start - p.end, not p.sure, p.start)):
        span = range(proposal.start, proposal.end)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(proposal)
    return sorted(kept, key=lambda p: p.start)


def propose_known(
    doc: Doc, entities: Sequence[Span], known: Phrases, ids: Mapping[str, str | None]
) -> Iterator[Proposal]:
    """Names of countries and of our own places, unless they are part of a longer name of something else."""
    for span in known.find(doc):
        text = span.text
        if not text[0].isupper() and not text.split("-")[-1][0].isupper():
            continue
        if is_inside_other(entities, span) and not SURE_BEFORE.search(before(doc.text, span.start_char)):
            continue
        start = span.start_char + (4 if text.lower().startswith("the ") and len(text) > 4 else 0)
        rule = f"places:{span.label_}"
        yield Proposal(start, span.end_char, doc.text[start : span.end_char], rule, country=ids.get(span.label_))


def is_inside_other(entities: Sequence[Span], span: Span) -> bool:
    """Whether the span is part of a longer person or organisation."""
    for entity in entities:
        if entity.start <= span.start and span.end <= entity.end and len(entity) > len(span):
            tail = entity.text[span.end_char - entity.start_char :]
            return entity.label_ in DOUBTED and tail not in {"'s", "’s"}
    return False


def before(text: str, start: int) -> str:
    """What stands before an offset."""
    return text[max(0, start - BEFORE) : start]


def propose_entities(text: str, entities: Sequence[Span], demonyms: frozenset[str]) -> Iterator[Proposal]:
    """What the model takes for a place, cut at commas and conjunctions."""
    for ent in entities:
        if ent.label_ not in PLACE_LABELS:
            continue
        for start, end in split_span(text, ent.start_char, ent.end_char):
            name = text[start:end]
            if name.lower() not in demonyms and any(letter.isupper() for letter in name):
                near = SURE_BEFORE.search(before(text, start)) is not None
                yield Proposal(start, end, name, f"model:{ent.label_}", near=near, label=ent.label_)


def split_span(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that commas or conjunctions part, without articles, quotes and possessives."""
    here = start
    for part in (*PARTS.finditer(text, start, end), None):
        stop = part.start() if part else end
        trimmed = trim_span(text, here, stop)
        if trimmed[1] - trimmed[0] >= 2:
            yield trimmed
        here = part.end() if part else end


def trim_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without article, possessive and outer punctuation; a full stop stays in `D.C.`."""
    words = text[start:end]
    lead = TRIM_START.match(words)
    start += lead.end() if lead else 0
    tail = TRIM_END.search(text[start:end])
    if tail and not (text[start:end].count(".") > 1 and tail[0] == "."):
        end = start + tail.start()
    return start, end


def propose_dateline(text: str) -> Iterator[Proposal]:
    """The place that the report was sent from, at the head of the text."""
    found = DATELINE.match(text[:120])
    if found and (found["name"].isupper() or "(" in found[0]):
        yield Proposal(found.start("name"), found.end("name"), found["name"], "places:dateline", sure=False)


def propose_names(
    text: str,
    entities: Sequence[Span],
    held: list[Proposal],
    words: PlaceWords,
    demonyms: frozenset[str],
) -> Iterator[Proposal]:
    """Capitalised names that no other rule has, where the words around them speak of a place."""
    taken = {offset for proposal in held for offset in range(proposal.start, proposal.end)}
    labels = {offset: e.label_ for e in entities for offset in range(e.start_char, e.end_char)}
    for found in NAME.finditer(text):
        for start, end in free_parts(text, found.start(), found.end(), taken):
            label = labels.get(start + 1, "")
            name = text[start:end]
            if label and label not in DOUBTED or name.lower() in demonyms:
                continue
            if words.find_noun(name) or name.lower() in DIRECTIONS:
                continue
            near = SURE_BEFORE.search(before(text, start)) is not None
            kind = find_kind(text, start, end, words)
            rule = "places:kind" if kind else "places:preposition" if near else "places:name"
            yield Proposal(start, end, name, rule, False, near or kind, label=label, doubted=label in DOUBTED)


def free_parts(text: str, start: int, end: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The name, where nothing of it is taken."""
    start, end = trim_span(text, start, end)
    if end - start >= 3 and taken.isdisjoint(range(start, end)):
        yield start, end


def find_kind(text: str, start: int, end: int, words: PlaceWords) -> bool:
    """Whether a noun for a kind of place stands by the name."""
    return bool(noun_after(text, end, words) or noun_before(text, start, words))


AFTER = re.compile(r"[ -]((?:[A-Za-z]+[ -]){0,3}?[A-Za-z]+)\b")
OF_BEFORE = re.compile(r"((?:\b[A-Za-z-]+ ){0,2}\b[A-Za-z-]+) of (?:the )?$")
NOUN_BEFORE = re.compile(r"((?:\b[A-Za-z-]+ )?\b[A-Za-z]+) $")


def noun_after(text: str, end: int, words: PlaceWords) -> tuple[int, str, PlaceWordEntry] | None:
    """(end, id, entry) of the longest noun for a kind of place right after an offset."""
    tail = re.match(r"[ -]([A-Za-z-]+)(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?", text[end : end + BEFORE])
    if not tail:
        return None
    for group in (3, 2, 1):
        if tail[group] is not None:
            found = words.find_noun(text[end + 1 : end + tail.end(group)])
            if found:
                return end + tail.end(group), *found
    return None


def noun_before(text: str, start: int, words: PlaceWords) -> tuple[int, str, PlaceWordEntry] | None:
    """(start, id, entry) of a noun before an offset: `town of X`, `Camp X`."""
    lead = before(text, start)
    of = OF_BEFORE.search(lead)
    if of:
        return longest_tail(of[1], start - len(lead) + of.start(1), words, leading=False)
    right = NOUN_BEFORE.search(lead)
    return longest_tail(right[1], start - len(lead) + right.start(1), words, leading=True) if right else None


def longest_tail(
    phrase: str, start: int, words: PlaceWords, *, leading: bool
) -> tuple[int, str, PlaceWordEntry] | None:
    """The longest end of a phrase that is a noun for a kind of place."""
    offset = 0
    while True:
        found = words.find_noun(phrase[offset:])
        if found and (not leading or (found[1].leading and phrase[offset].isupper())):
            return start + offset, *found
        space = phrase.find(" ", offset)
        if space < 0:
            return None
        offset = space + 1


DIRECTION_BEFORE = re.compile(
    r"\b((?:(?:[Nn]orth|[Ss]outh)[ -]?(?:[Ee]ast|[Ww]est)?|[Ee]ast|[Ww]est)(?:ern)?|[Cc]entral|[Uu]pper|[Ll]ower) $"
)


def widen(text: str, proposal: Proposal, words: PlaceWords) -> Proposal:
    """The proposal with the noun for its kind ("Anbar province", "town of Hit") and its direction."""
    after = noun_after(text, proposal.end, words)
    if after and not after[2].alone | after[2].part or after and is_noun_of_name(text, proposal.end, after):
        end, kind_id, kind = after
        proposal = replace(proposal, end=end, kind=kind, kind_id=kind_id, name=text[proposal.start : end])
    else:
        of = noun_before(text, proposal.start, words)
        if of and of[2].leading and text[of[0]].isupper() and " of " not in text[of[0] : proposal.start]:
            start, kind_id, kind = of
            proposal = replace(proposal, start=start, kind=kind, kind_id=kind_id, name=text[start : proposal.end])
        elif of:
            told = proposal.sure or text[of[0]].islower()
            proposal = replace(proposal, kind=of[2], kind_id=of[1], sure=told, near=True)
    if proposal.kind is None and (inner := split_kind(proposal.name, words)[1]):
        proposal = replace(proposal, kind=inner)
    way = DIRECTION_BEFORE.search(before(text, proposal.start))
    if way and proposal.name.split()[0].lower() not in DIRECTIONS:
        start = proposal.start - len(way[0])
        return replace(proposal, start=start, direction=way[1].lower())
    return proposal


def is_noun_of_name(text: str, end: int, after: tuple[int, str, PlaceWordEntry]) -> bool:
    """Whether a noun belongs to the name before it: `Mosul Dam`, `Jabalia refugee camp`, not `Mosul residents`."""
    return after[2].kind not in {"settlement"} or text[end + 1].isupper()
