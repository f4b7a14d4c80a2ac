"""Event words: for each entry of events.toml a sentence that it names an event in, and one that it does not."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractors.phrases import LEXICONS
from extractors.triggers import find_triggers
from models.article import Article
from models.lexicon import read_entries
from models.trigger import EventEntry

if TYPE_CHECKING:
    from extractors.extractor import Extractor

ENTRIES = read_entries(LEXICONS / "events.toml", EventEntry)
WORDS = tomllib.loads((Path(__file__).parent / "data" / "event_words.toml").read_text(encoding="utf-8"))
SAYS: dict[str, list[str]] = WORDS["says"]
POINTING: dict[str, list[str]] = WORDS["pointing"]  # entries that make no row by themselves


def find_rules(extractor: "Extractor", sentences: list[str]) -> list[set[str]]:
    """For each sentence the entries that named its rows."""
    articles = [Article(s, str(n), published=date(2024, 5, 15)) for n, s in enumerate(sentences)]
    return [
        {e.rule.removeprefix("events.toml:") for row in rows for e in row.evidence["event_type"]}
        for _, rows in extractor.extract_events(articles)
    ]


@pytest.fixture(scope="module")
def rules(extractor: "Extractor") -> Mapping[str, set[str]]:
    sentences = [s for pair in SAYS.values() for s in pair]
    return dict(zip(sentences, find_rules(extractor, sentences), strict=True))


def test_every_entry_has_its_sentences() -> None:
    assert set(SAYS) | set(POINTING) == set(ENTRIES)


@pytest.mark.parametrize("entry", SAYS)
def test_word_names_the_event(entry: str, rules: Mapping[str, set[str]]) -> None:
    assert entry in rules[SAYS[entry][0]]


@pytest.mark.parametrize("entry", SAYS)
def test_word_means_something_else(entry: str, rules: Mapping[str, set[str]]) -> None:
    assert rules[SAYS[entry][1]] == set()


@pytest.mark.parametrize("entry", POINTING)
def test_word_points_at_an_event(entry: str, extractor: "Extractor") -> None:
    points, other = (extractor.pipeline.nlp(sentence) for sentence in POINTING[entry])
    assert entry in {t.rule for t in find_triggers(points, extractor.words.triggers)}
    assert find_triggers(other, extractor.words.triggers) == []
    assert find_rules(extractor, POINTING[entry]) == [set(), set()]


def test_phrase_may_hold_its_object(extractor: "Extractor") -> None:
    doc = extractor.pipeline.nlp("Rebels took three aid workers hostage in Gao.")
    assert [t.rule for t in find_triggers(doc, extractor.words.triggers)] == ["kidnap"]


def test_longest_phrase_wins(extractor: "Extractor") -> None:
    doc = extractor.pipeline.nlp("A suicide car bombing shook Kabul.")
    assert [(t.span.text, t.rule) for t in find_triggers(doc, extractor.words.triggers)] == [
        ("suicide car bombing", "suicide-bombing")
    ]


def test_verb_in_ing_with_its_object_is_a_noun(extractor: "Extractor") -> None:
    doc = extractor.pipeline.nlp("The storming of the prison lasted an hour.")
    assert [t.rule for t in find_triggers(doc, extractor.words.triggers)] == ["storm"]


LISTED = {
    # a list of the dead, or one made public, is no event; the deaths and the people themselves are
    "The names were found in the ministry's list of fatalities in Gaza.": set(),
    "An air strike caused nine fatalities in Gaza.": {"air-strike", "kill"},
    "The ministry released the list of prisoners in Aden on Friday.": set(),
    "The ministry released nine prisoners in Aden on Friday.": {"release"},
    "Two of the freed men spoke to reporters in Aden.": set(),
}


@pytest.mark.parametrize("text", LISTED)
def test_lists_are_no_events(text: str, extractor: "Extractor") -> None:
    (found,) = find_rules(extractor, [text])
    assert found & {"air-strike", "release", "kill"} == LISTED[text]
