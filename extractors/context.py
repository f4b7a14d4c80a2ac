"""The country that an article is about, where an event names no place of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.draft import Draft
from extractors.event_places import is_country, is_in_name, is_only_party
from extractors.sheet import Sheet
from models.mention import ActorValue, Mention, PlaceValue
from models.terms import EventType, MentionLabel, PartyKind

AT_HOME_KINDS: frozenset[PartyKind] = frozenset({"police", "rebel_group", "militia", "criminal"})
SHARE = 0.5  # of what the article names; below that the country is not clear
HERE, AFAR = 5, 2
AT_HOME: frozenset[EventType] = frozenset({"arrest", "execution"})
STATE: frozenset[PartyKind] = frozenset({"government", "police", "state_military"})
VOTERS: tuple[MentionLabel, ...] = ("place", "actor")


def fill_countries(events: Sequence[Draft], sheet: Sheet) -> None:
    """Gives events without a place, or with one that no gazetteer knows, the country that most places lie in."""
    setting = find_country(sheet)
    for event in events:
        source = setting or find_home(event, sheet)
        if event.is_saying or source is None or not isinstance(source.value, PlaceValue | ActorValue):
            continue
        if not event.places:
            event.context = source
        elif isinstance(event.places[0].value, PlaceValue) and event.places[0].value.country is None:
            known = replace(event.places[0].value, country=source.value.country)
            event.places[0] = replace(event.places[0], value=known)


def find_country(sheet: Sheet) -> Mention | None:
    """The first mention of the country that most of what the article names lies in or belongs to, if one stands out.

    Towns say more of it than countries, which also act from afar, and than the nationality of who acts.
    """
    told = [(m, *vote) for label in VOTERS for m in sheet.mentions[label] if (vote := read_vote(m, sheet))]
    votes: Counter[str] = Counter()
    for _, country, weight in told:
        votes[country] += weight
    lain_in = {named for m, named, _ in told if stands_there(m)}
    if not lain_in:
        return None  # nationalities of others say who, not where
    country, most = max(votes.items(), key=lambda vote: (vote[0] in lain_in, vote[1], vote[0]))
    if most < SHARE * sum(votes.values()):
        return None
    return min((m for m, named, _ in told if named == country), key=lambda m: (m.label != "place", m.start))


def stands_there(mention: Mention) -> bool:
    """Whether a mention tells of a country as where things are: its places, and those of its people who fight at home.

    Soldiers, envoys and victims of a nationality may be anywhere; an army with a name of its own seldom is.
    """
    value = mention.value
    if not isinstance(value, ActorValue):
        return True
    return value.kind in AT_HOME_KINDS or (value.kind == "state_military" and value.id is not None)


def read_vote(mention: Mention, sheet: Sheet) -> tuple[str, int] | None:
    """(country, weight) of what a mention says."""
    value = mention.value
    if isinstance(value, PlaceValue) and value.country:
        if not is_setting(mention, sheet):
            return None
        return value.country, AFAR if value.precision == "country" else HERE
    if isinstance(value, ActorValue) and value.country:
        return value.country, AFAR
    return None


def find_home(event: Draft, sheet: Sheet) -> Mention | None:
    """The state that does what states do at home ("Iran executed three men"), where it is named."""
    if event.type not in AT_HOME:
        return None
    countries = {p.party.country for p in event.actors if p.party.kind in STATE}
    named = (m for label in VOTERS for m in sheet.mentions[label])
    return next((m for m in named if country_of(m) in countries - {None}), None)


def country_of(mention: Mention) -> str | None:
    """The country that a place lies in or somebody belongs to."""
    return mention.value.country if isinstance(mention.value, PlaceValue | ActorValue) else None


def is_setting(mention: Mention, sheet: Sheet) -> bool:
    """Whether a place can be where things happen: no country that only acts, owns or gives its name to somebody."""
    return not is_country(mention) or not (is_in_name(mention, sheet) or is_only_party(mention, (), sheet))
