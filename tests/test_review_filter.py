"""The filter of the review page by keys alone: what it finds, what it says, and how one leaves it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from review.page import Material, render_page
from tests.browser import Look, look
from tests.review_pages import count, find, press, ready, states, text
from tests.reviewed import make_material, make_page


def test_enter_applies_and_leaves_the_field(seen: Look, review: Material, tmp_path: Path) -> None:
    assert find(seen, "field:killed") == "4 changes left by the filter"
    assert seen.page.evaluate("document.activeElement.classList.contains('card')")
    press(seen, "j", "a")
    assert seen.page.get_by_label("Filter").input_value() == "field:killed"
    assert "1 change accepted" in text(seen, "#live")
    assert list(states(seen, tmp_path / "d.jsonl", review).values()).count("accept") == 1


def test_escape_leaves_the_filter_that_is_in_force(seen: Look) -> None:
    find(seen, "field:killed")
    press(seen, "/", "Escape", "/")
    seen.page.keyboard.type("something else")
    press(seen, "Escape")
    assert seen.page.get_by_label("Filter").input_value() == "field:killed"
    assert "q=field%3Akilled" in seen.page.url
    assert seen.page.locator("#groups .group").count() == 1
    press(seen, "/", "Delete", "Escape")
    assert seen.page.locator("#groups .group").count() > 5
    assert "q=" not in seen.page.url
    press(seen, "?")
    assert seen.page.locator("#dialog").is_visible()  # keys are keys again


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("country-code:COL", "no such key: country-code. Known are field, actor, place, country"),
        ("foo:bar", "no such key: foo"),
        ("feild:killed field:killed", "no such key: feild"),
        ("field:", "field: what?"),
        ("https://example.org/1", "words with a colon stand in quotes"),
        ("state:opne", "no such state: opne. Known are open, accepted"),
        ("op:gone", "no such operation: gone"),
        ("conf:low", "no confidence: low"),
        ("country:colombia", "Write its three letters"),
    ],
)
def test_what_cannot_be_meant_matches_nothing_and_says_why(seen: Look, words: str, told: str) -> None:
    assert told in find(seen, words)
    assert told in text(seen, "#groups")
    assert seen.page.locator("#groups .group").count() == 0
    assert seen.page.locator(".banner").count() == 0
    press(seen, "A")
    assert not seen.page.locator("#dialog").is_visible()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("state:open", 9),
        ('state:"not decided"', 9),
        ('op:"event removed"', 1),
        ("rule:casualties.toml", 4),
        ("weapon:shot field:killed", 4),
        ("weapon:rifle", 0),
        ("place:alder field:killed", 4),
        ("place:nowhere", 0),
        ("country:col field:killed", 4),
        ('"https://example.org"', 0),
    ],
)
def test_names_as_the_page_shows_them_are_found(seen: Look, words: str, number: int) -> None:
    assert count(seen, words) == number


def test_fields_have_the_names_of_the_page_and_of_the_tables(browser: Browser, tmp_path: Path) -> None:
    article, rows = make_page(0)
    changed = rows[0].model_copy(
        update={"event_type": "execution", "trigger": "shot dead", "is_aggregate": True}
    )
    path = tmp_path / "review.html"
    path.write_text(render_page(make_material([(article, rows[:1], [changed])])), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        for one, other in (("type", "event_type"), ("sentences", "told"), ('"is total"', "is_aggregate")):
            assert count(seen, f"field:{one}") == count(seen, f"field:{other}") == 1
        assert count(seen, "country:COL") == count(seen, "type:execution") == count(seen, "type:assault") == 3
        assert count(seen, "country:IRQ") == 0
