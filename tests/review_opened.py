"""The review page opened in both ways, from disk and in the app: what tests of its keys and buttons share."""

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
from tests.review_pages import ready
from tests.reviewed import make_review


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
