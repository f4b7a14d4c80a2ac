"""Rows and codebooks for tests of what goes out."""

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from rows import make_full_row, make_row

from extractors.phrases import LEXICONS
from models.codebook import Books, read_books
from models.event import Count, EventRow, Party, Weapon
from models.lexicon import CountryEntry, read_entries
from models.schema import read_columns
from models.trigger import EventTypeEntry
from review import exports

FOLDER = Path(exports.__file__).parent
NAMES = {key: entry.name for key, entry in read_entries(LEXICONS / "countries.toml", CountryEntry).items()}
BOOKS: Books = read_books(FOLDER, read_entries(LEXICONS / "event_types.toml", EventTypeEntry), NAMES)
TERMS = {c.name: c.terms for part in (EventRow, Party, Count, Weapon) for c in read_columns(part) if c.terms}
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
NUMBER = st.none() | st.integers(0, 5000)
PARTIES = st.lists(
    st.builds(
        lambda name, kind, country: Party(text=name, name=name, kind=kind, country=country, named=True),
        WORDS,
        st.sampled_from(TERMS["kind"]),
        st.sampled_from([None, "MLI", "COL"]),
    ),
    max_size=3,
).map(tuple)
COUNTS = st.lists(
    st.builds(
        lambda what, side, form, low, scope: Count(
            what=what, side=side, form=form, low=low, best=low, scope=scope, start=0, end=7
        ),
        st.sampled_from(["killed", "detained"]),
        st.sampled_from(TERMS["side"]),
        st.sampled_from(TERMS["form"]),
        st.integers(1, 900),
        st.sampled_from(TERMS["scope"]),
    ),
    max_size=3,
).map(tuple)


@st.composite
def any_rows(draw: st.DrawFn) -> EventRow:
    """A row with any terms, parties, numbers and dates."""
    day = draw(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)))
    length = draw(st.integers(0, 400))
    low = draw(NUMBER)
    changes: dict[str, Any] = {
        name: draw(st.sampled_from(TERMS[name])) for name in ("event_type", "attribution")
    }
    changes["status"] = draw(st.sampled_from([*["reported", "actual"] * 8, *TERMS["status"]]))
    for name in ("place_precision", "date_precision", "date_source"):
        changes[name] = draw(st.none() | st.sampled_from(TERMS[name]))
    for name in ("actors", "targets"):
        changes[name] = draw(PARTIES)
    for name in ("place_name", "place_text", "admin1", "publisher", "title", "url", "incident_id"):
        changes[name] = draw(st.none() | WORDS)
    weapon = draw(st.none() | st.sampled_from(TERMS["category"]))
    return make_full_row(
        **changes,
        weapons=(Weapon(text="w", name="w", category=weapon),) if weapon else (),
        is_aggregate=draw(st.sampled_from([False, False, False, True])),
        civilian_targeting=draw(st.sampled_from([None, True, False])),
        country=draw(st.sampled_from([None, "MLI", "COL", "ZZZ"])),
        latitude=draw(st.floats(-90, 90)),
        longitude=draw(st.floats(-180, 180)),
        date_start=day,
        date_end=day and date.fromordinal(day.toordinal() + length),
        killed_low=low,
        killed_best=draw(st.none() | st.just(low)),
        killed_high=draw(st.none() | st.just(low and low + 5)),
        counts=draw(COUNTS),
        sentence="dozens of people died",
        sentences=({"start": 0, "end": 21, "text": "dozens of people died"},),
    )


__all__ = ["BOOKS", "any_rows", "make_full_row", "make_row"]
