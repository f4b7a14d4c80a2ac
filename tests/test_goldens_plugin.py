"""`pytest --dateline-goldens DIR` as a user runs it: what passes, changed, is new or left over, and what CI writes."""

from pathlib import Path

import pytest

from review.decisions import read_decisions
from tests.golden_folders import make_folder, read_tree, review, run_tests


def test_goldens_from_the_first_run_to_the_one_in_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    folder = make_folder(tmp_path / "news")
    propose_all(folder)
    right = accept_all(folder)
    wrong = spoil_three(folder, right)
    golden = folder / "four.expected.json"
    assert golden.read_text() == wrong  # a test run writes no golden
    review(folder, "list")
    assert "written: four" in review(folder, "accept", "--event", "four")[1]
    assert golden.read_text() == right
    run_in_ci(folder)
    assert "undone: accept of 2 changes" in review(folder, "undo")[1]
    assert golden.read_text() == wrong


def propose_all(folder: Path) -> None:
    """The first run fails, proposes a golden for every page, and writes nothing beside the pages."""
    pages = read_tree(folder)
    first = run_tests(folder)
    assert first.returncode == 1
    assert "4 failed" in first.stdout
    assert "four has no golden yet" in first.stdout
    assert "+ Gunmen [shot dead] four traders near Maiduguri on Monday, police said." in first.stdout
    assert "goldens: 4 pages to decide: dateline review --goldens news" in first.stdout
    assert not {"\x1b", "\u202e"} & set(first.stdout)
    assert (folder / ".review" / "review.html").exists()
    assert {name: data for name, data in read_tree(folder).items() if not name.startswith(".")} == pages


def accept_all(folder: Path) -> str:
    """Goldens are written once somebody has seen them; gives the bytes of one."""
    assert review(folder, "apply", "--undecided", "new")[0] != 0  # nobody has
    assert "event added" in review(folder, "list")[1]
    assert "4 of 4 goldens" in review(folder, "apply", "--undecided", "new")[1]
    assert (folder / "lines.a%2F1.expected.json").exists()
    decisions = read_decisions(folder / ".review" / "decisions.jsonl")
    assert {decision.surface for decision in decisions} == {"tests"}
    right = (folder / "four.expected.json").read_text()
    assert '"killed_best": 4,' in right
    return right


def spoil_three(folder: Path, right: str) -> str:
    """One golden is wrong, one in conflict, one without its page: each is told; gives the wrong one's bytes."""
    wrong = right.replace('"killed_best": 4,', '"killed_best": 3,').replace('"reported"', '"actual"')
    (folder / "four.expected.json").write_text(wrong)
    five = folder / "five.expected.json"
    five.write_text("<<<<<<< mine\n" + five.read_text())
    (folder / "lines.jsonl").unlink()
    second = run_tests(folder, "--snapshot-update")  # syrupy's own way to write does not reach goldens
    assert second.returncode == 1
    assert "3 failed, 1 passed" in second.stdout
    assert "four.expected.json: 2 changes" in second.stdout
    assert "status: actual → reported" in second.stdout
    assert "five:1: conflict markers of a merge" in second.stdout
    assert "lines.a%2F1.expected.json: a golden without a page" in second.stdout
    assert "goldens: 2 pages to decide" in second.stdout
    return wrong


def run_in_ci(folder: Path) -> None:
    """Where CI is set a new page fails, and nothing at all is written."""
    (folder / "new.txt").write_text("Rebels released two hostages in Goma on Friday, the army said.")
    kept = read_tree(folder.parent)
    third = run_tests(folder, ci=True)
    assert third.returncode == 1
    assert "3 failed, 2 passed" in third.stdout
    assert "new has no golden yet" in third.stdout
    assert "where CI is not set" in third.stdout
    assert read_tree(folder.parent) == kept


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = run_tests(tmp_path / "nowhere")
    assert done.returncode == 4
    assert "nowhere: no such folder" in done.stderr


def test_two_pages_cannot_share_a_golden(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "news")
    (folder / "four.html").write_text("<html></html>")
    done = run_tests(folder)
    assert done.returncode == 2
    assert "would share four.expected.json; rename one of them" in done.stdout


def test_without_syrupy_it_is_said_what_to_install(tmp_path: Path) -> None:
    done = run_tests(make_folder(tmp_path / "news"), "-p", "no:syrupy")
    assert done.returncode == 4
    assert "goldens need syrupy: pip install 'dateline[goldens]'" in done.stderr + done.stdout
