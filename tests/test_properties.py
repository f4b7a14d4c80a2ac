"""What holds for every text: offsets match, nothing raises, and the same input gives the same bytes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import extract_events, extract_mentions, load_extractor
from extractors.extractor import Extractor
from flows.home import find_gazetteer
from models.article import Article, read_published
from models.event import EventRow

PIECES = [
    "Gunmen killed 12 villagers in Mopti on Monday.",
    "The army shelled Kharkiv overnight,",
    "at least 66 rocket attacks since October 17",
    "the group said it will retaliate.",
    "“It was them,” he said.",
    "Al-Asad Air Base",
    "U.S. fighter jets launched attacks near Jurf al-Sakhar, south of Baghdad.",
    "No casualties were reported.",
    "منظمة",
    "Донецьк",
    "\u202eevil\u202c",
    "\x1b[31m",
    "\u2028",
    "=HYPERLINK(1)",
    "3,000",
    "In 2020,",
    "’s",
    "\n\n",
    "\x00",
    "👩‍👩‍👧",
    "a" * 300,
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=10).map("".join),
)
SLOW = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load_extractor(find_gazetteer())


def find_spans(row: EventRow) -> Iterable[tuple[int, int, str]]:
    """Every (start, end, text) that a row claims of its article."""
    yield row.trigger_start, row.trigger_end, row.trigger
    for told in row.sentences:
        yield told.start, told.end, told.text
    for spans in row.evidence.values():
        for span in spans:
            yield span.start, span.end, span.text


@SLOW
@given(text=TEXTS, published=st.one_of(st.none(), st.dates()))
def test_rows_of_any_text_point_at_their_words(extractor: Extractor, text: str, published: Any) -> None:
    article = Article(text=text, doc_id="any", published=published)
    for _, rows in extract_events(extractor, [article]):
        for row in rows:
            assert all(text[start:end] == words for start, end, words in find_spans(row))
            assert row.sentence in {told.text for told in row.sentences}
            assert EventRow.model_validate_json(row.model_dump_json()) == row
            for low, best, high in ((row.killed_low, row.killed_best, row.killed_high),):
                known = [n for n in (low, best, high) if n is not None]
                assert known == sorted(known)


@SLOW
@given(text=TEXTS)
def test_mentions_of_any_text_point_at_their_words(extractor: Extractor, text: str) -> None:
    for _, mentions in extract_mentions(extractor, [Article(text=text, doc_id="any")]):
        assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)
        assert all(m["text"] for m in mentions)


def test_a_page_keeps_its_event_ids_wherever_it_is_read_from(extractor: Extractor) -> None:
    text, url = "Rebels attacked the town of Goma on Monday.", "https://paper.example/goma"
    night, file = Article(text=text, doc_id=url, url=url), Article(text=text, doc_id="saved.html", url=url)
    line, other = (Article(text=text, doc_id=n, url=url, identity=n) for n in ("1", "2"))
    ids = [rows[0].event_id for _, rows in extract_events(extractor, [night, file, line, other])]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_event_ids_are_unique_within_an_article(extractor: Extractor) -> None:
    text = (
        "Rebels attacked the town. Rebels attacked the town. Soldiers were killed in an attack and a bombing."
    )
    for _, rows in extract_events(extractor, [Article(text=text, doc_id="twice")]):
        assert len({row.event_id for row in rows}) == len(rows)


REPORTS = [
    "Militants killed eight soldiers in an ambush near Djibo on Friday, the army said.",
    "Shares in the drone maker fell 4% after weak results.",
    "Drones struck a depot in Belgorod overnight, injuring two people. Ukraine did not comment.",
    "In 2019, the group carried out a series of bombings in Cali that left three dead.",
]


def dump(extractor: Extractor, articles: Iterable[Article]) -> dict[str, list[str]]:
    return {
        a.doc_id: [row.model_dump_json() for row in rows] for a, rows in extract_events(extractor, articles)
    }


def test_neither_order_nor_batch_changes_a_row(extractor: Extractor) -> None:
    articles = [
        Article(text=text, doc_id=str(n), published=read_published("2024-05-02"))
        for n, text in enumerate(REPORTS)
    ]
    whole = dump(extractor, articles)
    assert any(whole.values())
    assert dump(extractor, reversed(articles)) == whole
    assert {k: v for article in articles for k, v in dump(extractor, [article]).items()} == whole
    assert dump(extractor, articles * 40) == whole


def test_the_hash_seed_changes_no_byte(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    lines = [{"doc_id": str(n), "text": text, "date": "2024-05-02"} for n, text in enumerate(REPORTS)]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    dateline = str(Path(sys.executable).with_name("dateline"))
    command = [dateline, "extract", "--input", "jsonl", "--format", "jsonl", str(source)]
    outputs = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert outputs != {b""}
