"""Each fixture page, from its bytes to its rows, against the golden that a person has read."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from goldens import (
    ARTICLES,
    Golden,
    compare,
    dump,
    find_golden,
    list_fixtures,
    name_row,
    read_facts,
    read_fixture,
    read_golden,
    write_outcome,
)

from extractors.extractor import Extractor
from models.article import Article, read_published

SLUGS = list_fixtures()
TWINS = [slug for slug in SLUGS if "same_as" in read_facts(slug)["expect"]]
KNOWN = re.compile(r"^\| ([a-z-]+) \| `(\w+)` “([^”]+)” \|", re.MULTILINE)
# What an analyst would count of an event; its words may differ where a copy is cut or framed otherwise.
COUNTED = ("event_type", "status", "attribution", "claimed_by", "accused_by", "denied_by", "place_id", "country",
           "date_start", "date_end", "killed_low", "killed_best", "killed_high",
           "injured_low", "injured_best", "injured_high")  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(extractor: Extractor) -> dict[str, Golden]:
    """What every page gives now."""
    pages = {slug: read_fixture(slug) for slug in SLUGS}
    articles = [page for page in pages.values() if isinstance(page, Article)]
    rows = {id(article): rows for article, rows in extractor.extract_events(articles)}
    return {slug: write_outcome(page, rows.get(id(page), ())) for slug, page in pages.items()}


def check_golden(path: Path, found: Golden, update: bool, ci: bool) -> str | None:
    """What is wrong, or nothing. Writes a golden that is missing or to be updated, but never in CI."""
    before = read_golden(path)
    differences = compare(before, found) if before else [f"{path.name} is missing"]
    if not differences:
        return None
    if ci or (before and not update):
        return "\n".join([f"{path.name}:", *differences, "", "If this is right: pytest --update-goldens"])
    path.write_text(dump(found), encoding="utf-8")
    return "\n".join([*differences, f"{path.name} was written: read it against the page, then commit it"])


@pytest.mark.parametrize("slug", SLUGS)
def test_rows_are_those_of_the_golden(
    slug: str, outcomes: dict[str, Golden], pytestconfig: pytest.Config
) -> None:
    update = bool(pytestconfig.getoption("--update-goldens"))
    wrong = check_golden(find_golden(slug), outcomes[slug], update, "CI" in os.environ)
    if wrong:
        pytest.fail(wrong, pytrace=False)


@pytest.mark.parametrize("slug", SLUGS)
def test_page_is_what_its_facts_say(slug: str, outcomes: dict[str, Golden]) -> None:
    facts, found = read_facts(slug), outcomes[slug]
    if facts["expect"]["kind"] == "paywall":
        assert found == {"refused": "paywall"}
        return
    article = found["article"]
    assert read_published(article["published"]) == read_published(facts["published"])
    assert article["published_source"] == facts["expect"]["published_source"]
    assert article["language"] == "en"


def test_no_golden_is_left_of_a_page_that_is_gone() -> None:
    kept = {path.name.removesuffix(".expected.json") for path in ARTICLES.glob("*.expected.json")}
    assert sorted(kept - set(SLUGS)) == []
    assert {path.stem for path in ARTICLES.glob("*.toml")} == set(SLUGS)


def test_rows_known_to_be_wrong_are_still_there() -> None:
    """A row that was mended is struck off the list of fixtures/README.md."""
    listed = KNOWN.findall((ARTICLES.parent / "README.md").read_text(encoding="utf-8"))
    kept = {slug: read_golden(find_golden(slug)) or {} for slug in SLUGS}
    rows = {(slug, row["event_type"], row["trigger"]) for slug in SLUGS for row in kept[slug].get("rows", ())}
    assert listed
    assert [entry for entry in listed if entry not in rows] == []


@pytest.mark.parametrize("slug", TWINS)
def test_copies_tell_the_same_events(slug: str, outcomes: dict[str, Golden]) -> None:
    text = read_text(slug)
    original = {row["trigger"]: row for row in outcomes[read_facts(slug)["expect"]["same_as"]]["rows"]}
    shared = {trigger: row for trigger, row in original.items() if row["sentence"] in text}
    found = {row["trigger"]: row for row in outcomes[slug]["rows"]}
    assert shared
    assert shared.keys() <= found.keys() <= original.keys()
    for trigger, row in shared.items():
        assert count_event(row) == count_event(found[trigger])
        assert list_names(found[trigger]) <= list_names(row)  # a copy that is cut names fewer


def read_text(slug: str) -> str:
    page = read_fixture(slug)
    assert isinstance(page, Article)
    return page.text


def count_event(row: Golden) -> tuple[str, ...]:
    """What is counted of a row."""
    return tuple(str(row.get(column)) for column in COUNTED)


def list_names(row: Golden) -> set[tuple[str, str]]:
    """A row's parties and means by name."""
    return {(c, str(part["name"])) for c in ("actors", "targets", "weapons") for part in row.get(c, ())}


