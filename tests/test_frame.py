"""A frame has the right types, with rows and without."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from rows import make_full_row, make_row

from models.event import COLUMNS
from models.frame import to_frame

TYPES = {
    "event_id": "string",
    "killed_low": "Int64",
    "latitude": "Float64",
    "is_aggregate": "boolean",
    "civilian_targeting": "boolean",
    "published": "datetime64[us, UTC]",
    "date_start": "datetime64[s]",
    "actors": "object",
    "evidence": "object",
}


@pytest.mark.parametrize(
    "rows", [[], [make_row()], [make_full_row(), make_row()]], ids=["none", "bare", "two"]
)
def test_types_do_not_depend_on_the_rows(rows: list) -> None:  # type: ignore[type-arg]
    frame = to_frame(rows)
    assert tuple(frame.columns) == COLUMNS
    assert len(frame) == len(rows)
    assert {name: str(frame[name].dtype) for name in TYPES} == TYPES


def test_unknown_is_missing_and_not_a_number() -> None:
    frame = to_frame([make_row()])
    assert pd.isna(frame.loc[0, "killed_best"])
    assert pd.isna(frame.loc[0, "place_name"])
    assert frame.loc[0, "actors"] == []


def test_values_survive() -> None:
    row = make_full_row()
    line = to_frame([row]).loc[0]
    assert line["killed_low"] == 4
    assert line["longitude"] == -76.25
    assert line["date_start"] == pd.Timestamp(2024, 3, 4)
    assert line["actors"][0]["name"] == "Free Valley Front"
    assert line["evidence"]["date"][0]["rule"] == "dates:weekday"


@pytest.mark.parametrize(
    ("published", "instant"),
    [
        (datetime.fromisoformat("2024-03-05T06:30:00+03:00"), datetime(2024, 3, 5, 3, 30, tzinfo=UTC)),
        (date(2024, 3, 5), datetime(2024, 3, 5, tzinfo=UTC)),
        (datetime.fromisoformat("2024-03-05T06:30:00"), datetime(2024, 3, 5, 6, 30, tzinfo=UTC)),
    ],
)
def test_publication_is_in_utc(published: datetime | date, instant: datetime) -> None:
    assert to_frame([make_row(published=published)]).loc[0, "published"] == instant


def test_a_day_that_nanoseconds_cannot_hold_is_kept() -> None:
    frame = to_frame([make_row(date_start=date(25, 1, 1), date_end=date(2400, 1, 1))])
    assert frame.loc[0, "date_start"].year == 25
