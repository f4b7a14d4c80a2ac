"""What an edit of a lexicon touches: a sentence for each rule, and one that it leaves alone."""

import pickle
import tomllib

import pytest

from extractors.lexicon_changes import find_changes
from extractors.lexicon_forms import RULES
from extractors.phrases import LEXICONS
from extractors.text_forms import collect
from flows.lexicons import check_lexicons
from models.lexicon_entries import MODELS

WEAPONS = """
[kornet]
name = "Kornet"
category = "rocket"
aliases = ["9M133"]

[car-bomb]
name = "car bomb"
category = "car_bomb"
unless = ["photo bomb"]
carriers = ["truck"]
loads = ["loaded with"]
"""
STATUS = """
[claim]
status = "alleged"
reach = "governs"
verbs = ["claim"]

[plan]
status = "planned"
reach = "governs"
verbs = ["carry through"]
unless = ["as planned"]
"""
ROLES = """
[light]
role = "light"
verbs = ["carry out"]
"""
VAGUE = """
[house]
changes = ["rose"]

[house.words.dozens]
forms = ["dozens"]
low = 24

[house.bounds.at_least]
form = "at_least"
before = ["at least"]
"""
PEOPLE = """
[people]
words = ["soldier", "trader"]
"""
COUNTRIES = """
[MLI]
name = "Mali"
domain = "ml"
demonyms = ["Malian"]
metonyms = ["the Koulouba Palace"]
"""
PLACES = """id,name,aliases,country,admin1,latitude,longitude,radius_km,precision,kind
shujaiya,Shujaiya,,PSE,Gaza,31.5,34.4,2,exact,neighbourhood
gao-region,Gao Region,,MLI,,17,0,200,province,province
"""
HOLIDAYS = """
[eid]
aliases = ["Eid al-Fitr"]
easter = 1
"""
EDITS = {  # file, edit (what for what), a text that is touched, a text that is not
    "a form that goes": ("weapons.toml", WEAPONS, '"9M133"', "", "two 9M133s hit", "two 9M13 hit"),
    "its plural": ("weapons.toml", WEAPONS, "rocket", "other", "KORNETS were fired", "a cornet was played"),
    "a hyphen for a space": ("weapons.toml", WEAPONS, '"car_bomb"', '"ied"', "a car-bomb", "a carbomb"),
    "a line's end": ("weapons.toml", WEAPONS, '"car_bomb"', '"ied"', "a car\nbomb", "a car. A bomb"),
    "a carrier": ("weapons.toml", WEAPONS, "truck", "lorry", "a lorry full of it", "a van full of it"),
    "another sense": ("weapons.toml", WEAPONS, "photo bomb", "bath bomb", "bath bombs sold", "photos sold"),
    "an entry's kind": (
        "status.toml",
        STATUS,
        '"alleged"',
        '"reported"',
        "it claimed so",
        "an acclaimed man",
    ),
    "a phrase of a cue": (
        "status.toml",
        STATUS,
        "as planned",
        "as ever",
        "went as\nplanned",
        "was explained",
    ),
    "a verb that is split": (
        "roles.toml",
        ROLES,
        "carry out",
        "bring about",
        "carried it out",
        "took it out",
    ),
    "a vague word": ("vague_numbers.toml", VAGUE, "24", "36", "dozens  died", "twelve died"),
    "a bound": ("vague_numbers.toml", VAGUE, "at least", "no fewer than", "at  least six", "six at last"),
    "a word of change": ("vague_numbers.toml", VAGUE, "rose", "fell", "fell from 6 to 5", "went from 6 to 5"),
    "a noun by its singular": ("people.toml", PEOPLE, "trader", "farmer", "six farmers", "six soldiers"),
    "a country": ("countries.toml", COUNTRIES, '"Mali"', '"Mali, Republic of"', "Malian troops", "normality"),
    "a seat": ("countries.toml", COUNTRIES, "Koulouba", "Kulouba", "said Koulouba palace", "said Kabul"),
    "a place's point": ("places.csv", PLACES, "31.5", "31.6", "in Shuja'iyya", "in Gaza City"),
    "another spelling": ("places.csv", PLACES, "34.4", "34.5", "in Shajaiyeh", "in Khan Younis"),
    "a holiday": ("dates.toml", HOLIDAYS, "easter = 1", "easter = 2", "on Eid-al Fitr", "on Eid"),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edit_touches_where_its_forms_stand(case: str) -> None:
    file, text, old, new, touched, other = EDITS[case]
    assert old in text
    change = find_changes(file, text.encode(), text.replace(old, new).encode())
    assert [entry.kind for entry in change.entries] == ["changed"]
    assert change.touches(touched)
    assert not change.touches(other)
    back = find_changes(file, text.replace(old, new).encode(), text.encode())
    assert (back.forms, back.entries) == (change.forms, change.entries)


EVERYWHERE = {
    "a province": ("places.csv", PLACES, "17,0,200", "18,0,200"),
    "the outlets of a country": ("countries.toml", COUNTRIES, 'domain = "ml"', 'domain = "mx"'),
    "an unknown file": ("event_types.toml", '[a]\nlabel = "x"\n', '"x"', '"y"'),
    "what cannot be read": ("weapons.toml", WEAPONS, "[kornet]", "[kornet"),
    "an entry of another release": ("weapons.toml", WEAPONS, "category = ", "categories = "),
    "a form too short to look for": ("number_contexts.toml", '[a]\nbefore = ["$"]\n', '"$"', '"-"'),
}


@pytest.mark.parametrize("case", EVERYWHERE)
def test_what_may_matter_everywhere_touches_every_text(case: str) -> None:
    file, text, old, new = EVERYWHERE[case]
    assert find_changes(file, text.encode(), text.replace(old, new).encode()).touches("")


def test_a_changed_order_decides_between_forms_and_touches_every_text() -> None:
    one, two = STATUS.strip().split("\n\n")
    assert find_changes("status.toml", STATUS.encode(), f"{two}\n\n{one}".encode()).touches("")
    added = f'{one}\n\n[new]\nstatus = "planned"\nreach = "clause"\nwords = ["mull"]\n\n{two}'
    assert not find_changes("status.toml", STATUS.encode(), added.encode()).touches("nothing of it")


def test_a_change_goes_to_another_process_and_touches_there_what_it_touches_here() -> None:
    change = find_changes("weapons.toml", b"", WEAPONS.encode())
    sent = pickle.loads(pickle.dumps(change))  # our own bytes
    assert sent == change
    assert sent.touches("A car bomb went off.")
    assert not sent.touches("The lake was calm.")


def test_comments_and_layout_change_nothing() -> None:
    for path in LEXICONS.glob("*.toml"):
        content = path.read_bytes()
        change = find_changes(path.name, content, b"# a comment\n" + content + b"\n")
        assert change.entries == ()
        assert not change.touches(content.decode())


def test_a_file_that_comes_or_goes_is_all_its_entries() -> None:
    change = find_changes("weapons.toml", None, WEAPONS.encode())
    assert [(entry.id, entry.kind) for entry in change.entries] == [
        ("kornet", "added"),
        ("car-bomb", "added"),
    ]
    assert change.touches("a Kornet")
    assert find_changes("weapons.toml", WEAPONS.encode(), None).entries[0].kind == "removed"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Côte d'Ivoire", "in COTE D’IVOIRE today"),
        ("Daraa", "Dar\u00e1a"),  # with an accent that the form lacks
        ("not", "they cannot say"),
        ("can", "they cannot say"),
        ("km", "it was 5km away"),
        ("U.S.-backed", "u.s.‑backed forces"),
    ],
)
def test_forms_are_found_however_they_are_written(form: str, text: str) -> None:
    forms = collect([form])
    assert forms is not None
    assert forms.stand_in(text)
    assert not forms.stand_in("there was a quiet morning")


def test_words_are_not_found_inside_others() -> None:
    forms = collect(["IED"])
    assert forms is not None
    assert not forms.stand_in("he denied it")


def test_every_rule_is_for_a_lexicon_that_there_is() -> None:
    names = {path.name for path in LEXICONS.iterdir()}
    assert RULES.keys() <= MODELS.keys() <= names
    assert names - RULES.keys() == {
        "country_points.csv",
        "event_types.toml",
        "geonames.toml",
        "pages.toml",
        "place_words.toml",
    }
    assert check_lexicons(LEXICONS)[0] == []
    assert tomllib.loads(WEAPONS)
