"""The country that an article is about, where an event names no place of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extractors.draft import Draft
from extractors.sheet import Sheet
from models.mention import Mention, PlaceValue

SHARE = 0.6  # of the article's places; below that the country is not clear


def fill_countries(events: Sequence[Draft], sheet: Sheet) -> None:
    """Gives events without a place, or with one that no gazetteer knows, the country that most places lie in."""
    source = find_country(sheet)
    if source is None or not isinstance(source.value, PlaceValue):
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
    """The first mention of a place in the country that most of the article's places lie in, if one stands out."""
    linked = [m for m in sheet.mentions["place"] if isinstance(m.value, PlaceValue) and m.value.country]
    votes = Counter(m.value.country for m in linked if isinstance(m.value, PlaceValue))
    if not votes:
        return None
    country, count = max(votes.items(), key=lambda vote: vote[1])
    if count < SHARE * sum(votes.values()):
        return None
    return next(m for m in linked if isinstance(m.value, PlaceValue) and m.value.country == country)
