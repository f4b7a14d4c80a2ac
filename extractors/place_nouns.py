"""Nouns for kinds of places in a text: beside a name, and standing for a place by themselves."""

import re
from dataclasses import replace

from extractors.place_spans import BEFORE, WORD, Proposal, before
from extractors.place_words import DIRECTIONS, PlaceWords, split_kind
from models.place import PlaceWordEntry

NounFound = tuple[int, str, PlaceWordEntry]
AFTER = re.compile(r"[ -]([A-Za-z-]+)(?: ([A-Za-z-]+))?(?: ([A-Za-z-]+))?")
LIST_AFTER = re.compile(rf"(?:(?:, |,? (?:and|or) ){WORD}(?:[ -]{WORD}){{0,2}}){{1,4}} ([a-z]+)\b")
OF_BEFORE = re.compile(r"((?:\b[A-Za-z-]+ ){0,2}\b[A-Za-z-]+) of (?:the )?$")
NOUN_BEFORE = re.compile(r"((?:\b[A-Za-z-]+ )?\b[A-Za-z]+) $")
DIRECTION_BEFORE = re.compile(
    r"\b((?:(?:[Nn]orth|[Ss]outh)[ -]?(?:[Ee]ast|[Ww]est)?|[Ee]ast|[Ww]est)(?:ern)?|[Cc]entral|[Uu]pper|[Ll]ower) $"
)
SITES = frozenset(("hospital", "camp", "dam", "airport", "crossing", "island", "lake", "river"))
DOUBTFUL = frozenset(
    ("building", "works", "worship", "road", "area", "sea", "mountain")
)  # as often named after people as after places


def noun_after(text: str, end: int, words: PlaceWords) -> NounFound | None:
    """(end, id, entry) of the longest noun for a kind of place right after an offset."""
    tail = AFTER.match(text[end : end + BEFORE])
    if not tail:
        return None
    for group in (3, 2, 1):
        if tail[group] is not None:
            found = words.find_noun(text[end + 1 : end + tail.end(group)])
            if found:
                return end + tail.end(group), *found
    return None


def noun_of_list(text: str, end: int, words: PlaceWords) -> NounFound | None:
    """(end, id, entry) of the plural noun that a list of names ends in: `A, B and C villages`."""
    found = LIST_AFTER.match(text, end, end + 2 * BEFORE)
    noun = words.find_noun(found[1]) if found else None
    return (end, *noun) if noun and found and found[1].endswith("s") else None


def noun_before(text: str, start: int, words: PlaceWords) -> NounFound | None:
    """(start, id, entry) of a noun before an offset: `town of X`, `Camp X`."""
    lead = before(text, start)
    of = OF_BEFORE.search(lead)
    if of:
        return longest_tail(of[1], start - len(lead) + of.start(1), words, leading=False)
    right = NOUN_BEFORE.search(lead)
    return longest_tail(right[1], start - len(lead) + right.start(1), words, leading=True) if right else None


def longest_tail(phrase: str, start: int, words: PlaceWords, *, leading: bool) -> NounFound | None:
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


def widen(text: str, proposal: Proposal, words: PlaceWords) -> Proposal:
    """The proposal with the noun for its kind ("Anbar province", "town of Hit") and its direction."""
    after = noun_after(text, proposal.end, words)
    if after and after[2].owned:
        return proposal
    if after and is_part_of_name(text, proposal, after):
        end, kind_id, kind = after
        name, sure = text[proposal.start : end], proposal.sure or kind_id not in DOUBTFUL
        proposal = replace(proposal, end=end, kind=kind, kind_id=kind_id, name=name, sure=sure)
    elif after and after[2].kind == "settlement" and not proposal.country:
        proposal = replace(proposal, kind=after[2], kind_id=after[1], sure=True, near=True)
    elif not proposal.country and (listed := noun_of_list(text, proposal.end, words)):
        proposal = replace(proposal, kind=listed[2], kind_id=listed[1], sure=True, near=True)
    else:
        proposal = widen_left(text, proposal, words)
    if proposal.kind is None and (inner := split_kind(proposal.name, words)[1]):
        proposal = replace(proposal, kind=inner, sure=proposal.sure or inner.kind in SITES)
    way = DIRECTION_BEFORE.search(before(text, proposal.start))
    if way and proposal.name.split()[0].lower() not in DIRECTIONS:
        return replace(proposal, start=proposal.start - len(way[0]), direction=way[1].lower())
    return proposal


def is_part_of_name(text: str, proposal: Proposal, after: NounFound) -> bool:
    """Whether a noun belongs to the name before it: `Mosul Dam`, not `Mosul residents` or a town's town."""
    kind = after[2]
    if kind.kind == "settlement":
        return text[proposal.end + 1].isupper()
    return not (proposal.country and kind.alone and text[proposal.end + 1].islower())


def widen_left(text: str, proposal: Proposal, words: PlaceWords) -> Proposal:
    """The proposal with a leading noun in its span, or with what `town of` says of it."""
    found = noun_before(text, proposal.start, words)
    if not found or found[2].owned:
        return proposal
    start, kind_id, kind = found
    if kind.leading and text[start].isupper() and " of " not in text[start : proposal.start]:
        name = text[start : proposal.end]
        return replace(proposal, start=start, kind=kind, kind_id=kind_id, name=name)
    if proposal.country or split_kind(proposal.name, words)[1]:
        return proposal  # "villages of Sambalpur district" are not that district
    told = proposal.sure or text[start].islower()
    return replace(proposal, kind=kind, kind_id=kind_id, sure=told, near=True)
