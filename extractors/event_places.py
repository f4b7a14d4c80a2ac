"""Where: which of a sentence's places belong to which event."""

import re
from collections.abc import Sequence

from spacy.tokens import Span, Token

from extractors.draft import Draft
from extractors.event_dates import is_when_told
from extractors.place_links import is_held
from extractors.place_spans import INSIDE
from extractors.sheet import Sheet
from extractors.syntax import distance, nearest
from extractors.tree import DEPTH, chain
from models.mention import ActorValue, Mention, PlaceValue
from models.terms import PlacePrecision

FINE: tuple[PlacePrecision | None, ...] = (
    "exact", "near", "district", "sea_or_air", None, "province", "region", "country",
)  # fmt: skip
AWAY = frozenset({"from", "to", "toward", "towards", "via", "through", "since"})
HERE = frozenset(
    {"in", "at", "near", "on", "outside", "inside", "around", "over", "off", "between", "across", "along"}
)
WITHIN = HERE | {"of"}
LATER = frozenset({"die", "dead"})  # event words of who died of an attack told elsewhere
# Behind these a country takes part, or is dealt with, where no event word governs them.
PARTNERS = frozenset({"to", "with", "by", "from", "than", "like", "as", "against", "on", "for", "among"})
HYPHENED = re.compile(r"-[a-z]")  # "a Kolkata-based company", "a Patna-bound train"
SLACK = 3  # arrows by which a finer place may be further from the event word than a coarser one


def choose_places(draft: Draft, rivals: Sequence[Token], care: Sequence[Span], sheet: Sheet) -> list[Mention]:
    """The event's own place first, then others that stand with it; acting countries are no places."""
    acting = {(p.start, p.end) for p in (*draft.actors,)}
    places = [
        m
        for m in sheet.inside("place", draft.sentence)
        if not any(m.start < end and start < m.end for start, end in acting)
        and not is_in_name(m, sheet)
        and not is_only_party(m, [t.head for t in draft.triggers], sheet)
        and not is_where_told(sheet.head(m), draft.trigger.head)
        and not is_where_treated(m, draft, care, sheet)
    ]
    if not places:
        return []
    heads = [draft.trigger.head, *rivals]
    nearer = [m for m in places if nearest(sheet.head(m), heads) == 0]
    own, slack = (nearer, SLACK) if nearer else (places, 0)
    own = [m for m in own if not is_when_told(sheet.head(m), heads[0])] or own
    own = [m for m in own if not any(holds(m, other, sheet) for other in own)] or own
    group = gather_list(pick_place(own, heads[0], sheet, slack), own, sheet)
    main = min(group, key=fineness)
    return [main, *(m for m in group if m != main)]


def holds(place: Mention, other: Mention, sheet: Sheet) -> bool:
    """Whether the words put another place in this one: "Mogadishu's Hodan district", "Kukawa in Borno"."""
    if place == other or not is_held(sheet.text, (other.start, other.end), (place.start, place.end)):
        return False
    listed = sheet.text[other.end : place.start] == ", "  # a list, unless the second is the wider
    return not listed or fineness(place) > fineness(other)


def gather_list(place: Mention, places: Sequence[Mention], sheet: Sheet) -> list[Mention]:
    """The places of the list that a place stands in, in text order."""
    group = [place]
    for _ in places:
        more = [m for m in places if m not in group and any(stands_with(m, other, sheet) for other in group)]
        if not more:
            break
        group += more
    return sorted(group, key=lambda m: m.start)


def is_only_party(mention: Mention, events: Sequence[Token], sheet: Sheet) -> bool:
    """Whether a country is only whose something is, who acts, or with whom: "U.S. jets", "drones launched by Russia".

    Where the event itself goes to or comes from a country, that is where it happens ("fired rockets to Israel").
    """
    if not is_country(mention):
        return False
    place = first_of_names(sheet.head(mention))
    if is_modifier(mention, sheet) or place.dep_ == "nsubj":
        return True
    if place.dep_ != "pobj":
        return False
    link, above = place.head, place.head.head
    lies_by = link.lower_ == "with" and above.pos_ == "NOUN"  # "the border with Mali"
    return link.dep_ == "agent" or (link.lower_ in PARTNERS and above not in events and not lies_by)


def first_of_names(place: Token) -> Token:
    """The first of the names that a place stands in a list with."""
    for _ in range(DEPTH):
        if place.dep_ != "conj" or place.head.pos_ != "PROPN":
            return place
        place = place.head
    return place


def is_country(mention: Mention) -> bool:
    """Whether a place is a whole country."""
    return isinstance(mention.value, PlaceValue) and mention.value.precision == "country"


