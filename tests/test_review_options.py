"""Options of `dateline review`: they count before a subcommand as behind it, and never contradict silently."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from flows.reviews import open_review
from tests.command import COMMAND, call
from tests.golden_folders import review as review_goldens
from tests.reviewed_tables import BASE, LATER, make_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_home(tmp_path_factory.mktemp("home"))


def review(*words: str | Path, fails: int = 0) -> str:
    return call("review", *words, fails=fails)


def test_what_stands_before_a_subcommand_is_its_own(home: Path) -> None:
    assert "0 of 4 groups decided" in review("--home", home, "list")
    told = review("--before", LATER, "--after", BASE, "--home", home, "list")
    assert f"before {LATER}" in told
    assert f"after {BASE}" in told
    second = review("--home", home, "show", "2")
    assert review("--home", home, "--group", "2", "show") == second
    assert review("--home", home, "--group", "2").startswith(second)
    assert "2. " in second
    review("--home", home, "--group", "2", "accept", "--except-below", "0")
    with open_review(home, "current", "candidate") as found:
        (decision,) = found.decisions
        assert {one.change for one in decision.covers} == set(found.diff.groups[1].members)
    review("--home", home, "undo")


def test_what_contradicts_is_a_usage_error(home: Path, tmp_path: Path) -> None:
    for words, told in (
        (("--home", home, "list", "--home", tmp_path), "say it once"),
        (("--after", LATER, "status", "--after", BASE), "say it once"),
        (("--before", LATER, "log", "--before", BASE), "say it once"),
        (("--group", "2", "show", "1"), "group is 2 before `show` and 1 behind it"),
        (("--group", "2", "list"), "`list` has no --group"),
        (("--group", "2", "apply"), "`apply` has no --group"),
        (("--serve", "list"), "`list` has no --serve"),
        (("--serve", "--group", "1"), "--serve takes no --group"),
        (("--goldens", tmp_path, "list", "--home", home), "--goldens is a review of its own: --home"),
        (("--goldens", tmp_path, "--before", BASE, "list"), "--goldens is a review of its own: --before"),
        (("--goldens", tmp_path, "--after", BASE), "--goldens is a review of its own: --after"),
    ):
        assert told in review(*words, fails=2)
    assert "0 of 4 groups decided" in review("--home", home, "list", "--home", home)
    assert "name what is decided" in review("--home", home, "--group", "1", "accept", "--event", "x", fails=2)
    assert "name the group" in review("--home", home, "show", fails=2)


def test_a_folder_of_goldens_is_handed_down(tmp_path: Path) -> None:
    assert review_goldens(tmp_path, "list")[0] == 0
    assert "no such folder" in review("--goldens", tmp_path / "none", "list", fails=2)


@pytest.mark.parametrize("words", [("--serve",), ("--serve", "serve")])
def test_the_app_opens_by_option_and_by_subcommand(home: Path, words: tuple[str, ...]) -> None:
    line = [COMMAND, "review", "--home", str(home), *words]
    env = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env) as child:
        assert child.stdout
        told = child.stdout.readline()
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    assert told.startswith("http://127.0.0.1:")
    assert "#key=" in told
