"""Tables of other codebooks: what comes back equals the row but for the losses that are stated."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from shapes import BOOKS, any_rows, make_full_row

from models.event import COLUMNS, EventRow
from review.exports.acled import ACLED
from review.exports.incidents import alone
from review.exports.plover import PLOVER
from review.exports.shape import Shape
from review.exports.sheets import write_text
from review.exports.ucdp import UCDP

SHAPES = (ACLED, UCDP, PLOVER)
WORDS = {"acled": {"notes"}, "ucdp": set(), "plover": set()}  # texts that hold what has no column
QUIET = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
def test_every_column_of_the_row_has_its_fate_and_every_column_of_the_table_its_source(shape: Shape) -> None:
    assert [loss.column for loss in shape.losses] == [*COLUMNS]
    names = [f.name for f in shape.fields]
    assert set(shape.empty) <= set(names)
    record = {n for n, value in shape.write(alone(make_full_row()), BOOKS).items() if value is not None}
    assert record <= set(names)
    assert not record & set(shape.empty)
    assert set(shape.roles.values()) <= set(names)
    empties = {f.name for f in shape.fields if f.description == "empty"}
    assert empties == set(shape.empty)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s.name)
@given(row=any_rows())
@QUIET
def test_what_comes_back_is_the_row_but_for_the_stated_losses(shape: Shape, row: EventRow) -> None:
    if shape.refuse(row, BOOKS):
        return
    record = complete(shape, row)
    cells = {name: write_text(value) for name, value in record.items()}
    back = shape.read(record, BOOKS)
    assert back == shape.read(cells, BOOKS)  # whether the reader has types or cells
    fates = {loss.column: loss.fate for loss in shape.losses}
    for column in COLUMNS:
        if fates[column] == "exact":
            assert back[column] == getattr(row, column), column
        assert (column in back) == (fates[column] in {"exact", "coarser"}) or column == "event_type", column
    again = complete(shape, fill(row, back))
    assert strip(again, shape) == strip(record, shape)


def complete(shape: Shape, row: EventRow) -> dict[str, Any]:
    record = shape.write(alone(row), BOOKS)
    return {f.name: record.get(f.name) for f in shape.fields}


def fill(row: EventRow, back: dict[str, Any]) -> EventRow:
    """The row that comes back; what is required and lost is anything valid."""
    needed = {c: getattr(row, c) for c in ("article_id", "sentence", "sentences", "trigger", "trigger_start")}
    needed |= {"trigger_end": row.trigger_end, "attribution": "unknown", "evidence": {}, "confidence": 0.5}
    needed |= {"extractor_version": "", "model_version": ""}
    return EventRow.model_validate(needed | back)


def strip(record: dict[str, Any], shape: Shape) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in WORDS[shape.name]}
