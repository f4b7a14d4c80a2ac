"""Decisions on many changes at once on the review page: on a group, on what a filter leaves, and what stays."""

from pathlib import Path

from playwright.sync_api import Browser

from review.decisions import read_decisions
from review.page import Material, render_page
from tests.browser import Look, look
from tests.review_pages import count, find, press, ready, states, text
from tests.reviewed import make_material, make_page, strip_loss


def test_a_decision_on_a_group_is_on_what_the_filter_leaves(browser: Browser, tmp_path: Path) -> None:
    pages = []
    for index in range(4):
        article, rows = make_page(index, title=f"Story {'one' if index else 'two'}")
        pages.append((article, [strip_loss(rows[0])], rows[:1]))
    review = make_material(pages)
    path = tmp_path / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        find(seen, '"story two"')
        assert "1 of 4 changes the same way" in text(seen, ".banner")
        assert seen.page.get_by_role("button", name="Accept all 1").is_visible()
        press(seen, "A")
        assert "Accept 1 of 1" in text(seen, "#dialog")
        assert "3 of the group are hidden by the filter and stay as they are" in text(seen, "#dialog")
        press(seen, "Enter")
        found = states(seen, tmp_path / "one.jsonl", review)
        assert sorted(found.values()) == ["accept", "open", "open", "open"]
        press(seen, "u", "/", "Delete", "Enter", "R")
        assert "Reject 4 of 4" in text(seen, "#dialog")
        assert "hidden" not in text(seen, "#dialog")


def test_all_that_the_filter_leaves_is_decided_but_for_the_doubtful_and_the_gone(
    seen: Look, review: Material, tmp_path: Path
) -> None:
    left = count(seen, "source:example.org")
    assert left == len(review.changes)
    banner = seen.page.locator(".banner.filtered")
    assert f"The filter leaves {left} changes in" in text(seen, ".banner.filtered")
    assert seen.check() == []
    banner.get_by_role("button", name=f"Accept {left} left by the filter").click()
    told = text(seen, "#dialog")
    assert "1 less sure than 0.6" in told
    assert "1 of events that would be gone" in told
    assert "All that the filter source:example.org leaves" in told
    seen.page.get_by_role("button", name="Cancel").click()
    assert states(seen, tmp_path / "none.jsonl", review).keys()
    assert read_decisions(tmp_path / "none.jsonl") == []
    banner.get_by_role("button", name="Reject them").click()
    press(seen, "Enter")
    found = states(seen, tmp_path / "d.jsonl", review)
    (decision,) = read_decisions(tmp_path / "d.jsonl")
    assert (decision.scope, decision.alike, len(decision.covers)) == ("change", None, left - 2)
    assert {found[change.id] for change in review.changes if change.operation == "removed"} == {"open"}
    press(seen, "u")
    assert set(states(seen, tmp_path / "e.jsonl", review).values()) == {"open"}
