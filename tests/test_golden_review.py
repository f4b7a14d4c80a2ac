"""A review of goldens: only the bytes that were shown are accepted, and undo brings the old ones back."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from flows.golden_files import Proposal, in_ci, propose, read_proposal
from flows.golden_review import open_goldens
from models.errors import ReviewError
from review.golden_changes import compare_goldens
from review.golden_lines import tell_changes
from review.goldens import dump, read_golden
from tests.browser import look
from tests.golden_folders import propose_fixture, review
from tests.goldens import ARTICLES
from tests.review_pages import ready

BALI, KHARKIV = "bali-anniversary", "kharkiv-glide-bombs"
LOST = ('"killed_best": 240', '"killed_best": 202')
OTHER = ('"status": "historical"', '"status": "actual"')


@pytest.fixture(autouse=True)
def _at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("DATELINE_REVIEWER", "an analyst")


def read(folder: Path, name: str = BALI) -> bytes | None:
    path = folder / f"{name}.expected.json"
    return path.read_bytes() if path.exists() else None


def test_what_was_shown_is_accepted_to_the_byte_and_undone_to_the_byte(tmp_path: Path) -> None:
    before, after = propose_fixture(tmp_path, BALI, LOST)
    odd = after.rstrip() + b"\n\n  "  # bytes that no writer of goldens would write
    propose(tmp_path, Proposal(BALI, before, odd))
    assert review(tmp_path, "accept", "--group", "1")[1].endswith(
        f"first `dateline review --goldens {tmp_path} list`"
    )
    assert read(tmp_path) == before
    assert "killed changed" in review(tmp_path, "list")[1]
    assert f"written: {BALI}" in review(tmp_path, "accept", "--group", "1")[1]
    assert read(tmp_path) == odd
    assert review(tmp_path, "status", "--require-decided")[0] == 0
    assert "undone: accept of 1 changes" in review(tmp_path, "undo")[1]
    assert read(tmp_path) == before
    told = review(tmp_path, "log")[1]
    assert "an analyst" in told
    assert "undo of" in told
    assert review(tmp_path, "status", "--require-decided")[0] == 1


def test_a_golden_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    propose_fixture(tmp_path, BALI, LOST)
    review(tmp_path, "list")
    mine = b'{"refused": "paywall"}\n'
    (tmp_path / f"{BALI}.expected.json").write_bytes(mine)
    assert (
        "changed since the tests ran; run the tests again" in review(tmp_path, "accept", "--event", BALI)[1]
    )
    assert read(tmp_path) == mine
    assert "no decisions yet" in review(tmp_path, "log")[1]


def test_a_proposal_that_changed_after_it_was_shown_is_not_accepted(tmp_path: Path) -> None:
    before, after = propose_fixture(tmp_path, BALI, LOST)
    review(tmp_path, "list")
    at_work = open_goldens(tmp_path, careful=False)
    propose(tmp_path, Proposal(BALI, before, after + b" "))  # the tests ran again
    assert "not shown yet" in review(tmp_path, "accept", "--event", BALI)[1]
    with pytest.raises(ReviewError, match="propose other bytes by now"):
        at_work.decide("accept", at_work.changes)
    (tmp_path / ".review" / "pending" / f"{BALI}.after.json").write_bytes(after)  # somebody's hand
    assert "is not what the tests wrote" in review(tmp_path, "list")[1]
    assert read(tmp_path) == before


def test_a_page_waits_for_all_of_its_changes(tmp_path: Path) -> None:
    before, after = propose_fixture(tmp_path, BALI, LOST, OTHER)
    told = review(tmp_path, "list")[1]
    assert "status changed" in told
    assert "killed changed" in told
    assert f"not before all of the page is accepted: {BALI}" in review(tmp_path, "accept", "--group", "1")[1]
    assert read(tmp_path) == before
    for group in range(2, 1 + len(open_goldens(tmp_path).diff.groups)):
        told = review(tmp_path, "accept", "--group", str(group))[1]
    assert f"written: {BALI}" in told
    assert read(tmp_path) == after


def test_a_rejected_change_keeps_the_golden(tmp_path: Path) -> None:
    before, _ = propose_fixture(tmp_path, BALI, LOST)
    review(tmp_path, "list")
    review(tmp_path, "reject", "--event", BALI, "-m", "the bombs of 2002")
    assert read(tmp_path) == before
    assert review(tmp_path, "status", "--require-decided")[0] == 0


def test_a_new_golden_comes_and_one_without_a_page_goes(tmp_path: Path) -> None:
    before, after = propose_fixture(tmp_path, BALI, LOST)
    propose(tmp_path, Proposal("new", None, after))
    propose(tmp_path, Proposal(BALI, before, None))
    assert "event removed" in review(tmp_path, "list")[1]
    assert "2 of 2 goldens" in review(tmp_path, "apply", "--undecided", "new")[1]
    assert (read(tmp_path), read(tmp_path, "new")) == (None, after)
    review(tmp_path, "undo")
    assert (read(tmp_path), read(tmp_path, "new")) == (before, None)


def test_twins_that_tell_the_same_events_are_decided_apart(tmp_path: Path) -> None:
    before, after = propose_fixture(tmp_path, BALI, LOST)
    propose_fixture(tmp_path, BALI, LOST, name="twin")
    review(tmp_path, "list")
    assert len(open_goldens(tmp_path).changes) == 2
    review(tmp_path, "accept", "--event", "twin")
    assert (read(tmp_path), read(tmp_path, "twin")) == (before, after)


def test_nothing_is_accepted_in_ci_and_nothing_is_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _ = propose_fixture(tmp_path, BALI, LOST)
    review(tmp_path, "list")
    change = open_goldens(tmp_path).changes[0].id
    assert "mend the rules" in review(tmp_path, "edit", change, "--value", "1", "-m", "so")[1]
    monkeypatch.setenv("CI", "1")
    assert "CI is set" in review(tmp_path, "accept", "--event", BALI)[1]
    assert read(tmp_path) == before


def test_a_decision_is_about_certain_bytes() -> None:
    before = (ARTICLES / f"{BALI}.expected.json").read_bytes()
    after = before.replace(*(word.encode() for word in LOST))
    some, others = (compare_goldens(BALI, before, data).changes for data in (after, after + b"\n"))
    assert [change.id for change in some] == [change.id for change in others]
    assert [change.hash for change in some] != [change.hash for change in others]
    (form,) = compare_goldens(BALI, before, before + b"\n").changes
    assert (form.field, form.words_after) == ("page", "form the same in another form or order")


def test_a_failure_has_fifteen_lines_however_much_changed() -> None:
    before = (ARTICLES / f"{KHARKIV}.expected.json").read_bytes()
    for after in (before.replace(b"Kharkiv", b"Charkow"), dump({"refused": "paywall"}), None):
        changes = compare_goldens(KHARKIV, before, after).changes
        lines = tell_changes(changes)
        assert len(lines) <= 13  # and a heading, and what to run next
        assert lines[-1].startswith("… ")
        assert all(len(line) < 250 for line in lines)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'{\n=======\n"rows": []}', "page:2: conflict markers of a merge"),
        (b"{", "page: no JSON"),
        (b"[]", "page: no golden"),
    ],
)
def test_what_is_no_golden_is_named(data: bytes, fault: str) -> None:
    with pytest.raises(ReviewError, match=fault):
        read_golden(data, "page")


def test_a_row_that_was_broken_by_hand_is_named_with_its_column() -> None:
    before = (ARTICLES / f"{BALI}.expected.json").read_bytes()
    for old, new, fault in (
        (b'"killed_best": 240', b'"killed_best": -1', "row 3: killed_best"),
        (b"122:130 bombings", b"122:133 bombings", "offsets do not fit"),
        (b'"trigger": "bombings",', b"", "row 1: trigger"),
    ):
        with pytest.raises(ReviewError, match=fault):
            compare_goldens(BALI, before.replace(old, new), before)


def test_the_page_decides_as_the_command_does(browser: Browser, tmp_path: Path) -> None:
    before, after = propose_fixture(tmp_path, BALI, LOST, OTHER, ('"title": "', '"title": "Later: '))
    page, saved = tmp_path / "review.html", tmp_path / "decisions.jsonl"
    review(tmp_path, "page", "--output", str(page))
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        for group in range(seen.page.locator("#groups .group").count()):
            seen.page.locator("#groups .group").nth(group).click()
            while seen.page.locator("#events button", has_text="Accept").first.is_enabled():
                seen.page.keyboard.press("a")
                seen.page.wait_for_timeout(30)
                if "Accept all 0" in seen.page.locator("#events").inner_text():
                    break
        with seen.page.expect_download() as download:
            seen.page.get_by_role("button", name="Save decisions").click()
        download.value.save_as(saved)
        assert seen.complaints == []
    assert read(tmp_path) == before
    assert f"written: {BALI}" in review(tmp_path, "import", str(saved))[1]
    assert read(tmp_path) == after
    assert read_proposal(tmp_path, BALI).after == after


@pytest.mark.parametrize(
    ("value", "found"), [("true", True), ("1", True), ("woodpecker", True), ("false", False), ("", False)]
)
def test_what_says_no_is_no_ci(monkeypatch: pytest.MonkeyPatch, value: str, found: bool) -> None:
    monkeypatch.setenv("CI", value)
    assert in_ci() == found
