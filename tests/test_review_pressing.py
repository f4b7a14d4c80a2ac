"""Every key of the page and what it does to groups, samples, comments and edits, both ways of opening it."""

import pytest

from tests.review_opened import Opened, card, click, go_to, said
from tests.review_pages import press, text

KEYS = ("accepted", "rejected", "skipped", "flagged")


def test_keys_decide_and_undo(opened: Opened) -> None:
    for key, word in zip("arsx", KEYS, strict=True):
        press(opened.seen, key)
        said(opened, word)
    assert opened.verdicts == ["accept", "reject", "skip", "flag"]
    press(opened.seen, "u")
    said(opened, "Undone: flag")
    click(opened, "Undo", ".tools")
    said(opened, "Undone: skip")
    assert opened.verdicts[4:] == ["undo", "undo"]


def test_keys_move(opened: Opened) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    first = card(opened)
    press(seen, "j")
    assert card(opened) != first
    press(seen, "k")
    assert card(opened) == first
    group = text(seen, "#groups [aria-current]")
    press(seen, "J")
    assert text(seen, "#groups [aria-current]") != group
    press(seen, "K")
    assert text(seen, "#groups [aria-current]") == group
    for _ in range(9):
        press(seen, "K")
    said(opened, "The first group")


def test_keys_show(opened: Opened) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    press(seen, "f")
    assert seen.page.locator(".field.picked").count() == 1
    press(seen, "e")
    assert seen.page.locator("mark.ringed").count() == 1
    for key, words in (("1", "Before only"), ("2", "After only"), ("3", "Before and after")):
        press(seen, key)
        said(opened, words)
    for key, words in (("c", "Comment"), ("?", "Keys"), ("Enter", "Edit killed")):
        press(seen, key)
        assert text(seen, "#dialog-title") == words
        press(seen, "Escape")
        assert not seen.page.locator("#dialog").is_visible()
    press(seen, "/")
    assert seen.page.get_by_label("Filter").evaluate("one => one === document.activeElement")
    seen.page.keyboard.type("field:killed")
    press(seen, "Enter")
    said(opened, "3 changes left by the filter")


def test_g_m_brings_the_map(opened: Opened) -> None:
    opened.seen.page.set_viewport_size({"width": 1600, "height": 420})
    place = "document.querySelector('#where svg').getBoundingClientRect()"
    assert opened.seen.page.evaluate(
        f"{place}.bottom > document.querySelector('.left').getBoundingClientRect().bottom"
    )
    press(opened.seen, "g", "m")
    assert opened.seen.page.evaluate(f"{place}.top >= 0 && {place}.top < innerHeight - 100")


@pytest.mark.parametrize(
    ("key", "button", "verdict"), [("A", "Accept all 3⇧A", "accept"), ("R", "Reject all⇧R", "reject")]
)
def test_a_group_is_decided_or_left(opened: Opened, key: str, button: str, verdict: str) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    press(seen, key)
    assert "3 of 3" in text(seen, "#dialog-title")
    click(opened, "Cancel", "#dialog")
    assert opened.decisions() == []
    press(seen, key, "Enter")
    said(opened, f"3 changes {verdict}ed")
    press(seen, "u")
    said(opened, "Undone")
    go_to(opened, "killed found")
    opened.seen.page.locator(".banner").get_by_role("button", name=button[:10]).click()
    seen.page.locator("#dialog .primary").click()
    said(opened, f"3 changes {verdict}ed")
    found = opened.decisions()
    assert [(one.verdict, one.scope, len(one.covers)) for one in found[::2]] == [(verdict, "group", 3)] * 2
    assert opened.states == {"open", verdict}


def test_the_sample_and_the_comment_and_the_edit_by_buttons(opened: Opened) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    click(opened, "See 10 at random")
    said(opened, "3 drawn at random")
    press(seen, "j", "j", "j")
    assert seen.page.locator("#dialog").is_visible()
    click(opened, "Close", "#dialog")
    seen.page.locator("#keys [data-run=c]").click()
    click(opened, "Cancel", "#dialog")
    seen.page.locator("#keys [data-run=c]").click()
    seen.page.get_by_role("textbox", name="Comment").fill("why")
    click(opened, "Keep", "#dialog")
    said(opened, "Comment kept")
    go_to(opened, "killed found")
    press(seen, "f", "Enter")
    assert text(seen, "#dialog-title") == "Edit killed"
    click(opened, "Cancel", "#dialog")
    assert opened.verdicts == ["comment"]
    go_to(opened, "killed found")
    press(seen, "f")
    press(seen, "Enter")
    seen.page.get_by_label("Value as JSON").fill('{"killed_low": 5, "killed_best": 5, "killed_high": 5}')
    seen.page.get_by_label("Reason").fill("the later report")
    click(opened, "Keep", "#dialog")
    said(opened, "Edited by hand")
    assert opened.verdicts == ["comment", "edit"]
