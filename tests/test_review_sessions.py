"""The app is opened by an address that is good once; a tab that is in stays in, and lets further tabs in."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from review.decisions import read_decisions
from review.desk import Desk
from tests.browser import look
from tests.review_desks import GOOD, ask
from tests.review_pages import press, ready, text


def test_an_address_lets_one_tab_in_and_the_next_is_told(desk: Desk) -> None:
    told: list[str] = []
    desk.tell = told.append
    used, known = desk.key, GOOD | {"Origin": desk.origin}
    status, _, body = ask(desk, "/session", b"{}", **known, X_Dateline_Key=used)
    session = json.loads(body)["token"]
    assert (status, told) == (201, [desk.address])
    assert used not in desk.address
    assert session not in desk.address
    assert ask(desk, "/data", X_Dateline_Token=session)[0] == 200
    assert ask(desk, "/data", X_Dateline_Token=used)[0] == 403  # the key itself opens nothing else
    status, _, body = ask(desk, "/session", b"{}", **known, X_Dateline_Key=used)
    assert (status, b"used before" in body) == (403, True)
    assert ask(desk, "/session", b"{}", **known, X_Dateline_Key=desk.key)[0] == 201
    assert ask(desk, "/data", X_Dateline_Token=session)[0] == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"X_Dateline_Key": ""},
        {"X_Dateline_Key": "x" * 32},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": ""},
        {"Sec_Fetch_Site": "same-site"},
        {"Content_Type": "text/plain"},
    ],
)
def test_only_the_page_swaps_a_key(desk: Desk, changed: dict[str, Any]) -> None:
    key = desk.key
    known = GOOD | {"X_Dateline_Key": key, "Origin": desk.origin} | changed
    assert ask(desk, "/session", b"{}", **known)[0] == 403
    assert (desk.key, desk.sessions) == (key, set())


def opened(page: Page) -> str:
    page.wait_for_selector("body[data-ready=yes]")
    return " ".join(page.locator(".card.open header .what").inner_text().split())


def test_a_reload_a_permalink_and_a_doubled_tab_stay_in(browser: Browser, desk: Desk) -> None:
    with look(browser, desk.address, width=1600) as seen:
        ready(seen)
        press(seen, "J", "J")
        card = text(seen, ".card.open header .what")
        seen.page.reload()
        assert opened(seen.page) == card
        for link in (seen.page.url, desk.origin + "/#key=used"):  # as sent, and the old address once more
            other = seen.page.context.new_page()
            other.goto(link)
            assert opened(other)
            if link == seen.page.url:
                assert opened(other) == card
            other.close()
        with seen.page.expect_popup() as opening:
            seen.page.evaluate("window.open(location.href)")
        assert opened(opening.value) == card


def test_what_one_tab_decides_the_other_shows(browser: Browser, desk: Desk) -> None:
    with look(browser, desk.address, width=1600) as seen:
        ready(seen)
        other = seen.page.context.new_page()
        other.goto(seen.page.url)
        opened(other)
        other.keyboard.press("r")
        expect(other.locator("#log li").first).to_contain_text("rejected")
        expect(seen.page.locator("#log li").first).to_contain_text("rejected")
        press(seen, "u")
        expect(other.locator("#log li").first).to_contain_text("undone")
    assert [decision.verdict for decision in read_decisions(desk.decisions)] == ["reject", "undo"]


def test_another_browser_needs_the_new_address(browser: Browser, desk: Desk) -> None:
    used = desk.address
    with look(browser, used) as seen, look(browser, used) as other:
        ready(seen)
        expect(other.page.locator("#warnings")).to_contain_text("open the address that it printed last")
        assert other.page.locator("#groups").count() == 0
        other.page.goto(desk.address)  # in the same tab only the part behind the # changes
        ready(other)
        assert "key=" not in other.page.url
