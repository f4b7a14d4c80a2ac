"""Which rows an export takes, and why it leaves one out."""

from datetime import date

from rows import make_full_row, make_row

from flows.choice import Choice


def test_why_a_row_is_left_out_is_told() -> None:
    days = {"date_start": date(2024, 3, 1), "date_end": date(2024, 3, 9)}
    choice = Choice(date(2024, 3, 9), date(2024, 3, 9), ("COL",))
    assert choice.refuse(make_full_row(**days)) is None  # an interval that touches the day
    assert choice.refuse(make_full_row(**days | {"date_end": date(2024, 3, 8)})) == "before 2024-03-09"
    assert choice.refuse(make_row()) == "without a date"
    assert Choice(countries=("COL",)).refuse(make_row()) == "without a country"
