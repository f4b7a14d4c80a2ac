"""`dateline review import`: one bad line costs itself and no other, and is told by its line."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app as cli
from flows.reviews import open_review
from models.change import Change
from models.decision import Covered, Decision, make_decision
from review.decisions import read_decisions
from review.saved import Saved
from tests.reviewed_tables import BASE, LATER, make_home
from tests.test_store import NOON


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make_home(tmp_path)


def find(home: Path) -> tuple[Change, list[Change], Path]:
    """The change of a status, the others, and where decisions are kept."""
    with open_review(home, "current", "candidate") as review:
        (status,) = [change for change in review.changes if change.field == "status"]
        return status, [change for change in review.changes if change != status], review.path


def decide(verdict: str, change: Change | None = None, after: int = 0, **fields: Any) -> Decision:
    """A decision as a page makes it."""
    covers = (Covered(change=change.id, hash=change.hash),) if change else ()
    known = {"before": BASE, "after": LATER, "who": "ada", "surface": "page", "covers": covers}
    return make_decision(NOON + timedelta(minutes=after), verdict=verdict, **known | fields)


def save(path: Path, decisions: Iterable[Decision | str]) -> Path:
    """A file as the page saves it; a string is a line that it would not write."""
    lines = (one if isinstance(one, str) else one.model_dump_json() for one in decisions)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def take_in(home: Path, path: Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["review", "--home", str(home), "import", str(path)])
    return done.exit_code, done.output


def test_an_edit_that_was_undone_holds_nothing_up(home: Path, tmp_path: Path) -> None:
    status, others, path = find(home)
    bad = decide("edit", status, value='"perhaps"')
    good = decide("edit", status, 1, value='"alleged"')
    undos = [decide("undo", after=2, undoes=one.decision_id) for one in (bad, good)]
    accepted = [decide("accept", change, 3) for change in others]
    saved = save(tmp_path / "saved.jsonl", [bad, good, *undos, *accepted])
    code, told = take_in(home, saved)
    assert code == 0
    assert f"{len(others) + 2} decisions taken in, 1 undone edit left out; 0 are" in told
    assert read_decisions(path) == [good, undos[1], *accepted]
    again = decide("undo", after=4, undoes=undos[0].decision_id)  # would bring the bad edit back
    assert take_in(home, save(saved, [bad, undos[0], again, *accepted]))[0] == 1
    assert read_decisions(path) == [good, undos[1], *accepted]


def test_what_is_refused_is_told_by_line_and_the_rest_is_taken_in(home: Path, tmp_path: Path) -> None:
    status, others, path = find(home)
    first, second, killed = *others[:2], next(one for one in others if one.field == "killed")
    sound = [decide("accept", first), decide("reject", second, comment="no\u202e")]
    altered = decide("accept", second).model_dump_json().replace("ada", "bob")
    hostile = decide("edit", killed, value='{"\\u001b[2J\\u202e%s": 1}' % ("w" * 100_000))
    orphan = decide("undo", undoes="0" * 16)
    bad = decide("edit", status, value='"perhaps"')
    lines = [sound[0], bad, "{", "", altered, hostile, orphan, "[]", sound[1]]
    code, told = take_in(home, save(tmp_path / "saved.jsonl", lines))
    assert code == 1
    assert "2 decisions taken in, 6 refused; 0 are" in told
    assert read_decisions(path) == sound
    for number, fault in (
        (2, f"decision {bad.decision_id}: change {status.id}: status: status"),
        (3, "no sound decision"),
        (5, "the record was altered"),
        (6, "killed has no column ‹U+001B›[2J‹U+202E›www"),
        (7, "there is no decision 0000"),
        (8, "no sound decision"),
    ):
        (line,) = [line for line in told.splitlines() if f"saved.jsonl:{number}: " in line]
        assert fault in line
        assert len(line) < 1_000
    assert not {"\x1b", "\u202e"} & set(told)
    assert "0 decisions taken in, 6 refused" in take_in(home, tmp_path / "saved.jsonl")[1]


def test_a_file_that_is_not_there_is_told(home: Path, tmp_path: Path) -> None:
    code, told = take_in(home, tmp_path / "none.jsonl")
    assert code == 2
    assert "none.jsonl: cannot be read" in told


def test_an_undo_may_stand_in_another_file(home: Path, tmp_path: Path) -> None:
    status, _, path = find(home)
    bad = decide("edit", status, value='"perhaps"')
    undo = decide("undo", undoes=bad.decision_id)
    with open_review(home, "current", "candidate") as review:
        taken = review.take_in([Saved("a:1", bad), Saved("b:1", undo)])
        assert (taken.fresh, taken.skipped, taken.refused) == (0, 1, ())
    assert read_decisions(path) == []
