"""`dateline diff` over files: what is printed, in which format, with which exit code; hostile and broken input."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from changed import make
from click.testing import Result
from rows import HOSTILE, make_full_row, make_hostile_row
from typer.testing import CliRunner

from flows.cli import app
from flows.compared import compare_files
from flows.comparison import Comparison
from models.change import Change, Diff
from models.errors import InputError
from models.event import EventRow, Evidence, Told
from review.applying import apply_changes, read_content
from review.compare import compare_rows
from review.diff_markdown import MOST, escape, write_markdown, write_quotes
from review.diff_words import quote

OTHER = "f" * 16
BEFORE = [
    make_full_row(),
    make(1),
    make(2, killed_best=3),
    make_hostile_row().model_copy(update={"event_id": OTHER}),
]
AFTER = [
    make_full_row(killed_low=5, killed_best=5, extractor_version="0.2.0 def"),
    make(2, "c" * 16, killed_best=2),
    make(3),
    make_hostile_row().model_copy(update={"event_id": OTHER, "reported_by": ("a|b\nc",)}),
]


def write(path: Path, rows: Iterable[EventRow]) -> Path:
    lines = ({"doc_id": "d", **row.model_dump(mode="json")} for row in rows)
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def run(*words: str | Path, home: Path | None = None) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, words), *(["--home", str(home)] if home else [])])


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "old.jsonl", BEFORE), write(tmp_path / "new [1].jsonl", AFTER)


def test_files_give_the_changes_that_the_lists_of_rows_give(files: tuple[Path, Path]) -> None:
    with compare_files(*files) as found:
        changes = list(found.changes())
        by_id = {change.id: change for change in changes}
        told = {change.id: change for change in compare_rows(BEFORE, AFTER)}
        assert {name: (c.before, c.after, c.effect, c.hash) for name, c in by_id.items()} == {
            name: (c.before, c.after, c.effect, c.hash) for name, c in told.items()
        }
        assert apply_changes(BEFORE, changes) == {row.event_id: read_content(row) for row in AFTER}
        check_sums(found)
        assert found.diff.before.extractor_versions == ("0.1.0 abc",)
        assert found.diff.after.extractor_versions == ("0.1.0 abc", "0.2.0 def")


def check_sums(found: Comparison) -> None:
    diff = found.diff
    assert diff.changes == sum(group.changes for group in diff.groups) == len(list(found.changes()))
    for group in diff.groups:
        assert [change.id for change in found.changes(group.number)] == list(group.members)
        assert group.changes == len(group.members)
    total = sum((group.effect for group in diff.groups), type(diff.effect)())
    assert total == diff.effect
    told = sum(count for operation, count in diff.rows.items() if operation != "added")
    assert diff.same + told == diff.before.totals.rows


def test_the_terminal_says_all_without_a_control(files: tuple[Path, Path]) -> None:
    done = run(*files)
    assert done.exit_code == 0, done.output
    assert "rows: 1 removed, 1 added, 3 changed, 0 the same; 5 changes in 1 article" in done.stdout
    assert "is the baseline right?" in done.stdout
    assert "killed: ≥ 4 → ≥ 5" in done.stdout
    assert "dead [at least 4] traders" in done.stdout
    assert all(letter.isprintable() or letter == "\n" for letter in done.stdout)
    assert done.stdout.index("event removed") < done.stdout.index("killed changed")
    one = run(*files, "--group", "1", "--all")
    assert "Lower Alder" in one.stdout
    assert "Upper Alder" not in one.stdout


def test_json_holds_every_change_with_id_and_hash(files: tuple[Path, Path]) -> None:
    done = run(*files, "--format", "json")
    told = json.loads(done.stdout)
    assert told["format"] == "dateline-diff/1"
    members = [member for group in told["groups"] for member in group["members"]]
    assert len(members) == told["changes"] == 5
    for member in members:
        change = Change.model_validate({k: v for k, v in member.items() if k not in {"id", "hash"}})
        assert (change.id, change.hash) == (member["id"], member["hash"])
    assert told["effect"]["killed_best"] == 0
    assert "\u202e" not in done.stdout
    fields = json.loads(run(*files, "-f", "json", "--field", "reported_by").stdout)
    assert [group["field"] for group in fields["groups"]] == ["reported_by"]


def test_markdown_is_inert(files: tuple[Path, Path]) -> None:
    done = run(*files, "--format", "markdown", "--all")
    assert "<script" not in done.stdout
    assert "a&#124;b c" in done.stdout
    table = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in table} <= {5, 8}
    assert escape("@all #1 [x](y) **b**\n\x1b`") == (
        "&#64;&#8203;all &#35;&#8203;1 &#91;x&#93;&#40;y&#41; &#42;&#42;b&#42;&#42; ‹U&#43;001B›&#96;"
    )


def test_what_a_quote_leaves_out_is_seen() -> None:
    text = f"{'x ' * 200}killed{' y' * 200}"
    told = Told(start=10, end=10 + len(text), text=text)
    evidence = (Evidence(start=410, end=416, text="killed", rule="r"),)
    assert quote(told, evidence).pieces[0][0] == "… "
    assert quote(told, evidence).pieces[-1][0] == " …"
    whole = Told(start=0, end=6, text="killed")
    assert quote(whole, (Evidence(start=0, end=6, text="killed", rule="r"),)).pieces == (("killed", True),)
    assert "".join(write_quotes("=", [told], evidence)).count("…") == 2


def test_markdown_stays_short_and_counts_what_it_leaves_out(tmp_path: Path) -> None:
    old = [make(n % 4, f"{n:016x}", killed_best=1) for n in range(300)]
    rule = {"start": 0, "end": 7, "text": "Gunmen "}
    new = [
        row.model_copy(
            update={"killed_best": 2, "evidence": {"killed": ({**rule, "rule": f"r{HOSTILE}{n}"},)}}
        )
        for n, row in enumerate(old)
    ]
    new = [EventRow.model_validate(row.model_dump(warnings=False)) for row in new]
    with compare_files(write(tmp_path / "a.jsonl", old), write(tmp_path / "b.jsonl", new)) as found:
        text = "\n".join(write_markdown(found.diff, found.diff.groups, lambda g: found.changes(g.number)))
        assert len(text) < MOST + 2000
        assert len(found.diff.groups) > 250
        assert "more groups with" in text
        assert "Examples of" in text


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 0),
        (["--exit-code"], 1),
        (["--fail-on", "killed,split"], 1),
        (["--fail-on", "removed"], 1),
        (["--fail-on", "status, moved"], 0),
        (["--fail-on", "kiled"], 2),
        (["--field", "status"], 2),
        (["--group", "77"], 2),
    ],
)
def test_exit_codes(files: tuple[Path, Path], options: list[str], code: int) -> None:
    done = run(*files, *options)
    assert done.exit_code == code
    assert len(done.stderr.splitlines()) == (code == 2)


def test_no_difference(files: tuple[Path, Path]) -> None:
    done = run(files[0], files[0], "--exit-code")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "no difference")
    assert "No difference." in run(files[0], files[0], "-f", "markdown").stdout
    assert json.loads(run(files[0], files[0], "-f", "json").stdout)["groups"] == []


def compare(tmp_path: Path, old: list[EventRow], new: list[EventRow]) -> Diff:
    with compare_files(write(tmp_path / "a.jsonl", old), write(tmp_path / "b.jsonl", new)) as found:
        check_sums(found)
        return found.diff


def test_empty_files_are_runs_without_rows(tmp_path: Path) -> None:
    assert compare(tmp_path, [], []).changes == 0
    assert compare(tmp_path, [], [make(0)]).rows == {"added": 1}
    gone = compare(tmp_path, [make(0)], [])
    assert gone.rows == {"removed": 1}
    assert gone.effect.rows == -1


def test_texts_of_a_document_without_address_are_one_page(tmp_path: Path) -> None:
    old = [make(0, "a" * 16, url=None), make(1, "b" * 16, url=None)]
    new = [row.model_copy(update={"article_id": "11" * 8}) for row in (old[0], make(1, "c" * 16, url=None))]
    assert compare(tmp_path, old, new).rows == {"moved": 2}


def test_a_row_that_only_lists_its_parts_in_another_order_is_the_same(tmp_path: Path) -> None:
    some, other = ({"text": name, "name": name, "kind": "militia", "named": True} for name in ("A", "B"))
    diff = compare(tmp_path, [make(0, actors=(some, other))], [make(0, actors=(other, some))])
    assert (diff.same, diff.changes, diff.rows) == (1, 0, {})


def spoil(tmp_path: Path, text: str | bytes) -> str:
    good, bad = write(tmp_path / "good.jsonl", BEFORE), tmp_path / "bad.jsonl"
    bad.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as fault, compare_files(good, bad):
        pass
    assert "\n" not in str(fault.value)
    return str(fault.value)


def test_what_is_no_file_of_rows_is_refused_in_one_line(tmp_path: Path) -> None:
    line = json.dumps(make(0).model_dump(mode="json"))
    assert "bad.jsonl:2" in spoil(tmp_path, f"{line}\n{{\n")
    assert "event 0000000000000000 stands twice" in spoil(tmp_path, f"{line}\n{line}\n")
    assert "1 lines are no event rows" in spoil(tmp_path, f'{line}\n{{"doc_id": "x", "text": "y"}}\n')
    assert "bad.jsonl" in spoil(tmp_path, b"\xff\xfe\x00")
    wrong: dict[str, Any] = make(0).model_dump(mode="json") | {"status": "sure"}
    assert "event 0000000000000000 is no event row" in spoil(tmp_path, json.dumps(wrong))
    assert "cannot be read" in run(tmp_path / "good.jsonl", tmp_path / "none.jsonl").stderr
    assert "there is no candidate run" in run("candidate", home=tmp_path).stderr
    assert "no such run or file" in run("current", "2024", home=tmp_path).stderr
