"""A review of rows that try to be more than text: by commands, key by key in a terminal, and as goldens."""

import json
import os
import pty
import re
import select
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from flows.golden_files import Proposal, propose
from flows.receipts import find_store
from flows.reviews import open_review
from flows.store import Store
from models.event import EventRow
from tests.browser import look
from tests.command import COMMAND, call
from tests.goldens import ARTICLES
from tests.reviewed import WORDS, make_page
from tests.reviewed_tables import BASE, LATER, add_candidate
from tests.test_store import make_run

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069]")
MOST = 60_000  # characters that a group of eight changes may take: words of 100,000 are cut
BALI = "bali-anniversary"


def spoil(row: EventRow, words: str) -> EventRow:
    """The row with hostile words wherever words from outside may stand."""
    party = {"text": words, "name": words, "kind": "unknown", "named": False}
    hostile = {"claimed_by": (words,), "place_name": words, "place_text": words, "actors": (party,)}
    return EventRow.model_validate(row.model_dump() | hostile)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A candidate that makes of every page what hostile words can; of one page a row comes and one goes."""
    store = Store(find_store(tmp_path))
    pages = [make_page(n, f"{words} ", words) for n, words in enumerate(WORDS)]
    store.commit_run(
        make_run(BASE), [article for article, _ in pages], [r for _, rows in pages for r in rows[:2]]
    )
    read = [
        (article, [spoil(row, words) for row in rows[1:3]])
        for (article, rows), words in zip(pages, WORDS, strict=True)
    ]
    add_candidate(store, LATER, BASE, read)
    return tmp_path


def check(told: str) -> None:
    """Nothing in it is obeyed by a terminal, and no word floods it."""
    assert FORBIDDEN.findall(COLOURS.sub("", told)) == []
    assert len(told) < MOST


def test_commands_print_it_as_text(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_REVIEWER", "ada\x1b[2J\u202e")
    with open_review(home, "current", "candidate") as review:
        number = len(review.diff.groups)
    check(call("review", "list", home=home))
    shown = [call("review", "show", str(group), home=home) for group in range(1, number + 1)]
    assert "‹U+202E›" in " ".join(shown)
    assert "‹U+001B›" in " ".join(shown)
    for told in shown:
        check(told)
    for group in range(1, number + 1):
        check(call("review", "reject", "--group", str(group), "--sample", "3", home=home))
        check(call("review", "reject", "--group", str(group), "-m", WORDS[4], home=home))
    check(call("review", "undo", home=home))
    told = call("review", "log", home=home)
    assert "ada‹U+001B›" in told
    check(told)
    check(call("review", "status", home=home))


def test_line_mode_draws_it_as_text(home: Path) -> None:
    with open_review(home, "current", "candidate") as review:
        groups = review.diff.groups
    ours, theirs = pty.openpty()
    known = os.environ | {"DATELINE_HOME": str(home), "COLUMNS": "100", "TERM": "xterm-256color"}
    line = [COMMAND, "review", "--before", BASE, "--after", LATER]
    child = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=known)
    os.close(theirs)
    os.write(ours, b"s" * 12 + b"u" + b"n" * len(groups) + b"q")
    told = b""
    while b"changes open" not in told:
        ready, _, _ = select.select([ours], [], [], 90)
        assert ready, told[-500:]
        told += os.read(ours, 1 << 16)
    assert child.wait(timeout=60) == 0
    os.close(ours)
    shown = told.decode(errors="strict").replace("\r", "")
    assert "U+202E" in shown
    assert "undone: skip of 1 change" in shown
    assert FORBIDDEN.findall(COLOURS.sub("", shown)) == []
    assert len(shown) < MOST


def test_goldens_are_listed_and_drawn_as_text(browser: Browser, tmp_path: Path) -> None:
    before = (ARTICLES / f"{BALI}.expected.json").read_bytes()
    for number, words in enumerate(WORDS):
        told = json.loads(before)
        for row in told["rows"]:
            row["place_name"] = row["title"] = words
            row["claimed_by"] = [words]
        name = f"page-{number}"
        (tmp_path / f"{name}.expected.json").write_bytes(before)
        propose(tmp_path, Proposal(name, before, json.dumps(told).encode()))
    goldens = ("review", "--goldens", tmp_path)
    listed = call(*goldens, "list")
    check(listed)
    for group in range(1, listed.count("not decided")):
        check(call(*goldens, "show", str(group)))
    page = tmp_path / "review.html"
    call(*goldens, "page", "--output", page)
    with look(browser, page, width=1600, height=1000) as seen:
        seen.page.wait_for_selector("body[data-ready=yes]")
        for group in range(seen.page.locator("#groups .group").count()):
            seen.page.locator("#groups .group").nth(group).click()
            assert not FORBIDDEN.search(seen.page.locator("#events").inner_text())
        assert seen.requests == [page.resolve().as_uri()]
        assert seen.page.title() != "ran"
        assert seen.complaints == []
