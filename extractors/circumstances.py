"""With what, where and when: which of a sentence's weapons, places and dates belong to which event."""

from collections.abc import Sequence

from spacy.tokens import Token

from extractors.draft import Draft, WeaponUse
from extractors.roles import Roles
from extractors.sheet import Sheet
from extractors.syntax import chain, distance
from extractors.triggers import Trigger
from models.event import Weapon
from models.mention import ActorValue, Mention, PlaceValue, WeaponValue
from models.terms import EventType, PlacePrecision

NO_MEANS: frozenset[EventType] = frozenset(
    {"seizure", "arrest", "raid", "release", "surrender", "demand", "sanction", "ceasefire_or_agreement",
     "accusation_or_condemnation", "protest"}
)  # fmt: skip
FINE: tuple[PlacePrecision | None, ...] = (
    "exact", "near", "district", "sea_or_air", None, "province", "region", "country",
)  # fmt: skip
AWAY = frozenset({"from", "to", "toward", "towards", "via", "through", "since", "of", "outside"})
HERE = frozenset(
    {"in", "at", "near", "on", "outside", "inside", "around", "over", "off", "between", "across", "along"}
)
SLACK = 3  # arrows by which a finer place may be further from the event word than a coarser one


def choose_weapons(draft: Draft, roles: Roles, rivals: Sequence[Token], sheet: Sheet) -> list[WeaponUse]:
    """The weapons that the event was done with; what is seized or talked about is no means."""
    if draft.type in NO_MEANS:
        return []
    mine = [
        m
        for m in sheet.inside("weapon", draft.sentence)
        if not is_hit(sheet.head(m), draft, roles)
        and (nearest(sheet.head(m), [draft.trigger.head, *rivals]) == 0 or is_in(m, roles.agents, sheet))
    ]
    uses = [use for m in mine if (use := read_use(m)) is not None]
    words = [t for t in draft.triggers if t.entry.weapon is not None and not t.is_noun]
    if any(u.start <= t.span.start_char < u.end for u in uses for t in words):
        words = []
    told = {u.weapon.category for u in uses}
    implied = [imply_weapon(t) for t in words if not told]
    return sorted([*uses, *implied], key=lambda use: use.start)


def is_hit(token: Token, draft: Draft, roles: Roles) -> bool:
    """Whether a weapon is what was hit or only says what kind of thing was ("downed a helicopter", "arms depots")."""
    if draft.type in {"deployment", "exercise_or_test"} or any(is_handling(t) for t in draft.triggers):
        return False
    return token in roles.patients or (
        token.dep_ in {"compound", "amod", "nmod"} and token.head in roles.patients
    )


def is_handling(trigger: Trigger) -> bool:
    """Whether the event word takes its weapon as an object ("fired rockets", "detonated a bomb")."""
    return trigger.entry.needs == ("weapon",) or trigger.entry.type == "bombing"


def read_use(mention: Mention) -> WeaponUse | None:
    """A weapon mention as a means."""
    value = mention.value
    if not isinstance(value, WeaponValue):
        return None
    weapon = Weapon(text=mention.text, name=value.name, id=value.id, category=value.category)
    return WeaponUse(weapon, mention.start, mention.end, mention.rule)


def imply_weapon(trigger: Trigger) -> WeaponUse:
    """The means that a verb itself tells, in its own words without particles: "shot", "set fire"."""
    head, last = trigger.head, trigger.span[-1]
    ends = [t.i for t in (head, *head.children) if t == head or (t.dep_ == "dobj" and t.i <= last.i)]
    span = head.doc[head.i : max(ends) + 1]
    assert trigger.entry.weapon is not None
    weapon = Weapon(text=span.text, name=span.text, id=None, category=trigger.entry.weapon)
    return WeaponUse(weapon, span.start_char, span.end_char, f"events.toml:{trigger.rule}")


