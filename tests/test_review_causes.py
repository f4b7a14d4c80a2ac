"""One cause, one kind of change, one decision: groups, their causes and parts, and their order on the page."""

import sys
from pathlib import Path

import pytest
from changed import CHANGES, make
from playwright.sync_api import Browser
from rows import FULL, make_full_row

from models.change import Change, Side, Totals
from models.event import EventRow
from review.bulk import choose_bulk
from review.causes import Circumstances
from review.compare import compare_rows
from review.decisions import replay
from review.grouping import group_all
from review.lines import Desk, make_list
from review.page import Material, render_page
from review.screen import make_console, render
from tests.browser import look
from tests.review_pages import press, ready, states, text
from tests.reviewed import POLICY, make_material, make_page

SHOOT, OTHER = "events.toml:shoot", "weapons.toml:rifle"
ONE = Circumstances(entries=frozenset({SHOOT}), stages=frozenset({"assembly"}))
TWO = Circumstances(entries=frozenset({SHOOT, OTHER}), stages=frozenset({"assembly", "weapons"}))
WHERE = dict.fromkeys(("a", "b"), CHANGES["place"] | CHANGES["status"] | CHANGES["killed"])


def read(row: EventRow, **changes: object) -> EventRow:
    return EventRow.model_validate(row.model_dump() | changes)


def test_what_one_entry_led_to_is_one_cause_whatever_fields_it_shows_in() -> None:
    old = [make_full_row(), make(2), make(3)]
    new = [make_full_row(**CHANGES["killed"], **CHANGES["date"]), make(2, status="historical")]
    changes = compare_rows(old, new, ONE)
    groups, (cause,) = group_all(changes)
    assert {change.field for change in changes} == {"killed", "date", "status", "row"}
    assert (cause.root, cause.changes, cause.groups) == (f"entry {SHOOT}", 4, len(groups))
    assert cause.effect == sum((change.effect for change in changes), Totals())


def roots(old: list[EventRow], new: list[EventRow], known: Circumstances) -> dict[str, str]:
    return {change.field: change.root for change in compare_rows(old, new, known)}


def test_of_several_entries_that_of_the_field_counts_then_of_the_row_then_of_the_page() -> None:
    rifle = {"start": 3, "end": 8, "text": "rifle", "rule": OTHER}
    old = make_full_row(evidence=FULL["evidence"] | {"weapons": (rifle,)})
    new = read(old, **CHANGES["weapons"], **CHANGES["date"], evidence=FULL["evidence"] | {"weapons": ()})
    assert roots([old], [new], TWO) == {"weapons": f"entry {OTHER}", "date": f"entry {OTHER}"}
    beside = [make(2, url=old.url)], [make(2, url=old.url, status="historical")]
    assert roots([old, *beside[0]], [new, *beside[1]], TWO)["status"] == f"entry {SHOOT}"
    assert roots(*beside, TWO) == {"status": "stage assembly"}


def test_where_rules_changed_too_an_entry_counts_only_in_its_own_field() -> None:
    known = Circumstances(entries=frozenset({SHOOT}), stages=frozenset({"assembly"}), code=True)
    assert roots([make_full_row()], [make_full_row(**CHANGES["date"])], known) == {"date": "stage assembly"}
    assert roots([make_full_row()], [make_full_row(**CHANGES["event_type"])], known) == {
        "event_type": f"entry {SHOOT}"
    }


def test_where_nothing_is_known_the_rule_is_named_and_not_called_a_cause() -> None:
    assert roots([make_full_row(), make(2)], [make(2)], Circumstances()) == {"row": "rule events.toml:shoot"}


def test_the_same_value_with_other_evidence_is_one_group_a_field() -> None:
    spans = [{"start": 42, "end": 52, "text": "at least 4", "rule": f"counts:{n}"} for n in range(3)]
    old, new = [], []
    for number, span in enumerate(spans):
        told = {"event_id": f"{number:016x}", "article_id": f"{number:016x}", "url": None}
        old.append(make_full_row(**told))
        new.append(make_full_row(**told, evidence=FULL["evidence"] | {"killed": (span,)}))
    (group,), _ = group_all(compare_rows(old, new))
    assert (group.name, group.changes) == ("killed: same value, other evidence", 3)


def make_changes() -> list[Change]:
    numbers = ((1, 2), (1, 2), (5, 7), (8, 9))
    before, after = ([make(n, killed_best=pair[side]) for n, pair in enumerate(numbers)] for side in (0, 1))
    return compare_rows(before, after, ONE)


def test_ids_of_groups_do_not_know_the_order_and_parts_share_no_change() -> None:
    changes = make_changes()
    (there,), _ = group_all(changes)
    (back,), _ = group_all(changes[::-1])
    assert there.id == back.id
    parts = [name for part in there.pairs for name in part.members]
    assert len(parts) == len(set(parts)) == 4
    assert set(there.pairs[0].members) == set(back.pairs[0].members)


