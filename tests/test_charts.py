"""What the page counts and draws is what the rows say."""

import itertools
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from rows import make_full_row, make_row

from models.terms import Status
from review.axes import Numbers, scale
from review.bands import draw_injured, draw_killed, tabulate
from review.charts import BOTTOM, HEIGHT, draw_stack
from review.figures import Bar, Change, Figures, Period, Span
from review.standing import BY_STATUS, STANDINGS
from review.summary import summarise
from review.values import name_range

END = date(2024, 3, 10)


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
    assert (summary.rows, summary.killed.told) == (5, 2)


def test_an_incident_counts_once_between_what_its_rows_say() -> None:
    rows = [
        make_full_row(incident_id="one", killed_low=4, killed_best=4, killed_high=4),
        make_full_row(incident_id="one", killed_low=6, killed_best=6, killed_high=6),
    ]
    assert str(summarise(rows).killed) == "4–6"


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
    ("span", "words"),
    [
        (Span(3, 5, 9), "3–9 (best 5)"),
        (Span(4, 4, 4), "4 (all texts agree)"),
        (Span(4, 6, 6, open=True), "≥ 4 (best 6)"),
        (Span(), "none told"),
    ],
)
def test_people_are_never_a_bare_number(span: Span, words: str) -> None:
    assert span.words == words


@pytest.mark.parametrize(
    ("change", "sign", "words"),
    [
        (Change(9, 4.0), "more", "+5 (+125 %)"),
        (Change(1, 4.0), "fewer", "−3 (−75 %)"),
        (Change(1, 0.0), "same", "+1"),
        (Change(2, 0.0), "more", "+2"),
        (Change(24, 20.0), "same", "+4 (+20 %)"),
        (Change(8, 28 / 3), "same", "−1.3 (−14 %)"),
        (Change(20_000, 10.0), "more", "+19,990 (+199900 %)"),
        (Change(5), "same", "–"),
    ],
)
def test_a_change_has_a_sign_and_words(change: Change, sign: str, words: str) -> None:
    assert (change.sign, change.words) == (sign, words)


def make_bars(*totals: int) -> tuple[Bar, ...]:
    first = END - timedelta(days=len(totals) - 1)
    return tuple(Bar(first + timedelta(days=n), {"shelling": total}) for n, total in enumerate(totals))


def test_bars_are_stacked_by_type_and_as_high_as_their_numbers() -> None:
    types = {"shelling": 4, "raid": 2, "arrest": 1, "threat": 1, "riot": 1, "demand": 1, "protest": 2}
    chart = draw_stack(Figures(end=END, bars=(*make_bars(6, 0), Bar(END, types, before=9))))
    assert [(kind.name, kind.total) for kind in chart.kinds][:2] == [("shelling", 10), ("protest", 2)]
    assert chart.kinds[-1].name == "other kinds"
    assert sum(kind.total for kind in chart.kinds) == 18
    newest = [piece for piece in chart.pieces if END.isoformat() in piece.title]
    unit = (HEIGHT - BOTTOM - min(tick.y for tick in chart.ticks)) / max(tick.value for tick in chart.ticks)
    assert sum(piece.height for piece in newest) == pytest.approx(12 * unit, abs=0.4)
    for below, above in itertools.pairwise(newest):
        assert above.y + above.height == pytest.approx(below.y, abs=0.11)
    assert HEIGHT - BOTTOM - chart.before[0].y == pytest.approx(9 * unit, abs=0.1)
    assert "18 in all, most in the day of 2024-03-10 (12)" in chart.label


def test_the_table_of_the_chart_adds_up() -> None:
    chart = draw_stack(Figures(end=END, bars=make_bars(1, 0, 5, 2, 2, 9, 3, 4)))
    assert chart.numbers.headings == ("day", "shelling", "all", "7-day median", "before this run")
    assert chart.numbers.rows[-1] == ("2024-03-10", 4, 4, 3, 0)
    assert sum(int(str(row[2])) for row in chart.numbers.rows) == 26
    assert len(chart.numbers.rows) == 7  # the empty day is in the picture only
    assert chart.median.count("L") == 1


def test_a_band_runs_from_least_to_most_around_the_best() -> None:
    killed = {"civilians": Span(2, 4, 8, open=True), "parties": Span(), "unstated": Span(1, 1, 1)}
    periods = (
        Period(END - timedelta(days=13), dict.fromkeys(killed, Span()), Span()),
        Period(END, killed, Span(9, 10, 12)),
    )
    figures = Figures(end=END, periods=periods)
    bands = draw_killed(figures)
    assert [tick.value for tick in bands[0].ticks] == [0, 2, 4, 6, 8]
    assert bands[1].ticks == bands[0].ticks  # one scale
    area = [tuple(map(float, at)) for at in re.findall(r"([\d.]+) ([\d.]+)", bands[0].area)]
    best = [tuple(map(float, at)) for at in re.findall(r"([\d.]+) ([\d.]+)", bands[0].line)]
    zero, top = bands[0].ticks[0].y, bands[0].ticks[-1].y
    assert [at[1] for at in area] == [zero, top, pytest.approx((3 * zero + top) / 4), zero]
    assert best[1][1] == pytest.approx((zero + top) / 2)
    assert [point.open for point in bands[0].points] == [False, True]
    assert draw_injured(figures).newest == "9–12 (best 10)"
    assert tabulate(figures).rows[-1] == (
        "2024-03-10 – 2024-03-16",
        2,
        4,
        "8 or more",
        0,
        0,
        0,
        1,
        1,
        1,
        9,
        10,
        12,
    )


@pytest.mark.parametrize(
    ("highest", "top", "step"),
    [(0, 1, 1), (1, 1, 1), (4, 4, 1), (5, 6, 2), (17, 20, 5), (390, 400, 100), (10**14, 10**14, 5 * 10**13)],
)
def test_axes_end_at_round_numbers(highest: int, top: int, step: int) -> None:
    assert scale(highest) == (top, step)


def test_numbers_are_saved_so_that_no_spreadsheet_runs_them() -> None:
    numbers = Numbers("n.csv", ("place", "longitude"), (("=cmd()", -76.5), ("a,b", None)))
    assert numbers.csv == 'place,longitude\r\n\'=cmd(),-76.5\r\n"a,b",\r\n'


def test_values_with_their_words_and_unsure_rows_are_counted() -> None:
    bare = make_full_row(evidence={}, confidence=0.3)
    summary = summarise([make_full_row(), bare])
    assert summary.unsure == 1
    assert (summary.valued["killed"], summary.proven["killed"]) == (2, 1)
    assert summary.valued == Counter(event_type=2, actors=2, targets=2, weapons=2, place=2, date=2, killed=2)
    assert summary.proof == 6 / 14
    assert summarise([]).proof is None
