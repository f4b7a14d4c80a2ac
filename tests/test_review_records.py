"""Records on the review page: who makes them, whose are taken back, and what a file brings that is none."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from review.decisions import read_decisions
from review.page import Material
from tests.browser import Look, look
from tests.review_pages import press, ready, states, text

KEPT = "JSON.parse(localStorage.getItem('dateline:settings') ?? '{}').who ?? ''"


def load(seen: Look, path: Path) -> str:
    """What the dialog of keys says of the file."""
    press(seen, "?")
    seen.page.get_by_label("Load decisions").set_input_files(path)
    expect(seen.page.locator("#loaded")).to_contain_text("loaded")
    told = text(seen, "#loaded")
    assert text(seen, "#live") == told
    press(seen, "Escape")
    return told


def make_records(
    browser: Browser, page: Path, review: Material, path: Path, who: str, *keys: str
) -> list[Any]:
    """The records of somebody who pressed these keys, as lines of the file."""
    with look(browser, page) as seen:
        ready(seen, who)
        press(seen, *keys)
        states(seen, path, review)
    return path.read_text(encoding="utf-8").splitlines()


def test_a_page_from_disk_asks_once_who_decides(
    browser: Browser, page: Path, review: Material, tmp_path: Path
) -> None:
    with look(browser, page, width=1600) as seen:
        ready(seen, who="")
        assert text(seen, "#reviewer") == "no name yet"
        press(seen, "a")
        assert "Who decides?" in text(seen, "#dialog")
        assert seen.check() == []
        press(seen, "Escape")
        assert text(seen, "#live") == "Nothing is decided without a name"
        assert "none yet" in text(seen, "#log")
        press(seen, "a")
        seen.page.keyboard.type(" lena ü ")
        press(seen, "Enter")
        expect(seen.page.locator("#live")).to_contain_text("accepted")
        assert text(seen, "#reviewer") == "as lena ü"
        press(seen, "r")
        assert not seen.page.locator("#dialog").is_visible()
        states(seen, tmp_path / "d.jsonl", review)
        seen.page.reload()
        seen.page.wait_for_selector("body[data-ready=yes]")
        press(seen, "s")
        assert "skipped" in text(seen, "#live")
    assert {decision.who for decision in read_decisions(tmp_path / "d.jsonl")} == {"lena ü"}


def test_one_may_go_on_without_a_name(seen: Look, review: Material, tmp_path: Path) -> None:
    seen.page.evaluate("localStorage.clear()")
    press(seen, "A", "Enter")
    seen.page.get_by_role("button", name="Go on without a name").click()
    expect(seen.page.locator("#live")).to_contain_text("accepted")
    press(seen, "r", "u")
    assert text(seen, "#live").startswith("Undone: reject")
    assert text(seen, "#reviewer") == "no name yet"
    assert seen.page.evaluate(KEPT) == ""
    states(seen, tmp_path / "d.jsonl", review)
    decisions = read_decisions(tmp_path / "d.jsonl")
    assert [(d.verdict, d.who) for d in decisions] == [(v, "reviewer") for v in ("accept", "reject", "undo")]


def test_only_what_was_typed_is_kept(seen: Look) -> None:
    seen.page.evaluate("localStorage.clear()")
    press(seen, "?", "Enter")  # on the button that closes
    assert not seen.page.locator("#dialog").is_visible()
    assert seen.page.evaluate(KEPT) == ""
    press(seen, "?")
    seen.page.get_by_label("Your name").fill("lena")
    press(seen, "Escape")
    assert seen.page.evaluate(KEPT) == "lena"
    assert text(seen, "#reviewer") == "as lena"
    seen.page.locator("#reviewer").click()
    seen.page.get_by_label("Your name").fill("ada")
    seen.page.get_by_role("button", name="Keep").click()
    assert text(seen, "#reviewer") == "as ada"
    seen.page.get_by_role("button", name="Light or dark").click()
    assert seen.page.evaluate(KEPT) == "ada"


def test_an_undo_takes_back_only_ones_own(
    browser: Browser, page: Path, review: Material, tmp_path: Path
) -> None:
    make_records(browser, page, review, tmp_path / "ada.jsonl", "ada", "J", "r")
    with look(browser, page) as seen:
        ready(seen, "lena")
        assert load(seen, tmp_path / "ada.jsonl") == "1 record loaded"
        press(seen, "u")
        assert text(seen, "#live") == "Nothing of yours to undo; the last decision is of ada"
        press(seen, "K", "s", "u")
        assert text(seen, "#live").startswith("Undone: skip")
        press(seen, "u")
        assert "Nothing of yours" in text(seen, "#live")
        assert "reject" in states(seen, tmp_path / "d.jsonl", review).values()


def test_a_saved_file_is_loaded_elsewhere_without_what_was_forged(
    browser: Browser, page: Path, review: Material, tmp_path: Path
) -> None:
    lines = make_records(browser, page, review, tmp_path / "d.jsonl", "mk", "a", "r")
    forged = [*lines, *(line.replace("accept", "reject") for line in lines)]
    (tmp_path / "forged.jsonl").write_text("\n".join(forged), encoding="utf-8")
    with look(browser, page) as seen:
        ready(seen)
        told = load(seen, tmp_path / "forged.jsonl")
        assert told == "2 records loaded; line 3 is no sound decision and is left out"
        found = list(states(seen, tmp_path / "e.jsonl", review).values())
        assert (found.count("accept") > 0, found.count("reject") > 0) == (True, True)


@pytest.mark.parametrize(
    "broken",
    [
        "no json",
        "{",
        "null",
        "42",
        "[]",
        "{}",
        '{"decision_id": "0000000000000000"}',
        "covers",
        "verdict",
        "undoes",
        "at",
        "who",
    ],
)
def test_a_broken_line_is_told_and_takes_no_other_with_it(
    browser: Browser, page: Path, review: Material, tmp_path: Path, broken: str
) -> None:
    lines = make_records(browser, page, review, tmp_path / "d.jsonl", "mk", "a")
    record = json.loads(lines[0])
    if broken in record:
        broken = json.dumps(record | {broken: {"covers": [None], "at": "yesterday"}.get(broken, 7)})
    (tmp_path / "broken.jsonl").write_text("\n".join([broken, "", *lines]), encoding="utf-8")
    with look(browser, page) as seen:
        ready(seen)
        told = load(seen, tmp_path / "broken.jsonl")
        assert told == "1 record loaded; line 1 is no sound decision and is left out"
        (tmp_path / "broken.jsonl").write_text("x\n" * 9)
        told = load(seen, tmp_path / "broken.jsonl")
        assert told.startswith("0 records loaded; lines 1, 2, 3, 4, 5 and 4 more are no sound decisions")
        assert "accept" in states(seen, tmp_path / "e.jsonl", review).values()
        assert seen.complaints == []


def test_what_the_browser_kept_and_is_broken_does_no_harm(seen: Look) -> None:
    key = seen.page.evaluate("Object.keys(localStorage).find(key => key !== 'dateline:settings')")
    assert key is None  # nothing is kept before something is decided
    press(seen, "J", "a")
    key = seen.page.evaluate("Object.keys(localStorage).find(key => key !== 'dateline:settings')")
    seen.page.evaluate(
        "key => localStorage.setItem(key, localStorage.getItem(key) + '\\n{\"covers\": 7}\\nnull')", key
    )
    seen.page.reload()
    ready(seen)
    assert "2 cannot be read" in text(seen, "#warnings")
    assert "accepted" in text(seen, "#log")
