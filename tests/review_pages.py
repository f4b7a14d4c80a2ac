"""A review of invented pages, open in a real browser: what tests of the page share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from review.decisions import read_decisions, replay
from review.page import Material, render_page
from tests.browser import Look, look
from tests.reviewed import make_review


@pytest.fixture(scope="module")
def review() -> Material:
    return make_review(4)


@pytest.fixture(scope="module")
def page(review: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    return path


@pytest.fixture
def seen(browser: Browser, page: Path) -> Iterator[Look]:
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        yield seen
        assert seen.complaints == []


def ready(seen: Look, who: str = "mk") -> None:
    """Waits for the page, which knows who reads it and does not ask."""
    seen.page.wait_for_selector("body[data-ready=yes]")
    if who:
        seen.page.evaluate("who => localStorage.setItem('dateline:settings', JSON.stringify({who}))", who)


def press(seen: Look, *keys: str) -> None:
    for key in keys:
        seen.page.keyboard.press(key)
        seen.page.evaluate("() => new Promise(done => setTimeout(done, 15))")


def follow(seen: Look, address: str) -> None:
    """Puts that behind the `#`, and waits until the page has followed."""
    seen.page.evaluate(
        "to => new Promise(done => {"
        " addEventListener('hashchange', () => setTimeout(done), { once: true }); location.hash = to; })",
        address,
    )


def states(seen: Look, path: Path, review: Material) -> dict[str, str]:
    """State of each change by the file that the page saves, as Python reads it."""
    with seen.page.expect_download() as saved:
        seen.page.get_by_role("button", name="Save decisions").click()
    saved.value.save_as(path)
    outcome = replay(review.changes, read_decisions(path), review.policy.accepted)
    assert outcome.stale == ()
    return {name: standing.state for name, standing in outcome.standings.items()}


def text(seen: Look, selector: str) -> str:
    return " ".join(seen.page.locator(selector).first.inner_text().split())


def find(seen: Look, words: str) -> str:
    """What is said when the words are typed into the filter and Enter is pressed."""
    press(seen, "/")
    seen.page.keyboard.type(words)
    press(seen, "Enter")
    return text(seen, "#live")


def count(seen: Look, words: str) -> int:
    return int(find(seen, words).split()[0].replace(",", ""))
