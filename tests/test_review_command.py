"""`dateline review` as a command and in a terminal: what it prints, asks and keeps."""

import os
import pty
import re
import select
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app as cli
from flows.receipts import find_store
from flows.reextractions import Command, finish
from flows.reviews import open_review
from flows.store import Store
from models.change import Totals
from models.scope import Scope
from review.decisions import read_decisions
from tests.command import COMMAND, call, run
from tests.reviewed_tables import BASE, LATER, decide, make_home
from tests.test_report import make_receipt


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path)


def review(home: Path, *words: str, fails: int = 0) -> str:
    done = run("review", *words, home=home)
    assert done.returncode == fails, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_the_commands(home: Path) -> None:
    assert "0 of 4 groups decided" in review(home, "list")
    review(home, "status", "--require-decided", fails=1)
    assert "1 of 1 drawn at random" in review(home, "accept", "--group", "1", "--sample", "9")
    unsure = review(home, "accept", "--group", "1", "--sample", "9", "--except-below", "1")
    assert "nothing to draw from" in unsure
    assert "decided" in review(home, "accept", "--group", "1", "--except-below", "0")
    assert "undone: accept" in review(home, "undo")
    assert "name what is decided" in review(home, "accept", fails=2)
    assert "there is no group 99" in review(home, "reject", "--group", "99", fails=2)
    assert "review.html" in review(home, "page", "--output", str(home / "review.html"))
    assert "undo of" in review(home, "log")


def test_a_cause_is_taken_by_its_name(home: Path) -> None:
    assert "read by casualties.toml" in review(home, "list")
    told = review(home, "accept", "--cause", "events", fails=2)
    assert "2 causes are named so; there are casualties.toml, events.toml:e2, events.toml:e3" in told
    assert "2 decided" in review(home, "accept", "--cause", "casualties")
    with open_review(home, "current", "candidate") as found:
        (decision,) = found.decisions
        (cause,) = (one for one in found.diff.causes if one.root == "rule casualties.toml")
        assert (decision.alike, decision.scope, len(decision.covers)) == (cause.id, "group", 2)
    assert "undone: accept" in review(home, "undo")


def test_a_cause_is_taken_in_a_terminal_with_one_key(home: Path) -> None:
    ours, theirs = pty.openpty()
    known = os.environ | {"DATELINE_HOME": str(home), "COLUMNS": "100"}
    words = [COMMAND, "review", "--group", "2"]
    child = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, env=known)
    os.close(theirs)
    assert "accept what is left of its cause" in read_until(ours, "stop; all is kept")
    os.write(ours, b"C")
    assert "2 decided" in read_until(ours, "changes open")
    assert child.wait(timeout=60) == 0
    os.close(ours)


def test_an_undo_is_of_ones_own_decision(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(home, status="reject")
    monkeypatch.setenv("DATELINE_REVIEWER", "somebody else")
    done = CliRunner().invoke(cli, ["review", "undo", "--home", str(home)])
    assert "there is no decision of somebody else to undo" in " ".join(done.output.split())


def test_a_terminal_is_asked_change_by_change(home: Path) -> None:
    ours, theirs = pty.openpty()
    known = os.environ | {"DATELINE_HOME": str(home), "COLUMNS": "100"}
    child = subprocess.Popen([COMMAND, "review"], stdin=theirs, stdout=theirs, stderr=theirs, env=known)
    os.close(theirs)
    assert "event removed" in read_until(ours, "stop; all is kept")
    os.write(ours, b"au")  # the second comes before it is asked for
    assert "undone: accept" in read_until(ours, "undone: accept of 1 change")
    os.write(ours, b"rq")
    assert "4 changes open" in read_until(ours, "changes open")
    assert child.wait(timeout=60) == 0
    os.close(ours)
    with open_review(home, "current", "candidate") as review:
        assert [decision.verdict for decision in review.decisions] == ["accept", "undo", "reject"]


def read_until(line: int, words: str) -> str:
    """What the terminal shows up to these words."""
    told = b""
    while words not in (shown := plain(told)):
        ready, _, _ = select.select([line], [], [], 60)
        assert ready, shown
        told += os.read(line, 4096)
    return shown


def plain(told: bytes) -> str:
    """The words without colours and line ends."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", told.decode(errors="replace")).split())


def test_what_nobody_decided_is_told_and_kept_in_the_trail(home: Path) -> None:
    with open_review(home, "current", "candidate") as found:
        opened = {change.id for change in found.changes}
        path, effect = found.path, sum((change.effect for change in found.changes), Totals())
    call("review", "apply", fails=2, home=home)
    assert read_decisions(path) == []
    told = call("review", "apply", "--undecided", "new", "--reason", "a deadline", home=home)
    assert (
        f"{len(opened)} changes taken over that nobody had decided; of the totals moves +{effect.killed_best} killed"
        in told
    )
    (kept,) = read_decisions(path)
    assert (kept.verdict, kept.scope, kept.comment) == ("accept", "rest", "--undecided new; a deadline")
    assert (kept.before, kept.after, kept.surface) == (BASE, LATER, "command")
    assert {one.change for one in kept.covers} == opened
    assert "rest" in call("review", "log", "--before", BASE, "--after", LATER, home=home)
    (now,) = [one for one in Store(find_store(home)).standings() if one.state == "current"]
    assert now.reason == f"a deadline; --undecided new: {len(opened)} changes"


def test_what_was_left_as_before_is_no_refusal(home: Path) -> None:
    decide(home, status="accept")
    told = call("review", "apply", "--undecided", "old", home=home)
    assert "4 changes left as before that nobody had decided; of the totals would have moved" in told
    store = Store(find_store(home))
    assert store.holds() == {}
    store.promote(BASE)  # the way back: what nobody decided is open again
    with open_review(home, "current", LATER) as found:
        assert [decision.scope for decision in found.decisions] == ["group", "rest"]
        assert len(found.rest) == 4
        assert "undone: accept of 1 changes" in call("review", "undo", home=home)


def test_a_reextraction_names_the_review_first(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command, store = Command(Scope()), Store(find_store(home))
    assert finish(command, store, make_receipt(run_id=LATER)) == 0
    told = capsys.readouterr().out
    assert f"next: `dateline review --after {LATER}`, then `review apply`" in told
    assert "promote" not in told
