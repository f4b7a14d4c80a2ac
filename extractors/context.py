"""The country that an article is about, where an event names no place of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.draft import Draft
from extractors.sheet import Sheet
from models.mention import ActorValue, Mention, PlaceValue
from models.terms import MentionLabel

SHARE = 0.5  # of what the article names; below that the country is not clear
HERE, AFAR = 5, 2
VOTERS: tuple[MentionLabel, ...] = ("place", "actor")


def fill_countries(events: Sequence[Draft], sheet: Sheet) -> None:
    """Gives events without a place, or with one that no gazetteer knows, the country that most places lie in."""
    source = find_country(sheet)
    if source is None or not isinstance(source.value, PlaceValue | ActorValue):
        return
    for event in events:
        if event.is_saying:
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
    told = [(m, *vote) for label in VOTERS for m in sheet.mentions[label] if (vote := read_vote(m))]
    votes: Counter[str] = Counter()
    for _, country, weight in told:
        votes[country] += weight
    if not votes:
        return None
    country, most = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    if most < SHARE * sum(votes.values()):
        return None
    return min((m for m, named, _ in told if named == country), key=lambda m: (m.label != "place", m.start))


def read_vote(mention: Mention) -> tuple[str, int] | None:
    """(country, weight) of what a mention says."""
    value = mention.value
    if isinstance(value, PlaceValue) and value.country:
        return value.country, AFAR if value.precision == "country" else HERE
    if isinstance(value, ActorValue) and value.country:
        return value.country, AFAR
    return None