def is_in(mention: Mention, tokens: Sequence[Token], sheet: Sheet) -> bool:
    """Whether a mention covers one of the tokens."""
    return any(sheet.at(mention.label, t) == mention for t in tokens)


def nearest(token: Token, heads: Sequence[Token]) -> int:
    """Which of the heads the tree holds nearest; the first where several are as near."""
    return min(range(len(heads)), key=lambda n: (distance(token, heads[n]), abs(token.i - heads[n].i)))


def choose_date(draft: Draft, rivals: Sequence[Token], sheet: Sheet) -> Mention | None:
    """The date of the sentence that stands nearest to the event word; one date serves all its events."""
    dates = sheet.inside("date", draft.sentence)
    if not dates:
        return None
    heads = [draft.trigger.head, *rivals]
    own = [m for m in dates if nearest(sheet.head(m), heads) == 0]
    return min(own or dates, key=lambda m: (distance(sheet.head(m), heads[0]), m.start))


def choose_places(draft: Draft, rivals: Sequence[Token], sheet: Sheet) -> list[Mention]:
    """The event's own place first, then others that stand with it; acting countries are no places."""
    acting = {(p.start, p.end) for p in (*draft.actors,)}
    places = [
        m
        for m in sheet.inside("place", draft.sentence)
        if not any(m.start < end and start < m.end for start, end in acting)
        and not is_modifier(m, sheet)
        and not is_in_name(m, sheet)
        and not is_where_told(sheet.head(m), draft.trigger.head)
    ]
    if not places:
        return []
    heads = [draft.trigger.head, *rivals]
    own = [m for m in places if nearest(sheet.head(m), heads) == 0] or places
    main = pick_place(own, heads[0], sheet)
    beside = [m for m in own if m != main and stands_with(m, main, sheet)]
    return [main, *beside]


def is_where_told(place: Token, event: Token) -> bool:
    """Whether a place belongs to whoever tells the event ("…, medics at Nasser Hospital said"), not to the event."""
    above = {t.i for t in chain(event)}
    for token in (place, *chain(place)):
        if token.dep_ == "nsubj":
            return token.head.i in above and token != event and not token.is_ancestor(event)
    return False


def is_in_name(mention: Mention, sheet: Sheet) -> bool:
    """Whether a place stands within the name of an organisation ("Islamic State in the Sahel Province")."""
    if mention.rule == "places:inside":
        return True
    actor = sheet.at("actor", sheet.head(mention))
    known = actor is not None and isinstance(actor.value, ActorValue) and actor.value.id is not None
    return actor is not None and known and covers(actor, mention)


def covers(actor: Mention, place: Mention) -> bool:
    """Whether an actor's words hold all of a place's."""
    return actor.start <= place.start and place.end <= actor.end


def is_modifier(mention: Mention, sheet: Sheet) -> bool:
    """Whether a country only says whose something is ("U.S. jets", "Iraq's army"), not where."""
    value = mention.value
    country = isinstance(value, PlaceValue) and value.precision == "country"
    return country and sheet.head(mention).dep_ in {"compound", "poss", "amod", "nmod", "npadvmod"}


def pick_place(places: Sequence[Mention], head: Token, sheet: Sheet) -> Mention:
    """The finest of the places that stand near the event word; origin and reference points come last."""
    far = {m: distance(sheet.head(m), head) + penalty(m, sheet) for m in places}
    least = min(far.values())
    close = [m for m in places if far[m] <= least + SLACK]
    return min(close, key=lambda m: (fineness(m), far[m], m.start))


def penalty(mention: Mention, sheet: Sheet) -> int:
    """Arrows added for a place that the text names as origin, goal or landmark."""
    head = sheet.head(mention)
    if head.dep_ == "pobj" and head.head.lower_ in AWAY:
        return 2 * SLACK if head.head.lower_ != "of" else 0
    value = mention.value
    directed = isinstance(value, PlaceValue) and value.relation is not None and " of" in value.relation
    return SLACK + 1 if directed else 0


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
