"""What the page counts and draws is what the rows say."""

from collections import Counter
from datetime import date, timedelta

import pytest
from rows import make_full_row, make_row

from models.terms import Status
from review.charts import chart_days, chart_types, scale
from review.standing import BY_STATUS, STANDINGS
from review.summary import summarise
from review.values import name_range


def test_every_status_has_one_group() -> None:
    assert set(BY_STATUS) == set(Status.__args__)  # type: ignore[attr-defined]
    assert sum(len(group.statuses) for group in STANDINGS) == len(BY_STATUS)


def test_totals_and_what_did_not_happen_are_kept_out_of_the_sums() -> None:
    rows = [
        make_full_row(),
        make_full_row(incident_id="another", killed_low=2, killed_best=2, killed_high=5),
        make_full_row(status="denied", killed_low=100),
        make_full_row(is_aggregate=True, killed_low=900),
        make_row(incident_id="a third"),
    ]
    summary = summarise(rows)
    assert (str(summary.killed), str(summary.injured)) == ("≥ 6", "–")
    assert (summary.rows, summary.apart, summary.undated) == (5, 2, 1)
    assert summary.days == Counter({date(2024, 3, 4): 2})


def test_an_incident_counts_once_between_what_its_rows_say() -> None:
    rows = [
        make_full_row(incident_id="one", killed_low=4, killed_best=4, killed_high=4),
        make_full_row(incident_id="one", killed_low=6, killed_best=6, killed_high=6),
    ]
    summary = summarise(rows)
    assert (str(summary.killed), summary.days) == ("4–6", Counter({date(2024, 3, 4): 1}))


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((8, 8, 8), "8"),
        ((24, None, None), "≥ 24"),
        ((None, 20, 20), "≤ 20"),
        ((0, 8, 8), "0–8"),
        ((10, None, 15), "10–15"),
        ((0, 0, 0), "0"),
        ((None, None, None), ""),
        ((None, 3, None), "3"),
    ],
)
def test_a_number_is_never_more_exact_than_its_range(
    numbers: tuple[int | None, int | None, int | None], words: str
) -> None:
    assert name_range(*numbers) == words


@pytest.mark.parametrize(
    ("before", "unit", "names"),
    [
        (2, "day", ["2024-03-02", "2024-03-03", "2024-03-04"]),
        (40, "week", ["week of 2024-02-19", "week of 2024-02-26", "week of 2024-03-04"]),
        (300, "month", ["2024-01", "2024-02", "2024-03"]),
        (4000, "year", ["2022", "2023", "2024"]),
    ],
)
def test_time_is_cut_into_bars_that_fit(before: int, unit: str, names: list[str]) -> None:
    last = date(2024, 3, 4)
    chart = chart_days(Counter({last: 7, last - timedelta(days=before): 1}))
    assert (chart.unit, [bar.name for bar in chart.bars][-3:]) == (unit, names)
    assert len({bar.name for bar in chart.bars}) == len(chart.bars) <= 31
    assert (chart.bars[0].value, chart.bars[-1].value, sum(bar.value for bar in chart.bars)) == (1, 7, 8)
    assert [tick.value for tick in chart.ticks] == [0, 2, 4, 6, 8]
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width
        assert 0 <= bar.y <= bar.y + bar.height <= chart.height


def test_what_lies_before_the_last_bars_is_counted() -> None:
    chart = chart_days(Counter({date(25, 1, 1): 3, date(2024, 3, 4): 1}))
    assert (len(chart.bars), chart.left_out, chart.unit) == (31, 3, "year")
    assert chart_days(Counter()).bars == ()


@pytest.mark.parametrize(
    ("highest", "top", "step"), [(1, 1, 1), (4, 4, 1), (5, 6, 2), (17, 20, 5), (390, 400, 100)]
)
def test_axes_end_at_round_numbers(highest: int, top: int, step: int) -> None:
    assert scale(highest) == (top, step)


def test_kinds_are_ranked_and_fit() -> None:
    chart = chart_types(
        Counter({"accusation_or_condemnation": 3, "raid": 9, **{f"kind_{n}": 1 for n in range(12)}})
    )
    assert [(bar.name, bar.value) for bar in chart.bars[:2]] == [
        ("raid", 9),
        ("accusation or condemnation", 3),
    ]
    assert (len(chart.bars), chart.left_out) == (12, 2)
    assert max(bar.x + bar.width for bar in chart.bars) < chart.width
