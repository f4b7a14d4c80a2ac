"""Where an event was whose own sentence names no place: what the next sentence, a reference back or the police tell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.place_spans import INSIDE
from extractors.setting import find_setting
from extractors.sheet import Sheet
from extractors.syntax import distance
from extractors.tree import chain, children
from models.mention import ActorValue, Mention, PlaceValue
from models.terms import Status

FINE = frozenset({"exact", "near", "district", "sea_or_air"})
DEFINITE = frozenset({"the", "this", "that", "both", "these", "those"})
WITHIN = frozenset(
    {"in", "at", "near", "inside", "outside", "across", "around", "throughout", "within", "of"}
)
AFTER, BEFORE = 2, 3  # sentences in which the place of an event is looked for
ELSEWHERE: frozenset[Status] = frozenset(
    {"historical", "hypothetical"}
)  # what an article tells from elsewhere
POLICE_KM = 15.0  # how far from a town's point its police are at work

Needs = Mapping[str, Sequence[Span]]


def fill_places(events: Sequence[Draft], sheet: Sheet, needs: Needs) -> None:
    """Gives events without a place the one that the sentences around tell; each keeps the rule that found it."""
    setting = find_setting(events, sheet)
    for event in events:
        if event.places or event.is_saying or event.is_aggregate or event.status == "generic":
            continue
        place = (
            find_place_after(event, events, sheet, needs)
            or find_place_before(event, sheet, needs)
            or find_jurisdiction(event, sheet)
            or (setting if event.status not in ELSEWHERE else None)
        )
        event.places = [place] if place else []
        if place is None:
            sheet.note_around("place", "place", "place:elsewhere", event.sentences, event.spot)


def find_place_after(event: Draft, events: Sequence[Draft], sheet: Sheet, needs: Needs) -> Mention | None:
    """The place of a next sentence that says where it was: "The attack took place near Gao", "The house is in Gao"."""
    last = max(event.sentences)
    others = {number for e in events if e is not event for number in e.sentences}
    for number in range(last + 1, min(last + 1 + AFTER, len(sheet.sentences))):
        if number in others:
            return None
        root = sheet.sentences[number].root
        if tells_where(root, needs):
            places = [
                m for m in sheet.inside("place", number) if is_fine(m) and stands_at(sheet.head(m), root)
            ]
            if places:
                nearest = min(places, key=lambda m: (distance(sheet.head(m), root), m.start))
                return replace(nearest, rule=f"whereabouts:after -> {nearest.rule}")
    return None


def tells_where(root: Token, needs: Needs) -> bool:
    """Whether a sentence says of something definite that it stands or took place."""
    scenes = {t.i for span in needs.get("scene", ()) for t in span}
    happened = {t.i for span in needs.get("happened", ()) for t in span}
    subjects = children(root, "nsubj", "nsubjpass")
    definite = [t for t in subjects if t.i in scenes and any(c.lower_ in DEFINITE for c in t.lefts)]
    return bool(definite) and (root.i in happened or root.lower_ in {"was", "were", "is", "are"})


def stands_at(place: Token, root: Token) -> bool:
    """Whether only prepositions and names part a place from the verb: "was in Gao", not "was due to leave Gao"."""
    for token in (place, *chain(place)):
        if token == root:
            return True
        if token.dep_ not in {
            "pobj",
            "prep",
            "attr",
            "appos",
            "compound",
            "conj",
            "nmod",
            "amod",
            "poss",
            "advmod",
        }:
            return False
    return False


def find_place_before(event: Draft, sheet: Sheet, needs: Needs) -> Mention | None:
    """The place that a definite noun of the event's sentence stands for: "opened fire in the town"."""
    sentence = sheet.sentences[event.sentence]
    nouns = {t.i for span in needs.get("settlement", ()) for t in span}
    if not any(t.i in nouns and is_reference(t) for t in sentence):
        return None
    first = sheet.sentences[max(0, event.sentence - BEFORE)].start_char
    named = [m for m in sheet.mentions["place"] if first <= m.start < sentence.start_char and is_fine(m)]
    if not named:
        return None
    return replace(named[-1], rule=f"whereabouts:before -> {named[-1].rule}")


def is_reference(token: Token) -> bool:
    """Whether a noun stands for a town that was named before."""
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in WITHIN
        and {t.lower_ for t in token.lefts} <= DEFINITE | {"same"}
        and any(t.lower_ in DEFINITE for t in token.lefts)
        and not any(t.dep_ in {"prep", "appos", "relcl", "acl"} for t in token.rights)
    )


def find_jurisdiction(event: Draft, sheet: Sheet) -> Mention | None:
    """The town of the police who act or tell of it: "Dallas police arrested"; no more precise than near it."""
    for number in event.sentences:
        for place in sheet.inside("place", number):
            if has_coordinates(place) and is_of_police(place, sheet):
                return widen(place)
    return None


def is_of_police(place: Mention, sheet: Sheet) -> bool:
    """Whether a place is part of the name of a police force, or stands right before one."""
    for actor in sheet.mentions["actor"]:
        if isinstance(actor.value, ActorValue) and actor.value.kind == "police":
            if actor.start <= place.start < actor.end:
                return True
            if 0 <= actor.start - place.end <= len("'s "):
                return True
    return False


def widen(place: Mention) -> Mention:
    """The place of a police force as that of what it deals with."""
    value, rule = place.value, f"whereabouts:police -> {place.rule}"
    if not isinstance(value, PlaceValue) or value.precision not in {"exact", "near"}:
        return replace(place, rule=rule)
    wide = replace(value, precision="near", radius_km=max(POLICE_KM, value.radius_km or 0.0))
    return replace(place, rule=rule, value=wide)


def is_fine(place: Mention) -> bool:
    """Whether a place is a town or finer, and not part of a longer name."""
    value = place.value
    return isinstance(value, PlaceValue) and value.precision in FINE and place.rule != INSIDE


def has_coordinates(place: Mention) -> bool:
    """Whether a place is known and smaller than a country."""
    value = place.value
    return (
        isinstance(value, PlaceValue)
        and value.latitude is not None
        and value.precision in FINE | {"province"}
    )
