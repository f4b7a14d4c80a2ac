"""The review on narrower windows and on paper: what belongs together is seen together, and paper has no buttons."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Look, look
from tests.review_pages import press, ready

SEEN = """selector => {
  const one = document.querySelector(selector);
  const box = one.getBoundingClientRect();
  const [right, down] = [Math.min(box.width, 60) / 2, Math.min(box.height, 30) / 2];
  const middle = document.elementFromPoint(box.left + right, box.top + down);
  return box.top >= 0 && box.left >= 0 && box.right <= innerWidth && Boolean(middle) && one.contains(middle);
}"""  # whether its beginning is drawn in the window, with nothing over it


def is_seen(seen: Look, selector: str) -> bool:
    return bool(seen.page.evaluate(SEEN, selector))


def width(seen: Look, selector: str) -> float:
    return float(
        seen.page.evaluate("name => document.querySelector(name).getBoundingClientRect().width", selector)
    )


@pytest.mark.parametrize("size", [(1024, 800), (960, 700)])
def test_groups_map_words_and_card_are_seen_together(
    browser: Browser, page: Path, size: tuple[int, int]
) -> None:
    with look(browser, page, width=size[0], height=size[1]) as seen:
        ready(seen)
        for key in ("J", "j", "j", "k", "J", "J"):
            press(seen, key)
            assert is_seen(seen, ".card.open header")
            assert is_seen(seen, "mark.active")
            assert is_seen(seen, "#groups [aria-current]")
            assert is_seen(seen, "#where svg")
        assert seen.page.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [0, 0]
        article, cards = (seen.page.locator(name).bounding_box() for name in ("#article", "#events"))
        assert article
        assert cards
        assert article["y"] == cards["y"]
        assert seen.check() == []


@pytest.mark.parametrize("size", [(1100, 500), (800, 900), (640, 720), (360, 740)])
def test_in_one_column_words_and_card_are_seen_together(
    browser: Browser, page: Path, size: tuple[int, int]
) -> None:
    with look(browser, page, width=size[0], height=size[1]) as seen:
        ready(seen)
        assert width(seen, "#where svg") <= 320
        groups = seen.page.locator("#groups").bounding_box()
        assert groups
        assert groups["height"] <= size[1] * 0.3 + 1
        for key in ("J", "j", "j"):
            press(seen, key)
            assert is_seen(seen, ".card.open header")
            assert is_seen(seen, "mark.active")
        assert seen.overflow <= 0
        assert seen.check() == []


NOT_PRINTED = (
    ".tools",
    ".keys",
    ".banner .actions",
    ".card .does button",
    "#days details",
    ".unchanged button",
)


def test_paper_has_groups_with_their_states_all_decisions_and_no_buttons(
    browser: Browser, page: Path
) -> None:
    with look(browser, page, scheme="dark", width=760, height=1000) as seen:
        ready(seen)
        seen.page.get_by_role("button", name="Light or dark").click()
        seen.page.get_by_role("button", name="Light or dark").click()
        press(seen, *"aJrsxsxsx")
        seen.page.locator("#groups .group", has_text="killed").first.click()
        press(seen, "j", "j")
        count = "document.querySelectorAll('#log li').length"
        seen.page.evaluate(f"addEventListener('beforeprint', () => window.told = {count})")
        seen.page.pdf()
        assert seen.page.evaluate("window.told") == 8
        expect(seen.page.locator("#log li")).to_have_count(6)
        seen.page.emulate_media(media="print", color_scheme="dark")
        for name in NOT_PRINTED:
            assert seen.page.locator(name).count() > 0
            assert not any(one.is_visible() for one in seen.page.locator(name).all())
        groups = [" ".join(group.split()) for group in seen.page.locator("#groups li").all_inner_texts()]
        assert len(groups) >= 5
        assert all(
            group.endswith(("accepted", "rejected", "not decided", "partly", "mixed")) for group in groups
        )
        assert any(group.endswith("accepted") for group in groups)
        assert seen.page.locator("#log").is_visible()
        assert width(seen, "#article .text") >= 740
        assert (
            seen.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            == "rgb(255, 255, 255)"
        )
        assert seen.page.evaluate("getComputedStyle(document.body).color") == "rgb(23, 26, 31)"
        assert seen.overflow <= 0
        seen.page.emulate_media(media="screen")
        press(seen, "g", "t")
        seen.page.emulate_media(media="print")
        assert seen.overflow <= 0
        assert not seen.page.get_by_role("button", name="CSV").is_visible()
