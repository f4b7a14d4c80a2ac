"""Key points: what changed, who is new, what cannot be; and the limits that decide it."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from receipts import make_count, make_receipt
from rows import make_full_row

from flows.source_states import weigh_sources
from models.errors import InputError
from review.figures import Change, Figures, Mover, RowId
from review.limits import PATH, read_limits
from review.night import tell_total
from review.oddities import find_oddities
from review.points import make_points
from review.summary import summarise

END = date(2024, 3, 10)
ROWS = tuple(RowId("run", f"{n:04x}") for n in range(9))


def move(key: str, now: int, before: float | None, **more: Any) -> Mover:
    return Mover(more.pop("kind", "actor"), key, key, Change(now, before), rows=ROWS[:now], **more)


def test_the_least_likely_changes_come_first_and_small_ones_are_no_news() -> None:
    movers = (
        move("steady", 30, 27.0),
        move("up", 9, 1.0),
        move("gone", 0, 16.0),
        move("one more", 3, 1.0),
        move("unknown", 9, None),
    )
    points = make_points(Figures(end=END, movers=movers), summarise([]))
    assert [(point.kind, point.subject) for point in points] == [
        ("more", "up"),
        ("fewer", "gone"),
        ("more", "steady"),
    ]
    assert points[0].words == "actor: 9 events this week, 1 a week in the four before"
    assert (points[0].rows, points[0].more) == (ROWS[:6], 3)


def test_newcomers_are_named_and_not_told_as_a_change() -> None:
    new = move("dawn", 7, 0.0, new=True)
    many = tuple(move(f"weapon {n:02}", 2, 0.0, kind="weapon") for n in range(14))
    points = make_points(Figures(end=END, movers=(new,), newcomers=(new, *many)), summarise([]))
    assert [point.subject for point in points[:2]] == ["dawn", "weapon 00"]
    assert points[0].words == "actor seen for the first time, in 7 rows"
    assert (len(points), points[-1].subject) == (14, "2 more weapons")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date_start": date(1025, 3, 4), "date_end": date(1025, 3, 4)}, "999 years before its article"),
        ({"date_start": date(2021, 3, 4), "date_end": date(2021, 3, 4)}, "3 years before"),
        (
            {"date_start": date(2024, 3, 7), "date_end": date(2024, 3, 7)},
            "2 days after its article (2024-03-05)",
        ),
        (
            {"date_start": date(2024, 3, 4), "date_end": date(2024, 3, 1)},
            "ends (2024-03-01) before it begins",
        ),
        ({"killed_high": 501}, "4–501 killed in one event (limit 500)"),
        ({"injured_low": 20_000}, "≥ 20000 injured in one event"),
        ({"is_aggregate": True, "attacks_best": 501}, "501 attacks in one total"),
    ],
)
def test_values_that_cannot_be_are_named(changes: dict[str, Any], words: str) -> None:
    found = [odd.words for odd in find_oddities(make_full_row(**changes), read_limits().impossible)]
    assert len(found) == 1
    assert words in found[0]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": "historical", "date_start": date(1914, 8, 4), "date_end": date(1918, 11, 11)},
        {"status": "planned", "date_start": date(2024, 6, 1), "date_end": date(2024, 6, 1)},
        {"date_start": date(2024, 3, 6), "date_end": date(2024, 3, 6)},  # across a time zone
        {"date_start": date(2021, 3, 6), "date_end": date(2021, 3, 6)},  # a day short of three years
        {"is_aggregate": True, "killed_low": 30_000, "killed_best": 30_000},
        {"published": None, "date_start": date(1025, 3, 4), "date_end": date(1025, 3, 4)},
        {"killed_high": 500},
        {"published": datetime.fromisoformat("2024-03-05"), "date_start": None, "date_end": None},
    ],
)
def test_values_that_may_be_are_not(changes: dict[str, Any]) -> None:
    assert list(find_oddities(make_full_row(**changes), read_limits().impossible)) == []


def test_impossible_values_lead_and_are_all_counted() -> None:
    rows = [make_full_row(event_id=f"{n:016x}", killed_high=9000) for n in range(25)]
    summary = summarise(rows)
    points = make_points(Figures(end=END, movers=(move("up", 9, 1.0),)), summary)
    assert (summary.odd, len(summary.oddities)) == (25, 20)
    assert [point.kind for point in points[-2:]] == ["impossible", "more"]


def test_the_whole_is_told_in_one_sentence() -> None:
    assert (
        tell_total(Figures(end=END, total=Change(9, 6.0)))
        == "9 events this week; 6 a week in the four before (+3 (+50 %))."
    )
    assert "nothing earlier" in tell_total(Figures(end=END, total=Change(1)))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("impossible = 3", "impossible"),
        ("[trust", "is no TOML"),
        (PATH.read_text(encoding="utf-8").replace("0.5", "5"), "trust.confidence_under"),
        (PATH.read_text(encoding="utf-8").replace("killed_over", "killed_ovr"), "impossible"),
    ],
)
def test_limits_are_data_and_checked(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "limits.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_limits(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_limits(tmp_path / "none.toml")


def test_sources_are_failed_silent_or_read_with_their_last_success_and_usual_number() -> None:
    good = {"items": 5, "fetched": 5}
    history = [
        make_receipt(3, make_count("post", new=4, **good), make_count("wire", new=1, **good)),
        make_receipt(2, make_count("post", new=2, **good), make_count("wire", reasons={"timeout": 1})),
        make_receipt(
            1,
            make_count("post", new=9, **good),
            make_count("wire", items=2, failed=1, blocked=1, reasons={"robots": 1}),
        ),
    ]
    tonight = make_receipt(
        0,
        make_count("post", new=3, **good),
        make_count("wire", reasons={"dns": 1}),
        make_count("radio", silent="its newest item is 9 days old", **good),
        make_count("fresh", reasons={"dns": 1}),
        errors=("wire: https://wire.example/feed: no such host",),
    )
    states = {state.name: state for state in weigh_sources(tonight, [*history, tonight])}
    assert list(states) == ["wire", "fresh", "radio", "post"]
    assert {name: state.state for name, state in states.items()} == {
        "wire": "failed",
        "fresh": "failed",
        "radio": "silent",
        "post": "read",
    }
    assert states["wire"].why == "https://wire.example/feed: no such host"
    assert states["fresh"].why == "dns 1; never read before"
    assert (states["wire"].success, states["wire"].usual) == (date(2024, 3, 3), 1)
    assert (states["post"].success, states["post"].usual) == (date(2024, 3, 6), 4)
    assert states["fresh"].success is None
