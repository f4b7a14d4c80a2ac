"""The app in light and dark, and under hostile rows."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.review_opened import open_way
from tests.review_pages import press
from tests.reviewed import make_hostile_review, make_review


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
