"""Decisions: a file that only grows, undo without end, stale ones asked again, groups that leave out the doubtful."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.change import Change, Totals
from models.decision import Covered, Decision, make_decision
from models.errors import ReviewError
from models.policy import Policy, read_policy
from review.bulk import choose_bulk, find_removing
from review.decisions import append_decisions, find_last, read_decisions, refuse_undo, replay, sum_state

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
POLICY = read_policy(Path(__file__).parents[1] / "review" / "policy.toml")


def make_change(event: str, **fields: Any) -> Change:
    base: dict[str, Any] = {
        "operation": "changed",
        "field": "killed",
        "before_ids": (event,),
        "after_ids": (event,),
        "before": None,
        "after": [8, 8, 8],
        "kind_before": "empty",
        "kind_after": "number",
        "words_before": "",
        "words_after": "8",
        "relation": "new",
        "cause": ("+counts:death_of",),
        "confidence_before": 0.9,
        "confidence_after": 0.9,
        "effect": Totals(killed_best=8),
        "label": "air strike",
    }
    return Change.model_validate(base | fields)


def decide(verdict: str, *changes: Change, at: datetime = NOON, **fields: Any) -> Decision:
    base = {"who": "mk", "scope": "change", "before": "r1", "after": "r2", "surface": "command"}
    covers = tuple(Covered(change=c.id, hash=c.hash) for c in changes)
    return make_decision(at, **base | {"verdict": verdict, "covers": covers} | fields)


def undo(decision: Decision) -> Decision:
    return decide("undo", undoes=decision.decision_id)


def test_what_is_appended_is_read_back_and_nothing_is_lost(tmp_path: Path) -> None:
    path, changes = tmp_path / "deep" / "decisions.jsonl", [make_change("a"), make_change("b")]
    first, second = (
        decide("accept", changes[0]),
        decide("reject", changes[1], comment="line\nbreak \u202e \x1b[2J"),
    )
    append_decisions(path, [first])
    append_decisions(path, [second])
    assert read_decisions(path) == [first, second]
    assert len(path.read_bytes().splitlines()) == 2
    assert read_decisions(tmp_path / "none.jsonl") == []


def test_an_altered_or_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    append_decisions(path, [decide("accept", make_change("a")), decide("reject", make_change("b"))])
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], lines[1].replace('"reject"', '"accept"')]))
    with pytest.raises(ReviewError, match=r"decisions\.jsonl:2: no sound decision .*altered"):
        read_decisions(path)
    path.write_text(lines[0] + "\n" + lines[1][:40])
    with pytest.raises(ReviewError, match=r"decisions\.jsonl:2: no sound decision"):
        read_decisions(path)
    append_decisions(path, [decide("flag", make_change("c"))])  # a torn line takes no other with it
    assert len(path.read_bytes().splitlines()) == 3


def test_a_record_that_makes_no_sense_is_refused() -> None:
    change = make_change("a")
    for wrong in (
        {"verdict": "accept", "covers": ()},
        {"verdict": "undo", "undoes": None},
        {"verdict": "accept", "undoes": "0" * 16},
        {"verdict": "perhaps"},
        {"who": ""},
        {"verdict": "edit", "covers": (Covered(change=change.id, hash=change.hash),) * 2},
    ):
        with pytest.raises(ValueError, match="valid"):
            decide(
                **{"verdict": "accept"} | {"covers": (Covered(change=change.id, hash=change.hash),)} | wrong
            )


def test_the_newest_decision_counts_wherever_it_stands_in_the_file() -> None:
    change = make_change("a")
    newer = decide("reject", change, at=NOON + timedelta(hours=1))
    older = decide("accept", change, who="at sea")  # on a page that was taken in afterwards
    assert replay([change], [newer, older]).standings[change.id].state == "reject"
    assert find_last([newer, older]) == newer
    assert find_last([newer, older], "at sea") == older
    assert replay([change], [newer, older, undo(newer)]).standings[change.id].state == "accept"
    same = decide("accept", change, at=newer.at)
    assert (
        replay([change], [newer, same]).standings[change.id].state == "accept"
    )  # of one second: as they stand


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    children = []
    for number in range(4):
        child = os.fork()
        if not child:
            for index in range(25):
                append_decisions(
                    path, [decide("accept", make_change(f"{number}-{index}"), comment="x" * 5000)]
                )
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)
    assert len({d.decision_id for d in read_decisions(path)}) == 100


def test_the_latest_decision_wins_and_a_comment_decides_nothing() -> None:
    one, two = make_change("a"), make_change("b")
    done = replay(
        [one, two], [decide("accept", one), decide("reject", one), decide("comment", one, two, comment="hm")]
    )
    assert done.standings[one.id].state == "reject"
    assert [c.comment for c in done.standings[two.id].comments] == ["hm"]
    assert done.undecided == (two.id,)
    assert sum_state(done.standings.values()) == "partly"


def test_operations_that_the_policy_accepts_are_decided() -> None:
    moved = make_change("a", operation="moved", field="offsets")
    assert replay([moved], [], POLICY.accepted).undecided == ()
    assert replay([moved], []).undecided == (moved.id,)


@pytest.mark.parametrize(
    "changed", [{"after": [9, 9, 9]}, {"evidence_after": ({"start": 1, "end": 2, "text": "8", "rule": "r"},)}]
)
def test_a_decision_on_what_has_changed_since_is_asked_again(changed: dict[str, Any]) -> None:
    seen, now, gone = make_change("a"), make_change("a", **changed), make_change("gone")
    decision = decide("accept", seen, gone)
    done = replay([now], [decision])
    assert done.standings[now.id].state == "open"
    assert done.stale == ((decision, (seen.id, gone.id)),)


def test_undo_goes_back_step_by_step_and_forth() -> None:
    one = make_change("a")
    first, second = decide("accept", one), decide("reject", one)
    steps = [first, second]
    assert find_last(steps) == second
    steps.append(undo(second))
    assert replay([one], steps).standings[one.id].state == "accept"
    assert find_last(steps) == first
    steps.append(undo(first))
    assert replay([one], steps).standings[one.id].state == "open"
    assert find_last(steps) is None
    steps.append(undo(steps[2]))  # the undo of the rejection is undone
    assert replay([one], steps).standings[one.id].state == "reject"


@given(
    st.lists(st.tuples(st.sampled_from(["accept", "reject", "skip", "flag"]), st.integers(0, 3)), max_size=12)
)
def test_undoing_everything_gives_what_was_before(made: list[tuple[str, int]]) -> None:
    changes = [make_change(str(n)) for n in range(4)]
    steps: list[Decision] = []
    states = [replay(changes, steps).standings]
    for number, (verdict, index) in enumerate(made):
        steps.append(decide(verdict, changes[index], comment=str(number)))
        states.append(replay(changes, steps).standings)
    while last := find_last(steps):
        assert replay(changes, steps).standings == states.pop()
        steps.append(undo(last))
    assert replay(changes, steps).standings == states.pop()
    assert not states


def test_find_last_of_one_person() -> None:
    one = make_change("a")
    mine, yours = decide("accept", one), decide("reject", one, who="lena")
    assert find_last([mine, yours], "mk") == mine
    refuse_undo(undo(mine), [mine, yours])
    with pytest.raises(ReviewError, match=f"{yours.decision_id} is of lena, not of mk: decide anew instead"):
        refuse_undo(undo(yours), [mine, yours])


def test_a_group_leaves_out_the_doubtful_with_the_reason() -> None:
    plain, unsure = make_change("plain"), make_change("unsure", confidence_after=0.59)
    edited, big = make_change("edited"), make_change("big", effect=Totals(killed_best=-51))
    other, removal = make_change("two"), make_change("two", field="place", words_after="", kind_after="empty")
    decided = make_change("decided")
    group = [plain, unsure, edited, big, other, decided]
    standings = replay([*group, removal], [decide("reject", decided)]).standings
    removing = find_removing([*group, removal], standings)
    bulk = choose_bulk(group, standings, POLICY, edited={"edited"}, removing=removing)
    assert bulk.covered == (plain,)
    assert bulk.left == ((unsure, "unsure"), (edited, "edited"), (big, "effect"), (other, "removal"))
    assert bulk.decided == 1
    assert choose_bulk([removal], standings, POLICY, removing=removing).covered == (removal,)
    settled = replay([*group, removal], [decide("accept", removal)]).standings
    assert other in choose_bulk(group, settled, POLICY, removing=find_removing([removal], settled)).covered


def test_a_wrong_policy_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("confidence = 2\nkilled = 50\naccepted = []\nlevel = 0.95\n")
    with pytest.raises(ReviewError, match=r"policy\.toml: 'confidence'"):
        read_policy(path)
    with pytest.raises(ReviewError, match="cannot be read"):
        read_policy(tmp_path / "none.toml")
    assert isinstance(POLICY, Policy)


def test_a_record_is_plain_json() -> None:
    record = json.loads(decide("accept", make_change("a")).model_dump_json())
    assert record["at"] == "2026-12-01T12:00:00Z"
    assert record["covers"][0].keys() == {"change", "hash"}
