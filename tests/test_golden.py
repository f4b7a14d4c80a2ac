"""The goldens of the fixture pages: that they are whole, what their facts say, and what is known to be wrong.

Whether pages still give the rows of their goldens is tested in `fixtures/articles` by flows/goldens_plugin.py.
"""

import re

import pytest

from extractors.extractor import Extractor
from models.article import Article, read_published
from models.event import EventRow
from review.goldens import LEFT_OUT, Golden, dump, read_rows, write_outcome
from tests.goldens import ARTICLES, list_fixtures, read_facts, read_fixture, read_golden

SLUGS = list_fixtures()
TWINS = [slug for slug in SLUGS if "same_as" in read_facts(slug)["expect"]]
KNOWN = re.compile(r"^\| ([a-z-]+) \| `(\w+)` “([^”]+)” \|", re.MULTILINE)
# What an analyst would count of an event; its words may differ where a copy is cut or framed otherwise.
COUNTED = ("event_type", "status", "attribution", "claimed_by", "accused_by", "denied_by", "place_id", "country",
           "date_start", "date_end", "killed_low", "killed_best", "killed_high",
           "injured_low", "injured_best", "injured_high")  # fmt: skip


@pytest.mark.parametrize("slug", SLUGS)
def test_page_is_what_its_facts_say(slug: str) -> None:
    facts, found = read_facts(slug), read_golden(slug)
    if facts["expect"]["kind"] == "paywall":
        assert found == {"refused": "paywall"}
        return
    article = found["article"]
    assert read_published(article["published"]) == read_published(facts["published"])
    assert article["published_source"] == facts["expect"]["published_source"]
    assert article["language"] == "en"


def test_each_page_has_its_facts_and_a_golden_in_its_form() -> None:
    assert {path.stem for path in ARTICLES.glob("*.toml")} == set(SLUGS)
    for slug in SLUGS:
        assert dump(read_golden(slug)) == (ARTICLES / f"{slug}.expected.json").read_bytes()


def test_rows_known_to_be_wrong_are_still_there() -> None:
    """A row that was mended is struck off the list of fixtures/README.md."""
    listed = KNOWN.findall((ARTICLES.parent / "README.md").read_text(encoding="utf-8"))
    rows = {
        (slug, row["event_type"], row["trigger"])
        for slug in SLUGS
        for row in read_golden(slug).get("rows", ())
    }
    assert listed
    assert [entry for entry in listed if entry not in rows] == []


@pytest.mark.parametrize("slug", TWINS)
def test_copies_tell_the_same_events(slug: str) -> None:
    text = read_text(slug)
    original = {row["trigger"]: row for row in read_golden(read_facts(slug)["expect"]["same_as"])["rows"]}
    shared = {trigger: row for trigger, row in original.items() if row["sentence"] in text}
    found = {row["trigger"]: row for row in read_golden(slug)["rows"]}
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


def test_a_golden_tells_the_whole_row(extractor: Extractor) -> None:
    """But for what changes with every run; the confidence has one digit, and ids stand under the page's name."""
    pages = [page for slug in SLUGS[:8] if isinstance(page := read_fixture(slug), Article)]
    volatile = LEFT_OUT - {"article_id", "url", "publisher", "title", "language", "published"}
    seen: set[str] = set()
    for article, rows in extractor.extract_events(pages):
        golden = write_outcome(article, rows)
        told = [strip_row(row, volatile) for row in read_rows(golden, "page", "page.expected.json")]
        assert told == [strip_row(name_row(row), volatile) for row in rows]
        seen |= {name for row in rows for name in EventRow.model_fields if getattr(row, name)}
        again = write_outcome(article, read_rows(golden, "page", "page.expected.json"))
        assert [r | {"event_id": f"page:{r['event_id']}"} for r in golden["rows"] if "part_of" not in r] == [
            r for r in again["rows"] if "part_of" not in r
        ]
    assert {"weapons", "counts", "claimed_by", "published", "date_start", "latitude"} <= seen


def name_row(row: EventRow) -> EventRow:
    """The row as a golden tells it."""
    return row.model_copy(
        update={
            "event_id": f"page:{row.event_id}",
            "part_of": row.part_of and f"page:{row.part_of}",
            "confidence": round(row.confidence, 1),
        }
    )


def strip_row(row: EventRow, columns: frozenset[str]) -> Golden:
    """The row without these columns; an instant with its zone, as text."""
    told = row.model_dump(exclude=set(columns))
    return told | {"published": row.published.isoformat() if row.published else None}
