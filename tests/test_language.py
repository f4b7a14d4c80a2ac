"""The language of a text: other languages are told, and English full of foreign names stays English."""

import tomllib
from pathlib import Path

import pytest

from extractors.language import can_read, find_language
from extractors.walls import load_signs

ENGLISH = load_signs()["english"].phrases
FOREIGN: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "data" / "languages.toml").read_text("utf-8")
)
ENGLISH_TEXTS = {
    "names and ranks": "Dr Abdulrahman al-Khatib, Col. Mohamed Ould Sid'Ahmed Ghazouani, Sgt. Nguyen Van Thieu and "
    "Maj. Krzysztof Brzezinski met Sheikh Hamad bin Khalifa al-Thani in Deir ez-Zor.",
    "list of the dead": "Killed: Ahmad Khalil Mansour, 34; Fatima Zahra Benali, 27; Youssef Abu Hassan, 8; Ibrahim "
    "Tareq al-Masri, 61; Layla Omar Suleiman, 19, all of Khan Younis, hospital sources said.",
    "tallies": "Kharkiv: 4 dead. Zaporizhzhia: 2 dead. Kherson: 7 wounded. Nikopol: 1 dead, 3 wounded. Sumy: none. "
    "Donetsk: 11 wounded. Dnipropetrovsk: 3 dead. Mykolaiv: 1 wounded, says ministry.",
    "a quote in Spanish": '"No pasarán, la lucha sigue y vamos a ganar esta guerra", the commander of the Ejército de '
    "Liberación Nacional said in San Vicente del Caguán, where the Fuerzas Armadas had sent two battalions.",
    "pidgin": "Gunmen don kill at least twelve pipo for one market for di north of di kontri on Monday, police tok. Di "
    "attackers come with motorcycle and open fire for di crowd, people wey dey there tok.",
    "capitals": "GUERRILLAS ATTACKED A POLICE POST IN THE EASTERN SUBURBS LAST NIGHT AND KILLED TWO OFFICERS, RADIO "
    "STATIONS REPORTED. A THIRD OFFICER WAS TAKEN TO THE MILITARY HOSPITAL WITH BULLET WOUNDS.",
    "English above French": "Police said on Monday that two people had died in the north of the country, and that the "
    "road to the border was closed to all. The statement was also read out in French. Au moins deux personnes ont "
    "été tuées dans une attaque contre un village du nord du pays, ont annoncé les autorités.",
}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("declared", [None, "en"])
def test_another_language_is_told_whatever_is_declared(language: str, declared: str | None) -> None:
    assert find_language(declared, FOREIGN[language], ENGLISH) == language
    assert not can_read(language)


@pytest.mark.parametrize("name", ENGLISH_TEXTS)
@pytest.mark.parametrize("declared", [None, "en"])
def test_english_stays_english(name: str, declared: str | None) -> None:
    assert can_read(find_language(declared, ENGLISH_TEXTS[name], ENGLISH))


def test_a_page_that_declares_french_but_is_english_is_read() -> None:
    assert find_language("fr", ENGLISH_TEXTS["capitals"], ENGLISH) == "en"


def test_a_kin_of_the_best_guess_that_is_declared_is_believed() -> None:
    assert find_language("no", FOREIGN["da"], ENGLISH) == "no"


def test_a_short_text_is_what_it_is_declared() -> None:
    assert find_language("es", "Two dead in Cali.", ENGLISH) == "es"
    assert find_language(None, "Dos muertos en Cali.", ENGLISH) is None
