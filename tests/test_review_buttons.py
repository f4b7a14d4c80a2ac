"""Every key and every button of the page, both ways of opening it; and the app in the dark and under hostile rows."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from models.decision import Decision
from review.decisions import read_decisions, replay
from review.page import Material, render_page
from tests.browser import Look, look
from tests.review_desks import serving
from tests.review_pages import press, ready, text
from tests.reviewed import make_hostile_review, make_review


@dataclass(slots=True)
class Opened:
    """The page opened in one of the two ways, and what was decided there so far."""

    seen: Look
    material: Material
    decisions: Callable[[], list[Decision]]

    @property
    def verdicts(self) -> list[str]:
        return [decision.verdict for decision in self.decisions()]

    @property
    def states(self) -> set[str]:
        outcome = replay(self.material.changes, self.decisions(), self.material.policy.accepted)
        return {standing.state for standing in outcome.standings.values()}


def open_way(
    stack: ExitStack, browser: Browser, way: str, folder: Path, material: Material, scheme: str
) -> Opened:
    """The page from disk or from the app."""
    if way == "app":
        desk = stack.enter_context(serving(material, folder / "decisions.jsonl"))
        seen = stack.enter_context(look(browser, desk.address, width=1600, height=1000, scheme=scheme))  # type: ignore[arg-type]
        ready(seen)
        return Opened(seen, material, lambda: read_decisions(desk.decisions))
    path = folder / "review.html"
    path.write_text(render_page(material), encoding="utf-8")
    seen = stack.enter_context(look(browser, path, width=1600, height=1000, scheme=scheme))  # type: ignore[arg-type]
    ready(seen)
    return Opened(seen, material, lambda: save(seen, folder / "saved.jsonl"))


def save(seen: Look, path: Path) -> list[Decision]:
    with seen.page.expect_download() as saved:
        seen.page.get_by_role("button", name="Save decisions").click()
    saved.value.save_as(path)
    return read_decisions(path)


@pytest.fixture(params=["file", "app"])
def opened(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        opened = open_way(stack, browser, request.param, tmp_path, make_review(3), "light")
        yield opened
        assert opened.seen.complaints == []
        assert opened.seen.dialogs == []


def said(opened: Opened, words: str) -> None:
    expect(opened.seen.page.locator("#live")).to_contain_text(words)


def click(opened: Opened, name: str, within: str = "body") -> None:
    opened.seen.page.locator(within).get_by_role("button", name=name, exact=True).first.click()


def go_to(opened: Opened, group: str) -> None:
    opened.seen.page.locator("#groups .group", has_text=group).first.click()


def card(opened: Opened) -> str | None:
    return opened.seen.page.locator(".card.open").get_attribute("id")


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
    said(opened, "3 changes")
    press(seen, "u")
    said(opened, "Undone")
    go_to(opened, "killed found")
    opened.seen.page.locator(".banner").get_by_role("button", name=button[:10]).click()
    seen.page.locator("#dialog .primary").click()
    said(opened, "3 changes")
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


def test_chips_hide_their_kind(opened: Opened) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    for letter in "AWPDNE":
        shown = seen.page.locator(f"mark.mark-{letter}").count()
        chip = seen.page.locator(f".chips .mark-{letter}")
        chip.click()
        assert chip.get_attribute("aria-pressed") == "false"
        assert seen.page.locator(f"mark.mark-{letter}").count() == 0
        chip.click()
        assert seen.page.locator(f"mark.mark-{letter}").count() == shown
    assert seen.page.locator("mark.mark-N").count() > 0


def test_evidence_show_and_permalinks(opened: Opened) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    link = seen.page.locator(".card.open .evidence button").first
    start, end = (int(part) for part in link.inner_text().split()[1].split("–"))
    link.click()
    ringed = seen.page.locator("mark.ringed bdi")
    assert len(ringed.inner_text()) == end - start
    press(seen, "j", "j")
    show = seen.page.get_by_role("button", name="Show E2")
    show.click()
    expect(seen.page.locator(".card.open")).to_have_attribute("aria-label", "E2 armed assault")
    click(opened, "Open E1")
    expect(seen.page.locator(".card.open")).to_have_attribute("aria-label", "E1 armed assault")
    number = seen.page.get_by_label("sentence 3", exact=True)
    number.click()
    assert seen.page.url.partition("#")[2]
    seen.page.get_by_role("link", name="permalink").click()
    expect(seen.page).to_have_url(re.compile("event="))  # the address tells what is open then
    article = text(seen, "#headline")
    address = seen.page.url
    seen.page.reload()
    ready(seen)
    assert (text(seen, "#headline"), seen.page.url) == (article, address)


def test_header_and_table_buttons(opened: Opened, tmp_path: Path) -> None:
    seen = opened.seen
    click(opened, "Light or dark")
    assert seen.page.evaluate("document.documentElement.dataset.theme") == "dark"
    click(opened, "Keys and settings")
    assert seen.page.get_by_label("Your name").is_visible()
    click(opened, "Close", "#dialog")
    click(opened, "Table")
    rows = seen.page.locator("#table tbody tr").count()
    assert rows == len(opened.material.changes)
    for name in (
        "group",
        "field",
        "event",
        "before",
        "after",
        "why",
        "confidence",
        "killed",
        "article",
        "state",
    ):
        for order in ("ascending", "descending"):
            click(opened, name, "#table thead")
            shown = seen.page.locator(
                "#table thead th", has=seen.page.get_by_role("button", name=name, exact=True)
            )
            if name != "group":
                assert shown.get_attribute("aria-sort") == order
    with seen.page.expect_download() as saved:
        click(opened, "CSV of all shown")
    saved.value.save_as(tmp_path / "changes.csv")
    assert len((tmp_path / "changes.csv").read_text().splitlines()) == rows + 1
    click(opened, "Back")
    assert seen.page.locator("#panes").is_visible()
    press(seen, "g", "t")
    seen.page.locator("#table tbody tr button").nth(2).click()
    assert seen.page.locator("#panes").is_visible()


def test_card_and_foot_buttons(opened: Opened) -> None:
    seen = opened.seen
    go_to(opened, "killed found")
    click(opened, "Accept E1", ".card.open")
    said(opened, "accepted")
    go_to(opened, "killed found")
    seen.page.locator(".card.open").get_by_role("button", name="Reject").click()
    said(opened, "rejected")
    for key, words in (("a", "accepted"), ("r", "rejected"), ("s", "skipped"), ("u", "Undone: skip")):
        seen.page.locator(f"#keys [data-run={key}]").click()
        said(opened, words)
    assert opened.verdicts == ["accept", "reject", "accept", "reject", "skip", "undo"]
    go_to(opened, "killed found")
    first = card(opened)
    seen.page.locator("#keys [data-run=j]").click()
    expect(seen.page.locator(".card.open")).not_to_have_id(first or "")
    seen.page.locator("#keys [data-run=k]").click()
    expect(seen.page.locator(".card.open")).to_have_id(first or "")
    seen.page.locator("#keys [data-run=f]").click()
    expect(seen.page.locator(".field.picked")).to_have_count(1)
    seen.page.locator("#keys [data-run=e]").click()
    expect(seen.page.locator("mark.ringed")).to_have_count(1)
    for key, title in (("A", "Accept"), ("?", "Keys"), ("c", "Comment")):
        seen.page.locator(f"#keys [data-run='{key}']").click()
        assert text(seen, "#dialog-title").startswith(title)
        press(seen, "Escape")


def test_no_button_and_no_key_is_forgotten(opened: Opened) -> None:
    """What this file presses is all there is; what is new fails here until it is pressed above."""
    seen = opened.seen
    press(seen, "?")
    shown = seen.page.locator("#dialog dt").all_inner_texts()
    assert shown == [*"jkJKarsxfecuARC123/", "g t", "g m", "Enter", "?"]
    press(seen, "Escape")
    assert [one.get_attribute("data-run") for one in seen.page.locator("#keys button").all()] == [
        *"jkarscefAu?"
    ]
    name, *tools = seen.page.locator("#tools button").all_inner_texts()
    assert name == "no name yet"  # tests/test_review_records.py presses it
    assert tools == [
        "Undou",
        "Save decisions",
        "Table",
        "?",
        "◐",
    ]
    go_to(opened, "killed found")
    names = {name.rstrip("0123456789 ⇧AR") for name in seen.page.locator(".banner button").all_inner_texts()}
    assert names == {"ccept all".join(("A", "")), "Reject all", "See 10 at random"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_app_reads_well_in_either_light(browser: Browser, tmp_path: Path, scheme: str) -> None:
    with ExitStack() as stack:
        opened = open_way(stack, browser, "app", tmp_path, make_review(3), scheme)
        seen = opened.seen
        assert seen.check() == []
        press(seen, "a", "J", "f", "?")
        assert seen.check() == []
        press(seen, "Escape", "A")
        assert seen.check() == []
        press(seen, "Escape", "g", "t")
        assert seen.check() == []
        assert (
            seen.page.title()
            == f"Review {opened.material.diff.before.name} → {opened.material.diff.after.name}"
        )


def test_hostile_rows_do_nothing_in_the_app(browser: Browser, tmp_path: Path) -> None:
    with ExitStack() as stack:
        opened = open_way(stack, browser, "app", tmp_path, make_hostile_review(), "light")
        seen, origin = opened.seen, opened.seen.page.url.partition("/#")[0]
        for group in range(seen.page.locator("#groups .group").count()):
            seen.page.locator("#groups .group").nth(group).click()
            press(seen, "j", "e", "j", "j")
        press(seen, "a", "r", "g", "t")
        assert seen.page.title().startswith("Review 2026")
        asked = {url.partition("#")[0].removeprefix(origin) for url in seen.requests}
        assert asked == {"/", "/session", "/data", "/decisions"}
        assert (seen.complaints, seen.dialogs, len(set(seen.scripts))) == ([], [], 1)
        press(seen, "g", "t")
        assert seen.page.locator(".chip", has_text="U+202E").count() > 0
        assert seen.overflow <= 0
        assert len(opened.decisions()) == 2
