"""The review page in a real browser: how it opens, what it keeps, what it proves, and hostile text."""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from review.decisions import read_decisions
from review.page import TEMPLATES, Material, make_data, render_page
from tests.browser import Look, look
from tests.review_pages import press, ready, states, text
from tests.reviewed import make_hostile_review, make_material, make_page, strip_loss

DECLARED = re.compile(r"^(?:(?:async )?function|const|let) (\w+)", re.MULTILINE)


def test_no_name_is_declared_twice_in_the_scripts_of_the_page() -> None:
    """A second function of a name takes the first one's place without a word."""
    scripts = (TEMPLATES / "page").glob("*.js")
    names = [name for path in scripts for name in DECLARED.findall(path.read_text(encoding="utf-8"))]
    assert len(names) > 100
    assert [name for name, number in Counter(names).items() if number > 1] == []


def test_it_opens_from_disk_and_asks_for_nothing(seen: Look, page: Path) -> None:
    assert seen.requests == [page.resolve().as_uri()]
    assert "event removed" in text(seen, "#groups")
    assert seen.page.locator("#groups li").count() >= 5
    assert seen.page.locator("mark.dropped").count() > 0


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "dark"), (640, "light"), (1600, "light"), (1600, "dark")]
)
def test_it_reads_well_in_either_light_and_any_width(
    browser: Browser, page: Path, scheme: str, width: int
) -> None:
    with look(browser, page, scheme=scheme, width=width) as seen:  # type: ignore[arg-type]
        ready(seen)
        assert seen.check() == []
        assert seen.overflow <= 0
        press(seen, "?")
        assert seen.check() == []


def test_without_scripts_every_group_can_be_read(browser: Browser, page: Path, review: Material) -> None:
    with look(browser, page, scripts=False) as seen:
        shown = seen.page.locator("details").count()
        assert shown == len(review.diff.groups)
        assert seen.page.locator("details del").first.inner_text() != ""


def test_a_decision_is_made_moves_on_and_is_undone_to_the_byte(
    seen: Look, review: Material, tmp_path: Path
) -> None:
    first = text(seen, ".card.open h3")
    press(seen, "a")
    assert text(seen, "#live").endswith("accepted")
    assert text(seen, ".card.open h3") != first or text(seen, "#decided").startswith("1 of")
    found = states(seen, tmp_path / "one.jsonl", review)
    assert [state for state in found.values() if state == "accept"]
    press(seen, "r", "s", "x", "u", "u", "u", "u")
    assert text(seen, "#live").startswith("Undone: accept")
    assert set(states(seen, tmp_path / "none.jsonl", review).values()) == {"open"}
    assert len(read_decisions(tmp_path / "none.jsonl")) == 8  # nothing is deleted
    press(seen, "u")
    assert text(seen, "#live") == "Nothing to undo"


def test_decisions_outlive_the_page(browser: Browser, page: Path, review: Material, tmp_path: Path) -> None:
    with look(browser, page) as seen:
        ready(seen)
        press(seen, "r")
        seen.page.reload()
        ready(seen)
        assert "reject" in states(seen, tmp_path / "kept.jsonl", review).values()
        press(seen, "u")
        assert set(states(seen, tmp_path / "undone.jsonl", review).values()) == {"open"}


def test_the_same_decision_twice_within_a_second_is_two(seen: Look, review: Material, tmp_path: Path) -> None:
    press(seen, "J", "r", "u", "r")
    assert "reject" in states(seen, tmp_path / "d.jsonl", review).values()


def test_two_tabs_of_one_page_lose_nothing(
    browser: Browser, page: Path, review: Material, tmp_path: Path
) -> None:
    with look(browser, page) as seen:
        ready(seen)
        other = seen.page.context.new_page()
        other.goto(page.resolve().as_uri())
        other.wait_for_selector("body[data-ready=yes]")
        press(seen, "a", "r")
        other.keyboard.press("J")
        other.keyboard.press("s")
        expect(other.locator("#live")).to_contain_text("skipped")
        other.close()
        press(seen, "x")
        states(seen, tmp_path / "d.jsonl", review)
    assert [d.verdict for d in read_decisions(tmp_path / "d.jsonl")] == ["accept", "reject", "skip", "flag"]


def test_300_alike_changes_take_less_than_ten_keys(browser: Browser, tmp_path: Path) -> None:
    pages = []
    for index in range(300):
        article, rows = make_page(index)
        rows = [row.model_copy(update={"confidence": 0.5 if index < 3 else 0.9}) for row in rows]
        pages.append((article, [strip_loss(row) for row in rows], rows))
    review = make_material(pages)
    path = tmp_path / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    with look(browser, path) as seen:
        ready(seen)
        press(seen, "A")
        assert "Accept 297 of 300" in text(seen, "#dialog")
        assert "3 less sure than 0.6" in text(seen, "#dialog")
        press(seen, "Enter")
        expect(seen.page.locator("#live")).to_contain_text("297 changes accepted; 3 stay")
        press(seen, "a", "a", "a")
        found = states(seen, tmp_path / "all.jsonl", review)
    assert set(found.values()) == {"accept"}
    assert len(read_decisions(tmp_path / "all.jsonl")) == 4


def test_hostile_text_is_shown_and_does_nothing(browser: Browser, tmp_path: Path) -> None:
    review = make_hostile_review()
    path = tmp_path / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    with look(browser, path, width=1600) as seen:
        ready(seen)
        for group in range(seen.page.locator("#groups .group").count()):
            seen.page.locator("#groups .group").nth(group).click()
            press(seen, "j", "e", "j", "j")
        press(seen, "g", "t")
        assert seen.page.title().startswith("Review")
        assert seen.requests == [path.resolve().as_uri()]
        assert seen.complaints == []
        assert seen.dialogs == []
        assert len(set(seen.scripts)) == 1
        press(seen, "g", "t")
        assert seen.page.locator(".chip", has_text="U+202E").count() > 0
        assert seen.overflow <= 0


def test_the_policy_stops_what_escaping_would_miss(browser: Browser, page: Path, tmp_path: Path) -> None:
    broken = page.read_text().replace(
        "</main>", "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"></main>"
    )
    (tmp_path / "broken.html").write_text(broken)
    with look(browser, tmp_path / "broken.html") as seen:
        ready(seen)
        assert seen.page.title().startswith("Review")
        assert any("Content Security Policy" in line for line in seen.complaints)
        thrown = seen.page.evaluate(
            "() => { try { document.body.innerHTML = '<b>x</b>'; return ''; } catch (error) { return error.name; } }"
        )
        assert thrown == "TypeError"


def test_spans_fall_on_their_words_behind_an_emoji(seen: Look) -> None:
    seen.page.get_by_label("Filter").fill("field:killed")
    seen.page.get_by_label("Filter").press("Enter")
    marked = seen.page.locator("mark.new.mark-N bdi").all_inner_texts()
    assert "4 traders" in marked


def test_the_page_is_small_the_same_twice_and_says_what_it_leaves_out() -> None:
    pages = []
    for index in range(100):
        article, rows = make_page(index)
        pages.append((article, [strip_loss(row) for row in rows], rows))
    material = make_material(pages)
    page = render_page(material)
    assert len(page) <= 300_000  # `benchmarks/reviews.py` opens five thousand
    assert render_page(material) == page
    assert make_data(material, limit=50_000)["left_out"] > 50
