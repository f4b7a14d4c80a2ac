"""Every button of the page, both ways of opening it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.review_opened import Opened, card, click, go_to, said
from tests.review_pages import press, ready, text


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
    """What these tests press is all there is; what is new fails here until one presses it."""
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
