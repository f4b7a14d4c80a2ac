"""Around the article: its events on the small map, and events per day, each where and as high as it should be."""

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from models.event import EventRow
from review.day_counts import DayCounts
from review.geography.outlines import read_world
from review.page import Material, make_data, render_page
from review.story_maps import MARGIN, RATIO, REACHES, WIDTH, Atlas
from tests.browser import Look, look
from tests.changed import make
from tests.review_pages import follow, ready, text
from tests.reviewed import make_material, make_page

ALDER, FERRY, BRIDGE = (3.5, -76.25), (4.5, -76.25), (3.5, -74.25)
RADIUS = 6371.0088  # km of the earth


def lie(
    number: int, place: str, point: tuple[float, float] | None, radius: float = 0, **told: Any
) -> EventRow:
    """A row that lies there."""
    lat, lon = point or (None, None)
    return make(
        number,
        place_text=place,
        place_name=place,
        latitude=lat,
        longitude=lon,
        place_radius_km=radius,
        **told,
    )


def measure(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points, by the haversine."""
    (lat, lon), (lat2, lon2) = (map(math.radians, point) for point in (one, other))
    part = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(part))


BEFORE = [
    lie(0, "Port Alder", ALDER),
    lie(1, "Mill Ferry", FERRY, 40),
    lie(2, "Old Town", ALDER),
    lie(3, "nowhere", None),
]
AFTER = [lie(0, "Port Alder", ALDER), lie(1, "Long Bridge", BRIDGE, 40), lie(3, "nowhere", None)]


def place() -> dict[tuple[str, str], tuple[float, float, float, str]]:
    """(event, side) -> x, y, radius, name."""
    drawn = Atlas(read_world()).place(BEFORE, AFTER)
    assert drawn
    return {(event, side): (x, y, radius, name) for event, x, y, radius, name, side in drawn["spots"]}


def test_every_event_has_its_place_and_one_that_moved_has_two() -> None:
    names = {key: spot[3] for key, spot in place().items()}
    first, moved, gone = (row.event_id for row in BEFORE[:3])
    assert names == {
        (first, "both"): "Port Alder",
        (moved, "after"): "Long Bridge",
        (moved, "before"): "Mill Ferry",
        (gone, "before"): "Old Town",
    }


def test_points_lie_as_far_apart_as_the_places_and_north_is_up() -> None:
    spots, (first, moved) = place(), (row.event_id for row in BEFORE[:2])
    alder, ferry, bridge = (spots[key] for key in ((first, "both"), (moved, "before"), (moved, "after")))
    scale = WIDTH / REACHES[0]
    assert 2 * MARGIN * measure(FERRY, BRIDGE) < REACHES[0] * RATIO  # the smallest region holds them
    for (one, here), (other, there) in (((alder, ALDER), (ferry, FERRY)), ((alder, ALDER), (bridge, BRIDGE))):
        pixels = math.hypot(one[0] - other[0], one[1] - other[1])
        assert pixels == pytest.approx(measure(here, there) * scale, rel=0.01)
    assert ferry[1] < alder[1] - 30  # a degree to the north
    assert abs(ferry[0] - alder[0]) < 2
    assert bridge[0] > alder[0] + 60  # two degrees to the east
    assert abs(bridge[1] - alder[1]) < 2
    assert [spot[2] for spot in (alder, ferry, bridge)] == [0, *(pytest.approx(40 * scale, abs=0.1),) * 2]


def test_an_article_without_a_point_has_no_map() -> None:
    assert Atlas(read_world()).place([lie(0, "x", None)], [lie(0, "x", None)]) is None


def happen(number: int, *days: date | None, **told: Any) -> EventRow:
    """A row of those days."""
    return make(number, date_start=days[0], date_end=days[-1], **told)


def test_bars_count_the_events_of_a_day_on_either_side() -> None:
    days, (first, second) = DayCounts(), (date(2024, 3, 4), date(2024, 3, 6))
    days.add(
        [happen(0, first), happen(1, first), happen(2, second)],
        [happen(0, first), happen(1, second), happen(2, second), happen(3, first, is_aggregate=True)],
    )
    days.add([], [happen(0, second), happen(1, first, second), happen(2, None)])
    assert days.list_bars() == [("4 Mar 2024", 2, 1), ("5 Mar 2024", 0, 0), ("6 Mar 2024", 1, 3)]
    days.add([happen(0, date(2024, 4, 4))], [])
    assert days.list_bars() == [("2024-03", 3, 4), ("2024-04", 1, 0)]
    assert DayCounts().list_bars() == []


@pytest.fixture(scope="module")
def moved() -> Material:
    """An article whose first event moved and whose second one is of another day, and one on which a row is new."""
    pages = []
    for index, day in enumerate((4, 6)):
        article, rows = make_page(index)
        rows = [
            row.model_copy(update=dict.fromkeys(("date_start", "date_end"), date(2024, 3, day)))
            for row in rows
        ]
        where = [ALDER, FERRY, BRIDGE, None][: len(rows)]
        rows = [
            row.model_copy(
                update={"latitude": at and at[0], "longitude": at and at[1], "place_name": f"Place {n}"}
            )
            for n, (row, at) in enumerate(zip(rows, where, strict=True))
        ]
        after = list(rows)
        if index == 0:
            after[0] = rows[0].model_copy(update={"latitude": 4.0, "place_name": "Far Alder"})
            after[1] = rows[1].model_copy(update=dict.fromkeys(("date_start", "date_end"), date(2024, 3, 5)))
        pages.append((article, rows if index == 0 else rows[1:], after))
    return make_material(pages)


@pytest.fixture
def shown(browser: Browser, moved: Material, tmp_path: Path) -> Iterator[Look]:
    path = tmp_path / "review.html"
    path.write_text(render_page(moved), encoding="utf-8")
    with look(browser, path, width=1600, height=1000) as seen:
        ready(seen)
        follow(seen, f"article={make_data(moved)['articles'][0]['id']}")
        yield seen
        assert seen.complaints == []


def test_the_map_draws_each_event_at_its_point(shown: Look, moved: Material) -> None:
    spots = make_data(moved)["articles"][0]["map"]["spots"]
    drawn = shown.page.eval_on_selector_all(
        ".map .dot", "all => all.map(one => [one.getAttribute('cx'), one.getAttribute('cy')].map(Number))"
    )
    assert sorted(drawn) == sorted([x, y] for _, x, y, _, _, side in spots if side != "before")
    (old,) = [spot for spot in spots if spot[5] == "before"]
    assert (
        shown.page.locator(".map .cross").get_attribute("d")
        == f"M{old[1] - 4:g} {old[2] - 4:g}l8 8m-8 0l8 -8"
    )
    line = {
        name: float(shown.page.locator(".map .lead").get_attribute(name) or 0)
        for name in ("x1", "y1", "x2", "y2")
    }
    (new,) = [spot for spot in spots if spot[5] == "after"]
    assert line == {"x1": old[1], "y1": old[2], "x2": new[1], "y2": new[2]}
    label = shown.page.locator(".map").get_attribute("aria-label") or ""
    assert sorted(label.removeprefix("Map: ").split("; ")) == [
        "Far Alder",
        "Place 1",
        "Place 2",
        "before Place 0",
    ]
    named = shown.page.locator(".map .label").all_text_contents()
    assert "E1 Far Alder" in named
    assert "was Place 0" in named


def test_bars_are_as_high_as_their_numbers(shown: Look, moved: Material) -> None:
    bars = make_data(moved)["days"]
    assert bars == [("4 Mar 2024", 4, 3), ("5 Mar 2024", 0, 1), ("6 Mar 2024", 3, 4)]
    read = (
        "all => all.map(one => ['x', 'y', 'height', 'y1', 'x1'].map(name => Number(one.getAttribute(name))))"
    )
    rects = shown.page.eval_on_selector_all(".days .day", read)
    lines = shown.page.eval_on_selector_all(".days .past", read)
    for (_, before, after), rect, line, at in zip(bars, rects, lines, range(3), strict=True):
        assert rect[2] == pytest.approx(46 * after / 4)
        assert rect[1] + rect[2] == pytest.approx(48)
        assert line[3] == pytest.approx(48 - 46 * before / 4)
        assert (rect[0], line[4]) == (pytest.approx(100 * at + 0.8), pytest.approx(100 * at))
    shown.page.get_by_text("Show as table").click()
    table = shown.page.locator("#days tbody tr").all_inner_texts()
    assert [tuple(row.split("\t")) for row in table] == [(name, str(a), str(b)) for name, a, b in bars]
    assert "day" in text(shown, "#days h2")


def test_a_click_on_a_point_or_on_words_opens_the_card(shown: Look, moved: Material) -> None:
    article = make_data(moved)["articles"][0]
    for number in (2, 1):
        event = article["events"][number]["id"]
        (at,) = [
            n
            for n, spot in enumerate(s for s in article["map"]["spots"] if s[5] != "before")
            if spot[0] == event
        ]
        shown.page.locator(".map .dot").nth(at).click()
        expect(shown.page.locator(".card.open")).to_have_id(f"e-{event}")
    shown.page.locator(".map .cross").click()
    expect(shown.page.locator(".card.open")).to_have_id(f"e-{article['events'][0]['id']}")
    shown.page.locator(".map .dot").nth(2).click()
    expect(shown.page.locator(".card.open")).not_to_have_id(f"e-{article['events'][0]['id']}")
    words = shown.page.locator("mark", has_text="traders").first
    span = words.get_attribute("data-span") or ""
    words.click()
    expect(shown.page.locator(".card.open")).to_have_id(f"e-{article['events'][0]['id']}")
    expect(shown.page.locator("mark.ringed")).to_have_attribute("data-span", span)
