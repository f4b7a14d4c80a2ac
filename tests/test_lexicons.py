"""The lexicons that analysts edit: every entry valid, no form under two ids, readable errors."""

import re
from pathlib import Path

import pytest

from extractors.actor_lexicon import vary
from extractors.phrases import LEXICONS
from models.errors import LexiconError
from models.inflection import plural_of
from models.lexicon import ActorEntry, CountryEntry, Entry, NounEntry, find_clashes, read_entries

ACTORS = read_entries(LEXICONS / "actors.toml", ActorEntry)
NOUNS = read_entries(LEXICONS / "actor_nouns.toml", NounEntry)
TITLES = read_entries(LEXICONS / "titles.toml", NounEntry)
COUNTRIES = read_entries(LEXICONS / "countries.toml", CountryEntry)


def test_size() -> None:
    assert len(ACTORS) >= 450


@pytest.mark.parametrize("entries", [ACTORS, NOUNS, TITLES], ids=["actors", "nouns", "titles"])
def test_ids_are_slugs(entries: dict[str, Entry]) -> None:
    assert [name for name in entries if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_no_actor_form_under_two_ids() -> None:
    spelt = ((form.lower(), name) for name, entry in ACTORS.items() for form in vary(entry.forms()))
    assert find_clashes(spelt) == []
    assert find_clashes((form, name) for name, entry in ACTORS.items() for form in entry.exact) == []


def test_no_exact_form_is_another_actors_name() -> None:
    owners = {form.lower(): name for name, entry in ACTORS.items() for form in entry.forms()}
    exact = [(form, name) for name, entry in ACTORS.items() for form in entry.exact]
    assert [(f, name) for f, name in exact if owners.get(f.lower(), name) != name] == []


def test_no_noun_under_two_ids() -> None:
    entries = {**{f"noun {k}": v for k, v in NOUNS.items()}, **{f"title {k}": v for k, v in TITLES.items()}}
    forms = [(form.lower(), name) for name, entry in entries.items() for form in entry.forms()]
    assert find_clashes(forms + [(form, name) for name, e in entries.items() for form in e.exact]) == []


def test_no_form_twice_in_an_entry() -> None:
    twice = [
        (name, form)
        for name, entry in (*NOUNS.items(), *TITLES.items())
        for form in (*entry.nouns, *entry.aliases)
        if (*entry.nouns, *entry.aliases).count(form) > 1
    ]
    assert twice == []


def test_no_country_is_called_as_an_actor() -> None:
    countries = {form for entry in COUNTRIES.values() for form in (*entry.forms(), *entry.exact)}
    assert [(n, f) for n, e in ACTORS.items() for f in (*e.forms(), *e.exact) if f in countries] == []


def test_parents_and_countries_are_known() -> None:
    assert [name for name, entry in ACTORS.items() if entry.parent and entry.parent not in ACTORS] == []
    assert [name for name, entry in ACTORS.items() if entry.country and entry.country not in COUNTRIES] == []


def test_short_forms_of_two_letters_are_exact() -> None:
    assert [
        (n, f) for n, e in ACTORS.items() for f in e.forms() if len(f) < 3 and f not in {"3R", "G7"}
    ] == []


def test_things_are_of_kind_other() -> None:
    assert [name for name, entry in NOUNS.items() if entry.physical and entry.kind != "other"] == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[a]\nname = "Army"\nkind = "soldiers"\n', r"^actors\.toml: \[a\]: 'kind' is 'soldiers': "),
        ('[a]\nname = "Army"\n', r"^actors\.toml: \[a\]: key 'kind' is missing$"),
        ('[a]\nname = "Army"\nkind = "police"\nalias = []\n', r"^actors\.toml: \[a\]: unknown key 'alias'"),
        (
            '[a]\nname = "Army"\nkind = "police"\ncountry = "Peru"\n',
            r"^actors\.toml: \[a\]: 'country' is 'Peru'",
        ),
        ("[a]\n[a]\n", r"^actors\.toml: .*\ba\b"),
        ("[a\n", r"^actors\.toml: "),
        ("a = 1\n", r"^actors\.toml: \[a\]: "),
    ],
)
def test_bad_entry_gives_one_readable_line(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        read_entries(path, ActorEntry)
    assert re.search(complaint, str(caught.value))
    assert "\n" not in str(caught.value)


def test_missing_file_gives_one_readable_line(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"^actors\.toml: cannot be read"):
        read_entries(tmp_path / "actors.toml", ActorEntry)


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("gunman", "gunmen"),
        ("enemy", "enemies"),
        ("boy", "boys"),
        ("witness", "witnesses"),
        ("rebel", "rebels"),
    ],
)
def test_plurals(noun: str, plural: str) -> None:
    assert plural_of(noun) == plural


def test_clash_is_told_in_one_line() -> None:
    assert find_clashes([("army", "a"), ("army", "b"), ("navy", "a")]) == [
        "'army' stands under two ids: a, b"
    ]