def test_a_row_that_begins_to_count_is_not_put_together_with_one_that_ceases() -> None:
    old = [make(0), make(1, status="historical")]
    new = [make(0, status="historical"), make(1)]
    groups, _ = group_all(compare_rows(old, new, ONE))
    assert {group.name for group in groups} == {
        "status changed: counted → not counted",
        "status changed: not counted → counted",
    }


def test_events_that_go_are_not_accepted_with_the_rest_of_their_cause() -> None:
    changes = compare_rows([make(0), make(1), make(2)], [make(0, status="historical"), make(1)], ONE)
    bulk = choose_bulk(changes, replay(changes, []).standings, POLICY.model_copy(update={"confidence": 0}))
    assert [change.field for change in bulk.covered] == ["status"]
    assert [(change.operation, reason) for change, reason in bulk.left] == [("removed", "gone")]


@pytest.fixture(scope="module")
def review() -> Material:
    """Pages of which each says otherwise how many died, and where; one event goes. The first is the newest."""
    pages = []
    for index in range(4):
        article, rows = make_page(index)
        day = {"published": f"2024-03-{9 - index:02}T06:30:00Z", "publisher": f"{'dabc'[index]} post"}
        rows = [read(row, **day) for row in rows]
        number = {"killed_low": 5 + index % 2, "killed_best": 5 + index % 2}
        told = CHANGES["place"] | number | {"confidence": 0.9 - index / 20}
        pages.append((article, rows, [read(rows[0], **told), *rows[1 : 4 - (index == 0)]]))
    material = make_material(pages, ONE)
    sides = [
        Side(
            name=name,
            extractor_versions=(f"0.1 rules {name}{name}",),
            totals=Totals(rows=rows, killed_low=killed - 1, killed_best=killed, killed_high=killed + 9),
        )
        for name, rows, killed in (("a", 16, 1200), ("b", 15, 1204))
    ]
    material.diff = material.diff.model_copy(update={"before": sides[0], "after": sides[1]})
    return material


@pytest.fixture(scope="module")
def page(review: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("causes") / "review.html"
    path.write_text(render_page(review), encoding="utf-8")
    return path


def test_the_page_takes_a_cause_but_for_what_goes(
    browser: Browser,
    page: Path,
    review: Material,
    tmp_path: Path,
) -> None:
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        assert "follows from events.toml:shoot" in text(seen, "#groups .group")
        assert "follows from events.toml:shoot: 9 changes in 3 groups" in text(seen, ".cause-of")
        press(seen, "C")
        assert "1 of events that would be gone" in text(seen, "#dialog")
        press(seen, "Enter")
        seen.page.wait_for_function(
            "document.getElementById('log').textContent.includes('events.toml:shoot')"
        )
        found = states(seen, tmp_path / "decisions.jsonl", review)
        assert [c.operation for c in review.changes if found[c.id] == "open"] == ["removed"]
        press(seen, "u")
        assert set(states(seen, tmp_path / "undone.jsonl", review).values()) == {"open"}
        assert seen.check() == []


def test_a_part_of_a_group_is_decided_by_itself(
    browser: Browser,
    page: Path,
    review: Material,
    tmp_path: Path,
) -> None:
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        press(seen, "J")
        seen.page.get_by_role("button", name="Reject 2 ×").first.click()
        press(seen, "Enter")
        seen.page.wait_for_selector(".parts .is-rejected")
        found = states(seen, tmp_path / "decisions.jsonl", review)
        assert sorted(found.values()).count("reject") == 2
        assert len({c.field for c in review.changes if found[c.id] == "reject"}) == 1


def test_the_list_has_other_orders(browser: Browser, page: Path, review: Material) -> None:
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        first = {
            "impact": "event removed",  # as ever
            "sure": "killed changed",  # the event that goes is surer
            "newest": "event removed",  # it stands in the newest article, and goes before others of that day
            "source": "killed changed",  # the event that goes was told by the last source
            "cause": "event removed",
        }
        for order, name in first.items():
            seen.page.get_by_label("Order of the groups").select_option(order)
            shown = seen.page.locator("#groups .name").all_inner_texts()
            assert shown[0] == name, order
            assert sorted(shown) == sorted(group.name for group in review.diff.groups)
        assert "9 changes in 3 groups" in text(seen, "#groups .heading")
        assert seen.check() == []


def test_the_head_tells_totals_and_rules(browser: Browser, page: Path) -> None:
    with look(browser, page, width=1600, height=1000) as seen:
        ready(seen)
        told = text(seen, "#totals")
        assert "rows 16 → 15" in told
        assert "killed 1,200 (1,199–1,209) → 1,204 (1,203–1,213)" in told
        assert "rules aa → bb" in told


def test_the_list_in_a_terminal_tells_what_groups_follow_from(review: Material) -> None:
    outcome = replay(review.changes, [])
    desk = Desk(review.diff, review.changes, POLICY, outcome, [], lambda *_a, **_k: outcome)
    told = " ".join(render(make_list(desk), make_console(sys.stdout)).split())
    assert "follows from events.toml:shoot: 9 changes in 3 groups" in told
    assert "accept --cause 'events.toml:shoot'" in told
