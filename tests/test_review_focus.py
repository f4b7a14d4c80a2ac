"""Who reads by keys stays where they are: the focus outlives a redraw, and the table decides the row that is seen."""

from pathlib import Path

from playwright.sync_api import expect

from review.page import Material
from tests.browser import Look
from tests.review_pages import press, states, text

FOCUSED = """() => {
  const at = document.activeElement;
  return (at.dataset.focus || at.getAttribute("aria-label") || at.textContent || "").trim();
}"""


def focused(seen: Look) -> str:
    """What has the focus: its name for the page, for a screen reader, or its text; the tag where it is the body."""
    inside = seen.page.evaluate("document.activeElement !== document.body")
    return str(seen.page.evaluate(FOCUSED)) if inside else "BODY"


def tab_to(seen: Look, wanted: str) -> None:
    """Goes there by Tab alone."""
    for _ in range(400):
        if focused(seen) == wanted:
            return
        seen.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {wanted}")


def test_a_decision_by_enter_leads_to_the_next_card(seen: Look) -> None:
    press(seen, "J")
    tab_to(seen, "accept")
    for number in (1, 2):
        press(seen, "Enter")
        expect(seen.page.locator("#log time")).to_have_count(number)
        assert focused(seen) == "accept"
        assert seen.page.locator(".card.open [data-focus=accept]:focus").count() == 1
    press(seen, "Tab")
    assert focused(seen) == "reject"
    press(seen, "Enter")
    expect(seen.page.locator("#log time")).to_have_count(3)
    assert focused(seen) == "reject"


def test_chips_groups_and_cards_keep_the_focus(seen: Look) -> None:
    group = seen.page.locator("#groups .group").nth(2)
    name = str(group.get_attribute("data-focus"))
    tab_to(seen, name)
    press(seen, "Enter")
    assert seen.page.locator("#groups .group[aria-current]").get_attribute("data-focus") == name
    assert focused(seen) == name
    kind = seen.page.locator(".chips .kind").first
    label = kind.inner_text().strip()
    tab_to(seen, label)
    press(seen, "Enter")
    assert kind.get_attribute("aria-pressed") == "false"
    assert focused(seen) == label
    press(seen, "Enter")
    assert kind.get_attribute("aria-pressed") == "true"


def test_another_card_is_opened_by_keys(seen: Look) -> None:
    code = seen.page.locator(".card:not(.open) button.code").first
    label = str(code.get_attribute("aria-label"))
    tab_to(seen, label)
    press(seen, "Enter")
    assert seen.page.locator(".card.open button.code").get_attribute("aria-label") == label
    assert focused(seen) == label


def test_a_dialog_gives_the_focus_back(seen: Look) -> None:
    press(seen, "J")
    tab_to(seen, "accept all")
    press(seen, "Enter", "Escape")
    assert focused(seen) == "accept all"
    press(seen, "Enter", "Enter")
    expect(seen.page.locator("#live")).to_contain_text("accepted")
    assert focused(seen) != "BODY"
    assert seen.page.locator("#events :focus").count() == 1


def test_the_table_of_days_stays_open(seen: Look) -> None:
    tab_to(seen, "Show as table")
    press(seen, "Enter")
    assert seen.page.locator("#around details[open]").count() == 1
    press(seen, "j", "J")
    assert seen.page.locator("#around details[open]").count() == 1
    assert focused(seen) == "Show as table"


def row(seen: Look) -> int:
    found = seen.page.locator("#table tbody tr[aria-current=true]")
    expect(found).to_have_count(1)
    return int(found.get_attribute("data-change") or -1)


def test_the_table_decides_the_row_that_has_the_focus(seen: Look, review: Material, tmp_path: Path) -> None:
    press(seen, "g", "t")
    first = row(seen)
    assert focused(seen) == f"row {first}"
    press(seen, "j", "j")
    chosen = row(seen)
    assert focused(seen) == f"row {chosen}"
    press(seen, "r")
    expect(seen.page.locator("#live")).to_have_text("1 change rejected")
    assert row(seen) != chosen
    assert focused(seen) == f"row {row(seen)}"
    press(seen, "k")
    assert row(seen) == chosen
    press(seen, "Tab", "Tab", "Shift+Tab", "a")
    found = states(seen, tmp_path / "d.jsonl", review)
    decided = {name: state for name, state in found.items() if state != "open"}
    assert decided == {review.changes[chosen].id: "reject", review.changes[row_before(seen)].id: "accept"}


def row_before(seen: Look) -> int:
    press(seen, "k")
    return row(seen)


def test_the_table_decides_nothing_that_is_not_seen(seen: Look, review: Material, tmp_path: Path) -> None:
    press(seen, "g", "t")
    for key in ("A", "R", "f", "e", "c", "J", "1"):
        press(seen, key)
        assert "Not in the table" in text(seen, "#live")
        assert not seen.page.locator("#dialog").is_visible()
    address = seen.page.url
    seen.page.goto("about:blank")
    seen.page.goto(address)  # no row has the focus then
    seen.page.wait_for_selector("body[data-ready=yes]")
    press(seen, "a")
    assert "No row is chosen" in text(seen, "#live")
    assert set(states(seen, tmp_path / "d.jsonl", review).values()) == {"open"}


def test_the_table_leads_to_a_card_and_back(seen: Look) -> None:
    press(seen, "g", "t", "j", "Enter")
    assert focused(seen) == "accept"
    seen.page.get_by_role("button", name="Table").click()
    press(seen, "j")
    tab_to(seen, "Backg t")
    press(seen, "Enter")
    assert focused(seen) == "accept"
