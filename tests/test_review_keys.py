"""The review page in a real browser: every key and button, the filter, the address, the table, a saved file."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from review.decisions import read_decisions
from review.page import Material
from tests.browser import Look, look
from tests.review_pages import press, ready, states, text


def test_keys_move_pick_cycle_and_show_sides(seen: Look) -> None:
    address = seen.page.url
    press(seen, "J")
    assert seen.page.url != address
    press(seen, "K")
    assert seen.page.url == address
    press(seen, "j", "k")
    assert seen.page.url == address
    press(seen, "J", "f")
    assert seen.page.locator(".field.picked").count() == 1
    press(seen, "e")
    assert seen.page.locator("mark.ringed").count() == 1
    press(seen, "1")
    assert seen.page.locator("mark.new").count() == 0
    press(seen, "2")
    assert seen.page.locator("mark.dropped").count() == 0
    press(seen, "3")
    assert text(seen, "#live") == "Before and after"


def test_one_field_alone_is_decided(seen: Look, review: Material, tmp_path: Path) -> None:
    event = next(
        e for e in {c.after_ids for c in review.changes} if sum(c.after_ids == e for c in review.changes) > 1
    )
    seen.page.evaluate(f"location.hash = 'event={event[0]}'")
    press(seen, "f", "a")
    found = [state for name, state in states(seen, tmp_path / "d.jsonl", review).items() if state != "open"]
    assert found == ["accept"]


def test_a_comment_and_an_edit_with_its_reason(seen: Look, review: Material, tmp_path: Path) -> None:
    seen.page.get_by_label("Filter").fill("field:killed")
    seen.page.get_by_label("Filter").press("Enter")
    press(seen, "Escape", "c")
    seen.page.get_by_role("textbox", name="Comment").fill('same group? "quotes" \\ ü 🚀 \u202e')
    seen.page.get_by_role("button", name="Keep").click()
    press(seen, "f", "Enter")
    seen.page.get_by_role("button", name="Keep").click()
    assert "Say why" in text(seen, "#dialog")
    seen.page.get_by_label("Reason").fill("the later report")
    seen.page.get_by_label("Value as JSON").fill("{")
    seen.page.get_by_role("button", name="Keep").click()
    assert "No JSON" in text(seen, "#dialog")
    seen.page.get_by_label("Value as JSON").fill('{"killed_low": 5, "killed_best": 5, "killed_high": null}')
    seen.page.get_by_role("button", name="Keep").click()
    assert "edit" in states(seen, tmp_path / "d.jsonl", review).values()
    comment, edit = read_decisions(tmp_path / "d.jsonl")
    assert comment.comment == 'same group? "quotes" \\ ü 🚀 \u202e'
    assert json.loads(edit.value or "")["killed_best"] == 5
    assert edit.comment == "the later report"


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("field:killed", 4, 4),
        ("op:removed", 1, 1),
        ("actor:gunmen field:actors", 1, 1),
        ("conf:<0.6", 1, 3),
        ("state:accepted", 0, 0),
        ("source:example.org op:added", 1, 1),
        ('"port alder" field:killed', 4, 4),
        ("nothing-like-this", 0, 0),
    ],
)
def test_the_filter_finds(seen: Look, words: str, least: int, most: int) -> None:
    press(seen, "/")
    seen.page.keyboard.type(words)
    press(seen, "Enter")
    left = int(text(seen, "#live").split()[0])
    assert least <= left <= most
    if not left:
        assert "Nothing matches" in text(seen, "#groups")


def test_the_address_brings_one_back(browser: Browser, page: Path, seen: Look) -> None:
    press(seen, "J", "J", "J")
    card = text(seen, ".card.open header .what")
    with look(browser, seen.page.url) as again:
        ready(again)
        assert text(again, ".card.open header .what") == card


def test_the_table_sorts_and_is_saved_without_formulas(seen: Look, tmp_path: Path) -> None:
    press(seen, "g", "t")
    assert seen.page.locator("#table tbody tr").count() > 5
    seen.page.get_by_role("button", name="field", exact=True).click()
    fields = seen.page.locator("#table tbody td:nth-child(2)").all_inner_texts()
    assert fields == sorted(fields)
    with seen.page.expect_download() as saved:
        seen.page.get_by_role("button", name="CSV").click()
    saved.value.save_as(tmp_path / "changes.csv")
    assert (tmp_path / "changes.csv").read_text().startswith('"group","field","event"')
    assert seen.check() == []
    press(seen, "g", "t")
    assert seen.page.locator("#panes").is_visible()


def test_buttons_do_what_keys_do(seen: Look, review: Material, tmp_path: Path) -> None:
    seen.page.locator("#keys [data-run=a]").click()
    seen.page.locator("#keys [data-run=r]").click()
    seen.page.get_by_role("button", name="Undo", exact=True).click()
    seen.page.locator(".card.open").get_by_role("button", name="Reject").click()
    found = list(states(seen, tmp_path / "d.jsonl", review).values())
    assert found.count("accept") >= 1
    assert found.count("reject") >= 1
    seen.page.get_by_role("button", name="Light or dark").click()
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_single_letter_keys_can_be_switched_off(seen: Look) -> None:
    press(seen, "?")
    seen.page.get_by_label("single-letter keys on").uncheck()
    seen.page.get_by_label("Your name").fill("lena")
    seen.page.get_by_role("button", name="Close").click()
    press(seen, "a")
    assert "none yet" in text(seen, "#log")
