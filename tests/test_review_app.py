"""The app: only its own page may ask, decisions land in the file, and hostile neighbours get nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from models.change import Change
from models.decision import Covered, Decision, make_decision
from models.errors import ReviewError
from review.app import listen
from review.decisions import read_decisions, replay
from review.desk import Desk
from tests.browser import look
from tests.review_desks import GOOD, ask, enter


def test_decisions_made_in_the_app_stand_in_the_file(browser: Browser, desk: Desk) -> None:
    with look(browser, desk.address, width=1600) as seen:
        seen.page.wait_for_selector("body[data-ready=yes]")
        assert "key=" not in seen.page.url
        for key in "arsu":
            seen.page.keyboard.press(key)
        expect(seen.page.locator("#live")).to_contain_text("Undone: skip")
        assert seen.check() == []
        seen.page.goto("about:blank")
        seen.page.goto(desk.address)
        seen.page.wait_for_selector("body[data-ready=yes]")
        expect(seen.page.locator("#log li").first).to_contain_text("undone")
        assert {url.partition("#")[0] for url in seen.requests} <= {
            f"{desk.origin}/",
            f"{desk.origin}/session",
            f"{desk.origin}/data",
            f"{desk.origin}/decisions",
            "about:blank",
        }
        assert seen.complaints == []
    decisions = read_decisions(desk.decisions)
    assert [decision.verdict for decision in decisions] == ["accept", "reject", "skip", "undo"]
    assert {decision.surface for decision in decisions} == {"app"}
    assert replay(desk.material.changes, decisions).stale == ()


def test_without_the_secret_there_is_nothing_but_an_empty_page(browser: Browser, desk: Desk) -> None:
    assert ask(desk, "/data")[0] == 403
    assert ask(desk, "/data", X_Dateline_Token="x" * 32)[0] == 403
    status, headers, body = ask(desk, "/")
    assert status == 200
    read = [article for story in desk.material.stories if (article := story.article)]
    told = [
        desk.material.diff.before.name,
        *(part for article in read for part in (article.title, article.text[-40:])),
    ]
    told += [name for change in desk.material.changes for name in (change.id, change.label) if name]
    assert "Port Alder" in " ".join(map(str, told))
    assert [part for part in map(str, told) if part in body.decode()] == []
    assert body.count(b"<tr>") == body.count(b"<details") == 0
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    with look(browser, desk.origin) as seen:
        expect(seen.page.locator("#warnings")).to_contain_text("open the address that it printed")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"X_Dateline_Token": ""}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": ""}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Content_Type": "text/plain"}, 403),
        ({"Host": "rebind.example:8123"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "[::1]"}, 421),
        ({}, 422),
    ],
)
def test_a_request_that_is_not_the_pages_own_is_refused(
    desk: Desk, changed: dict[str, str], status: int
) -> None:
    known = GOOD | {"X_Dateline_Token": enter(desk), "Origin": desk.origin} | changed
    assert ask(desk, "/decisions", b"{}", **known)[0] == status
    assert not desk.decisions.exists()


def post(desk: Desk, verdict: str, *changes: Change, **fields: Any) -> tuple[int, str]:
    diff, covers = desk.material.diff, tuple(Covered(change=c.id, hash=c.hash) for c in changes)
    base = {"before": diff.before.name, "after": diff.after.name, "who": "mk", "surface": "app"}
    made = make_decision(datetime.now(UTC), **base | {"verdict": verdict, "covers": covers} | fields)
    known = GOOD | {"X_Dateline_Token": enter(desk), "Origin": desk.origin}
    status, _, body = ask(desk, "/decisions", made.model_dump_json().encode(), **known)
    return status, body.decode()


def test_a_group_is_not_decided_over_what_somebody_else_decided(desk: Desk) -> None:
    one, two = desk.material.changes[:2]
    assert post(desk, "reject", one, who="ada")[0] == 201
    status, told = post(desk, "accept", one, two, scope="group")
    assert (status, one.id in told, "ada" in told) == (409, True, True)
    assert post(desk, "accept", one, two, scope="group", who="ada")[0] == 201
    assert post(desk, "accept", one, two, scope="change")[0] == 409  # all that a filter leaves
    assert post(desk, "accept", one)[0] == 201  # one change is looked at by itself


def test_the_page_shows_what_somebody_else_decided_meanwhile(browser: Browser, desk: Desk) -> None:
    with look(browser, desk.address, width=1600) as seen:
        seen.page.wait_for_selector("body[data-ready=yes]")
        at, group = max(enumerate(desk.material.diff.groups), key=lambda one: len(one[1].members))
        members = [change for change in desk.material.changes if change.id in group.members]
        assert len(members) > 1
        seen.page.locator("#groups .group").nth(at).click()
        assert post(desk, "reject", members[0], who="ada", comment="not so")[0] == 201
        seen.page.keyboard.press("Shift+A")
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator("#warnings")).to_contain_text("was decided by ada")
        expect(seen.page.locator("#log li").first).to_contain_text("ada")
        assert len(read_decisions(desk.decisions)) == 1
        seen.page.keyboard.press("Shift+A")
        seen.page.keyboard.press("Enter")
        expect(seen.page.locator("#log li").first).to_contain_text("accept")
        decisions = read_decisions(desk.decisions)
        assert [len(decision.covers) for decision in decisions] == [1, len(members) - 1]
        assert replay(desk.material.changes, decisions).standings[members[0].id].state == "reject"


def test_an_undo_in_the_app_is_of_ones_own(browser: Browser, desk: Desk) -> None:
    desk.material.who = "lena"
    assert post(desk, "reject", desk.material.changes[0], who="ada")[0] == 201
    with look(browser, desk.address, width=1600) as seen:
        seen.page.wait_for_selector("body[data-ready=yes]")
        expect(seen.page.locator("#reviewer")).to_have_text("as lena")
        seen.page.keyboard.press("u")
        expect(seen.page.locator("#live")).to_contain_text("Nothing of yours to undo")
        seen.page.keyboard.press("?")
        seen.page.keyboard.press("Enter")
        seen.page.keyboard.press("a")
        expect(seen.page.locator("#live")).to_contain_text("accepted")
        seen.page.keyboard.press("u")
        expect(seen.page.locator("#live")).to_contain_text("Undone: accept")
    first = read_decisions(desk.decisions)[0]
    status, told = post(desk, "undo", undoes=first.decision_id, who="lena")
    assert (status, "is of ada, not of lena" in told) == (422, True)
    decisions = [(d.verdict, d.who) for d in read_decisions(desk.decisions)]
    assert decisions == [("reject", "ada"), ("accept", "lena"), ("undo", "lena")]


def test_an_undo_of_nothing_and_an_edit_of_nonsense_are_refused(desk: Desk) -> None:
    status, told = post(desk, "undo", undoes="0" * 16)
    assert (status, "there is no decision 0000" in told) == (422, True)

    def refuse(decision: Decision) -> None:
        raise ReviewError(f"decision {decision.decision_id}: no")

    desk.check_edit = refuse
    assert post(desk, "edit", desk.material.changes[0], value="{")[0] == 422
    assert read_decisions(desk.decisions) == []


def test_nothing_is_changed_by_get_and_nothing_huge_is_taken(desk: Desk) -> None:
    known = GOOD | {"X_Dateline_Token": enter(desk), "Origin": desk.origin}
    assert ask(desk, "/data", b"{}", **known)[0] == 405
    assert ask(desk, "/decisions")[0] == 403
    assert ask(desk, "/decisions", **known)[::2] == (200, b"[]")
    assert not desk.decisions.exists()
    assert ask(desk, "/decisions", b"x" * (17 << 20), **known)[0] == 413


def test_a_port_that_is_taken_is_one_line(desk: Desk) -> None:
    with pytest.raises(Exception, match=f"port {desk.port} cannot be had"), listen(desk.port):
        pass
