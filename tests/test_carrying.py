"""Carry-over: what is not read again is what a full reading would give, byte for byte."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractors.carrying import Carry, Decision, plan_carry
from extractors.stages import STAGES, digest_stages, list_files, list_readers
from flows.home import ROOT

READ = {
    "prefilter": "read",
    **dict.fromkeys(("actors", "weapons", "places", "dates", "counts", "casualties"), "x"),
}
UNREAD = {"prefilter": "unread"}
STAGES_NOW = digest_stages(ROOT, "model", "gazetteer")


def read_now(name: str, _digest: str) -> bytes:
    return list_files(ROOT)[name].read_bytes()


def plan(old: dict[str, str], read_old: Any = read_now) -> Carry:
    return plan_carry(old, STAGES_NOW, read_old, read_now, list_readers(ROOT))


def with_other(*stages: str) -> dict[str, str]:
    """The stages as they would be with other code."""
    return STAGES_NOW | {f"{before}{stage}": "other" for stage in stages for before in ("", "code/")}


def test_where_nothing_changed_all_is_carried_over() -> None:
    same = plan(dict(STAGES_NOW))
    assert same.is_nothing
    assert same.decide("Gunmen killed two.", READ) == Decision("carry")


@pytest.mark.parametrize(
    ("stages", "step", "known"),
    [
        (("weapons",), "check", {"actors", "places", "dates", "counts", "casualties"}),
        (("weapons", "counts", "prefilter"), "check", {"actors", "places", "dates", "casualties"}),
        (("weapons", "assembly"), "read", {"actors", "places", "dates", "counts", "casualties"}),
        (("assembly",), "read", {*READ} - {"prefilter"}),
        (("parse",), "read", set()),
        (("reader", "weapons"), "reader", set()),
    ],
)
def test_what_other_code_means_for_a_text_that_was_read(
    stages: tuple[str, ...], step: str, known: set[str]
) -> None:
    decision = plan(with_other(*stages)).decide("Gunmen killed two.", READ)
    assert (decision.step, decision.stages) == (step, {*stages})
    assert decision.list_known(READ) == dict.fromkeys(known, "x")
    assert decision.list_known(UNREAD) == {}


def test_a_text_that_no_stage_has_seen_hangs_on_the_prefilter_alone() -> None:
    assert plan(with_other("weapons", "assembly", "parse")).decide("A new wing.", UNREAD) == Decision("carry")
    asked = plan(with_other("weapons", "prefilter")).decide("A new wing.", UNREAD)
    assert (asked.step, asked.stages) == ("check", {"prefilter"})


def test_a_run_of_which_no_stages_are_known_is_done_again() -> None:
    assert plan({}).stages == frozenset(STAGES)
    assert plan(with_other("weapons")).decide("Gunmen killed two.", {}).step == "read"


def change_file(name: str, old: str) -> Carry:
    """A plan where a lexicon had an entry more before."""
    changed = STAGES_NOW | {f"files/{name}": "other"}
    changed |= dict.fromkeys(list_readers(ROOT)[name], "other")
    return plan(
        changed, lambda name, digest: read_now(name, digest) + (old.encode() if digest == "other" else b"")
    )


def test_an_edit_of_a_lexicon_asks_its_stages_where_its_forms_stand() -> None:
    carry = change_file("weapons.toml", '\n[zorp-gun]\nname = "zorp gun"\ncategory = "other"\n')
    assert not carry.stages
    assert carry.decide("Two were shot.", READ) == Decision("carry")
    assert carry.decide("Two zorp guns.", READ) == Decision("check", frozenset({"weapons", "prefilter"}))
    assert carry.decide("Two zorp guns.", UNREAD) == Decision("check", frozenset({"prefilter"}))


def test_an_edit_that_assembly_reads_means_reading_again() -> None:
    carry = change_file("status.toml", '\n[zorp]\nstatus = "planned"\nreach = "clause"\nwords = ["zorp"]\n')
    assert carry.decide("They zorp.", READ) == Decision("read", frozenset({"assembly"}))
    assert carry.decide("They sleep.", READ) == Decision("carry")


def test_pages_are_read_again_where_signs_of_pages_changed() -> None:
    sign = '\n[zorp]\nwords = ["zorp"]\n'
    assert change_file("pages.toml", sign).decide("Two were shot.", READ) == Decision(
        "reader", frozenset({"reader"})
    )
    assert change_file("pages.toml", "# a comment\n").decide("Two were shot.", READ) == Decision("carry")


def test_a_lost_file_of_an_old_run_touches_every_text() -> None:
    changed = STAGES_NOW | {"files/roles.toml": "other", "assembly": "other"}
    carry = plan(changed, lambda *_: None)
    assert carry.decide("Two were shot.", READ) == Decision("read", frozenset({"assembly"}))


SEEDS = "31,40"


def carried(work: Path, seeds: str, sources: Path = ROOT) -> list[dict[str, Any]]:
    """What the process tells of each edit."""
    env = os.environ | {"PYTHONPATH": f"{sources}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "tests.carried", str(work), seeds]
    done = subprocess.run(command, cwd=work, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_carrying_over_gives_what_a_full_reading_gives(tmp_path: Path) -> None:
    """Random edits of lexicons with words out of the fixtures, then edits of two finders' code.

    Longer: `python -m tests.carried FOLDER 1,2,3… [TEXTS.jsonl]`.
    """
    told = carried(tmp_path, SEEDS)
    assert [one["wrong"] for one in told] == [[]] * len(told)
    steps = {step for one in told for step in one["steps"]}
    assert {"carry", "read"} <= steps
    assert sum(one["changed"] for one in told) > 0

    for room in ("extractors", "models"):
        shutil.copytree(ROOT / room, tmp_path / "code" / room, ignore=shutil.ignore_patterns("__pycache__"))
    rules = tmp_path / "code" / "extractors" / "number_contexts.py"
    text = rules.read_text(encoding="utf-8")
    assert "len(written) <= 2 and AGE_LEFT" in text
    rules.write_text(
        text.replace("len(written) <= 2 and AGE_LEFT", "len(written) <= 1 and AGE_LEFT"), encoding="utf-8"
    )
    with (rules.parent / "weapons.py").open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    (told_of_code,) = carried(tmp_path, ",", tmp_path / "code")
    assert told_of_code["wrong"] == []
    assert told_of_code["steps"]["checked"] > 0
    assert set(told_of_code["steps"]) <= {"checked", "checked, read", "carry"}
