"""The page refuses an edit that makes no row, with words; what it keeps, the rows can say."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from models.errors import ReviewError
from models.event import EventRow
from review.fields import FIELDS
from review.holding import edit_field
from review.page import Material, render_page
from tests.browser import Look, look
from tests.changed import CHANGES, PARTY
from tests.review_pages import follow, press, ready, text
from tests.reviewed import PARTS, make_material, make_page

PLACE = {"text": "Mill Ferry", "name": "Mill Ferry"}
LOSS = {"killed_low": 1, "killed_best": None, "killed_high": 3}
TRIED: dict[str, tuple[Any, ...]] = {  # field -> values; Python says which of them make a row
    "event_type": ("execution", "nonsense", None, 3, {"event_type": "execution"}),
    "status": ("denied", "Denied", ""),
    "is_aggregate": (True, None, "maybe"),
    "part_of": ("aaaa0000aaaa0000", None, 5),
    "attacks": ({"attacks_low": 1}, {"attacks_low": -1}, {"attacks_low": 1.5}, {"killed_low": 1}, [1], 4),
    "actors": ([PARTY], [], [PARTY | {"kind": "army"}], [{"name": "x"}], [PARTY | {"odd": 1}], [None], PARTY),
    "attribution": ("unknown", "guessed", None),
    "claimed_by": (["the Front"], "the Front", [1]),
    "civilian_targeting": (None, False, "often"),
    "weapons": (
        [],
        [{"text": "rifle", "name": "rifle", "category": "small_arms"}],
        [{"text": "rifle", "name": "r"}],
    ),
    "place": (
        *(
            {"latitude": 91.0},
            {"latitude": -90, "longitude": 180},
            {"longitude": "east"},
            {"country": "Iraq"},
        ),
        *(
            {"country": "IRQ"},
            {"place_precision": "exact"},
            {"place_precision": "roughly"},
            {"place_radius_km": -1},
            None,
        ),
    ),
    "other_places": ([PLACE], [PLACE | {"latitude": 100}], [PLACE | {"country": "irq"}]),
    "date": (
        {"date_start": "2024-02-29"},
        {"date_start": "2023-02-29"},
        {"date_start": "soon"},
        {"date_start": None},
    ),
    "killed": (
        LOSS,
        LOSS | {"killed_low": "3 people"},
        LOSS | {"counts": []},
        LOSS | {"killed_high": -3},
        {"injured_low": 1},
    ),
    "confidence": (0.5, 1, 1.5, -0.1, "sure"),
}


@pytest.fixture(scope="module")
def fields() -> Material:
    """A page for each field, on which only that one changed."""
    pages = []
    for index, name in enumerate([*TRIED, "detained"]):
        article, rows = make_page(index)
        after = EventRow.model_validate(rows[0].model_dump() | PARTS | CHANGES[name])
        pages.append((article, rows[:1], [after]))
    return make_material(pages)


@pytest.fixture
def opened(browser: Browser, fields: Material, tmp_path: Path) -> Iterator[Look]:
    path = tmp_path / "review.html"
    path.write_text(render_page(fields), encoding="utf-8")
    with look(browser, path, width=1600) as seen:
        ready(seen)
        yield seen
        assert seen.complaints == []


def go_to(seen: Look, material: Material, field: str) -> EventRow:
    """Opens the card of that field's change, and picks the field; its row."""
    found = (
        (n, one) for n, one in enumerate(material.changes) if (one.operation, one.field) == ("changed", field)
    )
    number, change = next(found)
    follow(seen, f"change={change.id}")
    for _ in range(9):
        press(seen, "f")
        if seen.page.locator(f".field.picked[data-change='{number}']").count():
            break
    return next(
        row for story in material.stories for row in story.after if (row.event_id,) == change.after_ids
    )


def makes_row(row: EventRow, field: str, value: Any) -> bool:
    try:
        edit_field(row, field, json.dumps(value), "edit:trial")
    except ReviewError:
        return False
    return True


def test_the_page_keeps_what_makes_a_row_and_refuses_the_rest(opened: Look, fields: Material) -> None:
    seen, wrong = opened, []
    for field, values in TRIED.items():
        row = go_to(seen, fields, field)
        wanted = [makes_row(row, field, value) for value in values]
        assert set(wanted) == {True, False}, field  # both are tried
        for value, sound in zip(values, wanted, strict=True):
            press(seen, "Enter")
            seen.page.get_by_label("Value as JSON").fill(json.dumps(value))
            seen.page.get_by_label("Reason").fill("the later report")
            seen.page.get_by_role("button", name="Keep").click()
            kept = not seen.page.locator("#dialog").is_visible()
            told = "" if kept else text(seen, "#dialog .warning")
            if kept != sound or (not kept and not told):
                wrong.append((field, value, kept, told))
            press(seen, "Escape")
    assert wrong == []


def test_the_words_name_the_column_and_what_it_may_say(opened: Look, fields: Material) -> None:
    for field, value, told in (
        ("event_type", '"nonsense"', "type: one of air_strike, missile_or_rocket_attack"),
        ("killed", '{"killed_low": -1}', "killed_low: 0 or more is needed"),
        ("actors", '[{"name": "x"}]', "actors[1].text: it is missing"),
        ("date", '{"date_start": "2023-02-30"}', "date_start: a day like 2024-03-31 is needed"),
        ("place", '{"lat": 3}', "lat: there is no such column; there are place_text"),
    ):
        go_to(opened, fields, field)
        press(opened, "Enter")
        opened.page.get_by_label("Value as JSON").fill(value)
        opened.page.get_by_label("Reason").fill("x")
        opened.page.get_by_role("button", name="Keep").click()
        assert text(opened, "#dialog .warning").startswith(told)
        press(opened, "Escape")
        assert "none yet" in text(opened, "#log")


def test_what_has_no_column_is_not_edited(
    browser: Browser, fields: Material, opened: Look, tmp_path: Path
) -> None:
    assert FIELDS["detained"].columns == ()
    change = next(one for one in fields.changes if one.field == "detained")
    follow(opened, f"change={change.id}")
    press(opened, "f", "Enter")
    assert text(opened, "#live") == "detained has no column that can be edited"
    path = tmp_path / "golden.html"
    goldens = Material(fields.diff, fields.changes, fields.stories, fields.policy, editable=False)
    path.write_text(render_page(goldens), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        press(seen, "f", "Enter")
        assert "Golden files are not edited here" in text(seen, "#live")
