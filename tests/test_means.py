"""With what: a weapon that was used, one that was found or stood by, and words that only tell of one."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article
from models.event import Weapon

if TYPE_CHECKING:
    from extractors.extractor import Extractor


DAY = date(2024, 5, 15)


def read(text: str, extractor: "Extractor") -> tuple[Weapon, ...]:
    """The weapons of the first row that the text makes."""
    [(_, rows)] = extractor.extract_events([Article(text, "d", published=DAY)])
    return rows[0].weapons


def tell(text: str, extractor: "Extractor") -> list[str]:
    """The words of the weapons."""
    return [weapon.text for weapon in read(text, extractor)]


USED = [
    ("Militiamen attacked a clinic near Bunia with weapons stolen from the army.", ["weapons"]),
    ("Two gunships attacked a rebel camp near Arua.", ["gunships"]),
    ("Soldiers used helicopters to attack a village near Loikaw.", ["helicopters"]),
    ("Herders attacked a village near Barkin Ladi with rifles and machetes.", ["rifles", "machetes"]),
]
IDLE = [
    "Gunmen attacked a farm near Jos, and police found two rifles there.",
    "Rebels attacked a convoy that delivered rifles to Goma.",
    "Rebels attacked a post near Bria while helicopters circled overhead.",
    "Rebels attacked a village near Bria despite their lack of weapons.",
]


@pytest.mark.parametrize(("text", "weapons"), USED)
def test_what_an_attack_is_made_with_is_its_means(
    text: str, weapons: list[str], extractor: "Extractor"
) -> None:
    assert tell(text, extractor) == weapons


@pytest.mark.parametrize("text", IDLE)
def test_what_is_found_sent_or_flies_by_is_no_means(text: str, extractor: "Extractor") -> None:
    assert tell(text, extractor) == []


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("A man shot a guard with a revolver in Lae.", ["revolver"]),
        ("Gunmen shot dead a trader in Lae; bullets hit his car.", ["shot"]),
        ("Raiders attacked a shop in Lae, and bullets killed the owner.", ["bullets"]),
        ("Vigilantes set fire to a shop in Lae.", ["set fire"]),
        ("Vigilantes set two shops in Lae on fire.", ["fire"]),
        ("One man died after a shooting in Lae on Monday.", []),
    ],
)
def test_what_only_tells_of_a_weapon_gives_way_to_it(
    text: str, weapons: list[str], extractor: "Extractor"
) -> None:
    assert tell(text, extractor) == weapons


def test_a_verb_is_named_by_its_base_form(extractor: "Extractor") -> None:
    text = "Gunmen were shooting at a bus in Lae, and one passenger was hit."
    [weapon] = read(text, extractor)
    assert (weapon.text, weapon.name, weapon.id, weapon.category) == ("shooting", "shoot", None, "small_arms")


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("A man was shot dead in Suva. Police recovered a shotgun at the scene.", ["shotgun"]),
        ("A teacher was shot in Suva. The attacker was armed with a pistol.", ["pistol"]),
        ("An explosion killed two guards in Suva. Rebels had planted a landmine there.", ["landmine"]),
    ],
)
def test_a_later_sentence_tells_the_weapon(text: str, weapons: list[str], extractor: "Extractor") -> None:
    assert tell(text, extractor) == weapons


@pytest.mark.parametrize(
    ("text", "weapons"),
    [
        ("A man was shot dead in Suva. Police recovered a machete at the scene.", ["shot"]),  # another class
        ("A man was shot dead in Suva. No pistol was found.", ["shot"]),
        (
            "A man was shot dead in Suva. Police seized two rifles, a pistol and a shotgun.",
            ["shot"],
        ),  # a haul
        ("A man was shot dead in Suva. The shop next door sells rifles.", ["shot"]),
        ("Rebels torched a barn near Suva. The owner was armed with a pistol.", ["torched"]),
    ],
)
def test_a_later_weapon_of_nothing_told(text: str, weapons: list[str], extractor: "Extractor") -> None:
    assert tell(text, extractor) == weapons
