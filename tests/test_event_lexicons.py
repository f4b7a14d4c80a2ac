"""The lexicons of event words, cues, roles, sources and needs: valid, without clashes, with readable errors."""

import re
from pathlib import Path
from typing import get_args

import pytest

from extractors.phrases import LEXICONS
from models.errors import LexiconError
from models.lexicon import Entry, find_clashes, read_entries
from models.terms import EventType, WeaponCategory
from models.trigger import CueEntry, EventEntry, EventTypeEntry, NeedEntry, Needs, RoleEntry, SourceEntry

EVENTS = read_entries(LEXICONS / "events.toml", EventEntry)
CUES = read_entries(LEXICONS / "status.toml", CueEntry)
ROLES = read_entries(LEXICONS / "roles.toml", RoleEntry)
SOURCES = read_entries(LEXICONS / "sources.toml", SourceEntry)
NEEDS = read_entries(LEXICONS / "needs.toml", NeedEntry)
PASSAGES = read_entries(LEXICONS / "conflict_words.toml", NeedEntry)
TYPES = read_entries(LEXICONS / "event_types.toml", EventTypeEntry)


@pytest.mark.parametrize("entries", [EVENTS, CUES, ROLES, SOURCES, NEEDS, PASSAGES])
def test_ids_are_slugs(entries: dict[str, Entry]) -> None:
    assert [name for name in entries if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_type_has_its_entry_and_its_words() -> None:
    assert set(TYPES) == set(get_args(EventType))
    assert {entry.type for entry in EVENTS.values()} == set(get_args(EventType))


def test_a_weapon_makes_one_type() -> None:
    assert find_clashes((weapon, name) for name, entry in TYPES.items() for weapon in entry.weapons) == []
    assert {w for entry in TYPES.values() for w in entry.weapons} <= set(get_args(WeaponCategory))


def test_no_noun_under_two_ids() -> None:
    assert find_clashes((noun, name) for name, entry in EVENTS.items() for noun in entry.noun_forms()) == []


def test_no_verb_under_two_ids() -> None:
    assert find_clashes((verb, name) for name, entry in EVENTS.items() for verb in entry.verb_forms()) == []


def test_phrases_that_mean_something_else_hold_a_word_of_their_entry() -> None:
    first = {
        name: {form.split()[0] for form in (*entry.forms(), *entry.aliases)} for name, entry in EVENTS.items()
    }
    lost = [
        (name, phrase)
        for name, entry in EVENTS.items()
        for phrase in entry.unless
        if not any(word in phrase for word in first[name])
    ]
    assert lost == []


def test_what_event_words_need_is_read_somewhere() -> None:
    by_code = {
        "weapon",
        "people",
        "armed",
        "party",
        "sides",
        "munition",
        "ordnance",
        "ground",
        "state",
        "menace",
        "force",
        "captor",
    }
    assert set(get_args(Needs)) <= set(NEEDS) | by_code
    assert {"nature", "idea", "fiction", "accident", "hazard", "care", "several", "multiple"} <= set(NEEDS)


def test_words_of_conflict_are_those_that_are_counted() -> None:
    assert set(PASSAGES) == {"conflict", "strife"}


def test_only_undoing_cues_can_be_undone() -> None:
    undone = {entry.status for entry in CUES.values() if entry.undone is not None}
    assert undone <= {"negated", "denied", "thwarted"}


@pytest.mark.parametrize(
    ("text", "entry", "complaint"),
    [
        ('[a]\ntype = "brawl"\n', EventEntry, r"^words\.toml: \[a\]: 'type' is 'brawl': "),
        ('[a]\nverbs = ["hit"]\n', EventEntry, r"^words\.toml: \[a\]: key 'type' is missing$"),
        ('[a]\nstatus = "actual"\nreach = "far"\n', CueEntry, r"^words\.toml: \[a\]: 'reach' is 'far': "),
        ('[a]\nrole = "lead"\nverbs = []\n', RoleEntry, r"^words\.toml: \[a\]: 'role' is 'lead': "),
        ('[a]\nwords = ["x"]\nplural = "y"\n', NeedEntry, r"^words\.toml: \[a\]: unknown key 'plural'"),
    ],
)
def test_bad_entry_gives_one_readable_line(
    text: str, entry: type[Entry], complaint: str, tmp_path: Path
) -> None:
    path = tmp_path / "words.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=complaint):
        read_entries(path, entry)
