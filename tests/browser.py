"""A real Chromium for tests of pages: what it asks for, what it runs, what axe and a reader see.

`browser` starts Debian's Chromium once a module; `look(browser, path)` opens a page and gives what came of it.
A machine without Chromium fails these tests, and says what to install: a page that was not looked at is not tested.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",  # a container's root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Axe's rules of WCAG 2.0 to 2.2, A and AA, and its good practice.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
WAIT = 60_000  # milliseconds; far beyond what a page takes


def find_chromium() -> str:
    """The browser's path. Fails the test where there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail("Chromium is missing: apt-get install chromium, or set CHROMIUM to its path")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium for the tests of a module.

    Not for the whole session: its event loop stands in this thread, and no other test could run one of its own.
    """
    with sync_playwright() as tools:
        chromium = tools.chromium.launch(executable_path=find_chromium(), args=[*QUIET])
        yield chromium
        chromium.close()


@dataclass(slots=True)
class Look:
    """An open page with what it did since it was asked for; a quiet one has asked only for itself."""

    page: Page
    requests: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)  # of the page itself; those of the test are not counted
    complaints: list[str] = field(
        default_factory=list
    )  # of the console: what the content policy stopped, too
    dialogs: list[str] = field(default_factory=list)

    def check(self) -> list[str]:
        """What axe finds, a line each."""
        self.page.evaluate(load_axe())
        found: Mapping[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})",
            [*RULES],
        )
        return [
            f"{one['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())})"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    @property
    def overflow(self) -> float:
        """By how many pixels the page is wider than its window."""
        return float(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )


@contextmanager
def look(
    browser: Browser,
    path: Path | str,
    *,
    scheme: Literal["light", "dark"] = "light",
    width: int = 1280,
    height: int = 900,
    scripts: bool = True,
) -> Iterator[Look]:
    """Opens a file (as `file:`) or an address, and closes it again."""
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": height}, java_script_enabled=scripts
    )
    page = context.new_page()
    seen = Look(page)
    page.set_default_timeout(WAIT)
    watch(seen, scripts)
    page.goto(path.resolve().as_uri() if isinstance(path, Path) else path)
    try:
        yield seen
    finally:
        context.close()


def watch(seen: Look, scripts: bool) -> None:
    """Records requests, scripts (where any may run), complaints and dialogs from now on."""
    page = seen.page
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))

    def close(dialog: Any) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", close)
    if not scripts:
        return  # and then none can be watched
    session = page.context.new_cdp_session(page)

    def parsed(event: Mapping[str, Any]) -> None:
        # What the test itself evaluates has no address; what a page runs has its page's, or its own.
        if event.get("executionContextAuxData", {}).get("isDefault") and event.get("url"):
            seen.scripts.append(str(event["url"]))

    session.on("Debugger.scriptParsed", parsed)
    session.send("Debugger.enable")


@cache
def load_axe() -> str:
    """Axe's source, out of the package that carries it."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