ROW: Golden = {
    "event_id": "1",
    "event_type": "shelling",
    "status": "reported",
    "actors": [{"name": "army"}],
    "killed_best": 3,
    "sentence": "Shells fell on the old harbour at noon and three fishermen were killed, witnesses said.",
    "trigger": "Shells fell",
    "evidence": {"killed": ["41:46 three [casualties:killed]"]},
}
OTHER: Golden = ROW | {
    "event_id": "2",
    "event_type": "raid",
    "trigger": "raided",
    "sentence": "Police raided a farm.",
}
NAME = "shelling “Shells fell” Shells fell on the old harbour at noon and …"


def make_golden(*rows: Golden, **article: Any) -> Golden:
    return {"article": {"title": "Harbour shelled"} | article, "rows": list(rows)}


def test_nothing_differs_from_itself() -> None:
    assert compare(make_golden(ROW, OTHER), make_golden(OTHER, ROW)) == []


def test_a_row_gained_and_a_row_lost() -> None:
    assert compare(make_golden(OTHER), make_golden(OTHER, ROW)) == [f"gained   {NAME}"]
    assert compare(make_golden(OTHER, ROW), make_golden(OTHER)) == [f"lost     {NAME}"]


def test_a_change_is_told_field_by_field() -> None:
    changed = ROW | {
        "killed_best": 4,
        "actors": [{"name": "navy"}],
        "place_name": "Old Harbour",
        "evidence": {"killed": ["41:45 four [casualties:killed]"]},
    }
    del changed["status"]
    assert compare(make_golden(ROW), make_golden(changed, title="Harbour hit")) == [
        "article",
        '    title: "Harbour shelled" → "Harbour hit"',
        f"changed  {NAME}",
        '    status: "reported" → –',
        '    actors: − {"name": "army"}',
        '    actors: + {"name": "navy"}',
        "    killed_best: 3 → 4",
        '    evidence of killed: − "41:46 three [casualties:killed]"',
        '    evidence of killed: + "41:45 four [casualties:killed]"',
        '    place_name: – → "Old Harbour"',
    ]


@pytest.mark.parametrize("field", ["event_type", "trigger", "sentence"])
def test_a_row_of_another_type_word_or_sentence_is_changed_not_lost_and_gained(field: str) -> None:
    lines = compare(make_golden(ROW, OTHER), make_golden(ROW | {field: "bombing", "event_id": "9"}, OTHER))
    assert lines[0] == f"changed  {NAME}"
    assert f'    {field}: "{ROW[field]}" → "bombing"' in lines


def test_a_page_that_is_refused_has_lost_its_rows() -> None:
    lines = compare(make_golden(ROW), {"refused": "paywall"})
    assert lines == [
        'refused: – → "paywall"', "article", '    title: "Harbour shelled" → –', f"lost     {name_row(ROW)}"
    ]  # fmt: skip


def test_a_missing_golden_is_written_and_fails_but_not_in_ci(tmp_path: Path) -> None:
    path, golden = tmp_path / "a.expected.json", make_golden(ROW)
    assert "a.expected.json is missing" in str(check_golden(path, golden, update=False, ci=True))
    assert not path.exists()
    assert "read it against the page" in str(check_golden(path, golden, update=False, ci=False))
    assert read_golden(path) == golden
    assert check_golden(path, golden, update=False, ci=True) is None


def test_a_golden_is_only_overwritten_when_asked_and_never_in_ci(tmp_path: Path) -> None:
    path, golden, later = tmp_path / "a.expected.json", make_golden(ROW), make_golden(ROW, OTHER)
    path.write_text(dump(golden), encoding="utf-8")
    for update, ci in ((False, False), (False, True), (True, True)):
        assert "gained   raid" in str(check_golden(path, later, update, ci))
        assert read_golden(path) == golden
    assert "was written" in str(check_golden(path, later, update=True, ci=False))
    assert read_golden(path) == later
