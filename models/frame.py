"""The rows as a pandas frame, with the types that the columns define."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import pandas as pd

from models.event import EventRow
from models.schema import Column, Kind, read_columns

DTYPES: dict[Kind, str] = {
    "text": "string",
    "integer": "Int64",
    "number": "Float64",
    "flag": "boolean",
    "day": "datetime64[s]",  # seconds, since a nanosecond calendar ends in 2262 and begins in 1677
    "instant": "datetime64[us, UTC]",
    "list": "object",
    "json": "object",
}


def to_frame(rows: Iterable[EventRow]) -> pd.DataFrame:
    """One line a row and one column a field, typed also where there is no row.

    `published` is in UTC; a bare day of publication becomes its midnight. Lists hold dicts.
    """
    records = [row.model_dump() for row in rows]
    return pd.DataFrame({c.name: make_series([r[c.name] for r in records], c) for c in read_columns()})


def make_series(values: list[Any], column: Column) -> "pd.Series[Any]":
    """One typed column."""
    if column.kind == "instant":
        values = [to_instant(value) for value in values]
    if column.kind == "list":
        values = [list(value) for value in values]
    return pd.Series(values, dtype=DTYPES[column.kind], name=column.name)


def to_instant(published: datetime | date | None) -> datetime | None:
    """The instant in UTC; an instant without a zone is taken as UTC."""
    if published is None:
        return None
    instant = published if isinstance(published, datetime) else datetime.combine(published, time())
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
