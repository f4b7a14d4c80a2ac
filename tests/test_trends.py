"""The figures of a night against rows that are counted by hand."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rows import FULL, PLAIN

from flows.store import Store
from flows.trends import sum_tables
from models.article import Article
from models.event import EventRow
from models.run import Run
from review.figures import Bar, Change, Figures, LeftOut, RowId, Span, Tongue

NIGHT = datetime(2024, 3, 11, 2, 15, tzinfo=UTC)  # so the newest week is 4 to 10 March
END = date(2024, 3, 10)


def make_night(
    store: Store, days_ago: int, *events: dict[str, Any], silent: int = 0, foreign: int = 0
) -> str:
    """A run of that many days ago with an article an event, published the evening before it."""
    night = NIGHT - timedelta(days=days_ago)
    run_id = f"{night:%Y%m%dT%H%M%SZ}-ab12"
    published = night - timedelta(hours=8)
    told = []
    for number, event in enumerate(events):
        article = Article(f"{run_id} {number}", f"{run_id}-{number}", language="en", published=published)
        plain = {
            "event_id": f"{days_ago:02}-{number:02}",
            "article_id": article.article_id,
            "published": published,
        }
        row = EventRow.model_validate(PLAIN | FULL | {"url": None, "killed_high": None} | plain | event)
        told.append((article, row))
    others = [
        Article(f"{run_id} s{n}", f"s{run_id}{n}", language="en", published=published) for n in range(silent)
    ]
    others += [
        Article(f"{run_id} f{n}", f"f{run_id}{n}", language="uk", published=published) for n in range(foreign)
    ]
    run = Run(
        run_id=run_id,
        kind="ingest",
        started=night,
        ended=night,
        complete=True,
        articles=len(told) + len(others),
        rows=len(told),
    )
    store.commit_run(run, [*(article for article, _ in told), *others], [row for _, row in told])
    return run_id


def on(day: int, month: int = 3, **more: Any) -> dict[str, Any]:
    return {"date_start": date(2024, month, day), "date_end": date(2024, month, day), **more}


def lose(low: int | None, best: int | None, high: int | None, side: str = "civilians") -> dict[str, Any]:
    one = {
        "what": "killed",
        "side": side,
        "low": low,
        "best": best,
        "high": high,
        "form": "range",
        "scope": "event",
    }
    return {
        "killed_low": low,
        "killed_best": best,
        "killed_high": high,
        "counts": ({**one, "start": 0, "end": 1},),
    }


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "tables")


def read(store: Store, run_id: str) -> Figures:
    return sum_tables(store, run_id, NIGHT.date())


def full(figures: Figures) -> list[Bar]:
    return [bar for bar in figures.bars if bar.total or bar.before]


def test_bars_count_incidents_once_and_know_what_was_there_before(store: Store) -> None:
    make_night(store, 1, on(8), on(8, incident_id="x", event_type="bombing"))
    run_id = make_night(
        store, 0, on(8, incident_id="x"), on(9), on(9, incident_id="y"), on(9, incident_id="y")
    )
    figures = read(store, run_id)
    assert (figures.end, figures.scale.unit, len(figures.bars), figures.bars[-1].start) == (
        END,
        "day",
        56,
        END,
    )
    # Of an incident's types that of the first event id counts.
    assert full(figures) == [
        Bar(date(2024, 3, 8), {"armed_assault": 2}, before=2),
        Bar(date(2024, 3, 9), {"armed_assault": 2}, before=0),
    ]
    assert figures.total == Change(4, None)


def test_what_is_left_out_is_counted_by_reason(store: Store) -> None:
    run_id = make_night(
        store,
        0,
        on(9, is_aggregate=True),
        on(9, status="denied"),
        on(9, status="planned", is_aggregate=True),
        {"date_start": None, "date_end": None},
        {"date_start": date(2024, 3, 3), "date_end": date(2024, 3, 9)},
        on(3, month=1, date_start=date(2014, 1, 3), date_end=date(2014, 1, 3)),
        on(12),
        *(on(9) for _ in range(4)),
    )
    figures = read(store, run_id)
    assert figures.left_out == LeftOut(totals=2, unreal=1, undated=2, outside=2)
    assert full(figures) == [Bar(date(2024, 3, 9), {"armed_assault": 4})]


def test_this_week_is_measured_against_the_weeks_that_have_articles(store: Store) -> None:
    make_night(store, 21, on(18, month=2), on(17, month=2), on(16, month=2, weapons=()))
    make_night(store, 7, on(2), on(3))
    run_id = make_night(store, 0, on(4), on(10), on(9), on(8))
    figures = read(store, run_id)
    assert figures.known == 2  # of the four weeks before, two have articles
    assert figures.total == Change(4, 2.5)
    actor = next(mover for mover in figures.movers if mover.kind == "actor")
    assert (actor.key, actor.name, actor.change, actor.new) == (
        "free-valley-front",
        "Free Valley Front",
        Change(4, 2.5),
        False,
    )
    weapon = next(mover for mover in figures.movers if mover.kind == "weapon")
    assert (weapon.key, weapon.name, weapon.change) == ("small_arms", "small arms", Change(4, 2.0))
    assert actor.rows[0] == RowId(run_id, "00-03")


def test_killed_are_ranges_by_side_and_an_incident_is_taken_once(store: Store) -> None:
    run_id = make_night(
        store,
        0,
        on(9, incident_id="one", **lose(2, 3, 4)),
        on(9, incident_id="one", **lose(5, 5, 9)),
        on(9, **lose(1, 2, 2, "target")),
        on(9, **lose(7, None, None, "unknown")),
        on(9, killed_low=None, killed_best=None, counts=(), injured_low=3, injured_best=4, injured_high=6),
        on(8, is_aggregate=True, **lose(900, 900, 900)),
        on(1, **lose(1, 1, 1)),
    )
    figures = read(store, run_id)
    week, before = figures.periods[-1], figures.periods[-2]
    assert (week.start, before.start) == (date(2024, 3, 4), date(2024, 2, 26))
    assert week.killed == {
        "civilians": Span(2, 3, 9),
        "parties": Span(1, 2, 2),
        "unstated": Span(7, 7, 7, open=True),
    }
    assert week.injured == Span(3, 4, 6)
    assert before.killed["civilians"] == Span(1, 1, 1)


def test_places_have_a_point_a_change_and_a_ring(store: Store) -> None:
    make_night(
        store, 7, on(2, place_id="g:1"), on(3, place_id="g:1"), on(1, place_id="g:2", place_name="Old Harrow")
    )
    run_id = make_night(
        store,
        0,
        on(9, place_id="g:1", place_radius_km=12.0, **lose(1, 2, 3)),
        on(9, place_id="g:3", place_name="Kesh", admin1="Kesh", place_radius_km=4.0),
        on(9, latitude=None, longitude=None, place_name=None, place_text=None, country=None),
        on(9, place_id="g:4", place_name="Colombia", place_precision="country", place_radius_km=900.0),
    )
    figures = read(store, run_id)
    assert [(spot.name, spot.change, spot.radius_km) for spot in figures.spots] == [
        ("Kesh, COL", Change(1, 0.0), 4.0),
        ("Port Alder, COL", Change(1, 2.0), 12.0),
        ("Old Harrow, COL", Change(0, 1.0), 0.0),
    ]
    assert figures.spots[1].killed == Span(1, 2, 3)
    assert (figures.placeless, figures.wide) == (1, 1)


def test_who_is_new_is_known_by_all_that_was_ever_read(store: Store) -> None:
    party = {"text": "x", "name": "Seventh Dawn", "id": "seventh-dawn", "kind": "militia", "named": True}
    bomb = {"text": "x", "name": "pipe bomb", "id": "pipe-bomb", "category": "ied"}
    first = make_night(
        store, 40, on(2), {"status": "denied", "date_start": None, "date_end": None, "weapons": (bomb,)}
    )
    assert read(store, first).newcomers == ()  # nobody is new where nothing is known
    run_id = make_night(store, 0, on(9, actors=(party, party)), on(9, weapons=(bomb,)))
    figures = read(store, run_id)
    assert [(m.kind, m.key, m.rows) for m in figures.newcomers] == [
        ("actor", "seventh-dawn", (RowId(run_id, "00-00"),))
    ]
    assert {m.key for m in figures.movers if m.new} == {"seventh-dawn"}


def test_articles_are_counted_by_language_and_by_whether_they_told_an_event(store: Store) -> None:
    make_night(store, 1, on(8), silent=4)
    run_id = make_night(store, 0, on(9), on(9), silent=3, foreign=2)
    assert read(store, run_id).tongues == (Tongue("en", 5, 2), Tongue("uk", 2, 0))


def test_old_pages_are_drawn_by_week_or_by_four(store: Store) -> None:
    run_id = make_night(
        store, 0, *(on(9, month=month) for month in (1, 2, 3)), *(on(day, month=2) for day in range(2, 8))
    )
    assert read(store, run_id).scale.unit == "day"
    run_id = make_night(store, 1, on(9, month=1), on(4, month=3), on(8, month=1))
    assert read(store, run_id).scale.unit == "week"
    years = [
        {"date_start": date(year, 3, 9), "date_end": date(year, 3, 9)} for year in (2022, 2023, 2023, 2024)
    ]
    old = make_night(store, 2, *years)
    assert read(store, old).scale.unit == "four weeks"