def is_where_treated(mention: Mention, draft: Draft, care: Sequence[Span], sheet: Sheet) -> bool:
    """Whether the wounded were brought there, or died there later: "taken to a clinic in Gao", "died at a hospital"."""
    words = {t.i: t for s in care for t in s}
    if any(mention.start <= t.idx < mention.end for t in words.values()):
        return all(t.rule in LATER for t in draft.triggers)
    path = [t for t in chain(sheet.head(mention)) if t.i in words]
    return any(t.pos_ == "VERB" or (t.head.pos_ == "VERB" and t.head.i in words) for t in path)


def is_where_told(place: Token, event: Token) -> bool:
    """Whether a place belongs to whoever tells the event ("…, medics at Nasser Hospital said"), not to the event."""
    above = {t.i for t in chain(event)}
    for token in (place, *chain(place)):
        if token.dep_ == "nsubj":
            return token.head.i in above and token != event and not token.is_ancestor(event)
    return False


def is_in_name(mention: Mention, sheet: Sheet) -> bool:
    """Whether a place stands within the name of an organisation ("Islamic State in the Sahel Province")."""
    if mention.rule == INSIDE:
        return True
    actor = sheet.at("actor", sheet.head(mention))
    known = actor is not None and isinstance(actor.value, ActorValue) and actor.value.id is not None
    return actor is not None and known and covers(actor, mention)


def covers(actor: Mention, place: Mention) -> bool:
    """Whether an actor's words hold all of a place's."""
    return actor.start <= place.start and place.end <= actor.end


def is_modifier(mention: Mention, sheet: Sheet) -> bool:
    """Whether a country only says whose something is ("U.S. jets", "Iraq's army"), not where."""
    return is_country(mention) and sheet.head(mention).dep_ in {
        "compound",
        "poss",
        "amod",
        "nmod",
        "npadvmod",
    }


def pick_place(places: Sequence[Mention], head: Token, sheet: Sheet, slack: int) -> Mention:
    """The finest of the places that stand near the event word; origin and reference points come last."""
    far = {m: reach(sheet.head(m), head) + penalty(m, sheet) for m in places}
    least = min(far.values())
    close = [m for m in places if far[m] <= least + slack]
    return min(close, key=lambda m: (fineness(m), far[m], m.start))


def reach(place: Token, head: Token) -> int:
    """Arrows from a place to the event word; those through what lies there do not count ("at a market in Kukawa")."""
    nested, at = 0, place
    while at.dep_ == "pobj" and at.head.lower_ in WITHIN and at.head.head.dep_ == "pobj":
        nested, at = nested + 2, at.head.head
    lies_there = at.dep_ == "pobj" and at.head.lower_ in HERE and at.head.head == head
    return distance(place, head) - (nested if lies_there else 0)


def penalty(mention: Mention, sheet: Sheet) -> int:
    """Arrows added for a place that the text names as origin, goal or landmark, or whose somebody is."""
    head = sheet.head(mention)
    away = head.dep_ == "pobj" and head.head.lower_ in AWAY
    if away or HYPHENED.match(sheet.text, mention.end):
        return 2 * SLACK
    if is_somebody_s(head, sheet):
        return SLACK + 1
    value = mention.value
    directed = isinstance(value, PlaceValue) and value.relation is not None and " of" in value.relation
    return SLACK + 1 if directed else 0


def is_somebody_s(place: Token, sheet: Sheet) -> bool:
    """Whether a place says who one person is: "the mayor of Bunia", "a Gao district official"; a people lives there."""
    if place.dep_ == "pobj" and place.head.lower_ == "of":
        person = place.head.head
    elif place.dep_ in {"compound", "nmod"}:
        person = place.head
    else:
        return False
    actor = sheet.at("actor", person)
    if actor is None or not isinstance(actor.value, ActorValue) or person.tag_ not in {"NN", "NNP"}:
        return False
    return sheet.head(actor) == person and not (actor.value.plural or actor.value.collective)


def fineness(mention: Mention) -> int:
    """Rank of the place's precision, finest first."""
    value = mention.value
    precision = value.precision if isinstance(value, PlaceValue) else None
    return FINE.index(precision)


def stands_with(mention: Mention, main: Mention, sheet: Sheet) -> bool:
    """Whether a place is coordinated with the main one, by the tree or by the words between ("near X and Y")."""
    head, other = sheet.head(mention), sheet.head(main)
    if (head.dep_ == "conj" and head.head == other) or (other.dep_ == "conj" and other.head == head):
        return True
    first, second = sorted((mention, main), key=lambda m: m.start)
    return sheet.text[first.end : second.start].split() in JOINTS


JOINTS = (
    ["and"],
    ["or"],
    ["and", "in"],
    ["and", "near"],
    ["and", "the"],
    ["as", "well", "as"],
    ["and", "at"],
)
