"""Texts full of war words that are not about conflict give no event that is told as real."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.article import Article

if TYPE_CHECKING:
    from extractors.extractor import Extractor

REAL = frozenset({"actual", "reported", "alleged"})
TEXTS: tuple[str, ...] = (
    # sport
    (
        "Leeds bombarded the visitors' goal for an hour before their striker fired home from close range. "
        "The defence had been under siege since the restart, and the keeper was beaten twice in four minutes."
    ),
    (
        "The Tigers ambushed the league leaders in Hobart on Sunday. Captain Ella Marsh said her side had gone to "
        "war in the midfield and won the battle of the boundary."
    ),
    (
        "Nairobi's sprinters blew their rivals away in the relay. The anchor leg exploded out of the blocks and the "
        "veteran surrendered her lead on the bend."
    ),
    (
        "A late strike by the Ghana forward killed off the cup tie in Kumasi. The coach had come under fire after "
        "three defeats, but his captain defended him. The club stays third in the league."
    ),
    (
        "The rookie was shot down by the umpire's call and the Bears' offence fell apart in Chicago. They attacked the "
        "basket all night without reward."
    ),
    (
        "Kyoto's chess prodigy launched a daring attack on the king's side, sacrificed a rook and forced her opponent "
        "to surrender after 31 moves."
    ),
    # business
    (
        "The supermarket chain declared war on its rivals with a price offensive. Shares in the smaller grocers were "
        "hammered in London, and analysts warned of casualties in the sector."
    ),
    (
        "A hostile takeover battle for the Chilean copper miner ended when the board surrendered to the bidder. The "
        "raid on its shares began in March."
    ),
    (
        "The carmaker will axe 4,000 jobs in Turin. Unions threatened a strike and called the plan a massacre of "
        "skilled work."
    ),
    (
        "The bank's rate rise killed demand for mortgages, and housebuilders took a hit. Investors fled to bonds in "
        "a selling wave that struck Tokyo at noon."
    ),
    (
        "The startup aims to explode the market for heat pumps in Norway. Its launch in Bergen drew fire from "
        "established firms."
    ),
    # entertainment
    (
        "In the film, a rogue general bombs a city and a sniper shoots the president. Critics at the festival in "
        "Venice loved it."
    ),
    (
        "The new shooter lets players storm bunkers, hijack tanks and kill waves of zombies. It goes on sale in Seoul "
        "on Friday."
    ),
    (
        "The singer's single dropped like a bomb and captured the number one spot in Brazil. Fans rioted online when "
        "tickets sold out."
    ),
    (
        "The comedian murdered the crowd in Montreal. Reviewers fired salvos at the warm-up act, who died on stage, as "
        "they say."
    ),
    "The novel follows a soldier who deserts after his brother is executed. The author won a prize in Dublin.",
    # law and politics
    (
        "The opposition attacked the budget in parliament in Wellington. The finance minister came under fire over "
        "fuel duty and was accused of surrendering to lobbyists. The bill will go to a committee next week."
    ),
    "The court in The Hague struck down the law on data. Judges shot holes in the government's case, a lawyer said.",
    "The mayor of Naples survived an assault on her record at the debate, and her rival failed to land a blow.",
    "The committee will hold hearings on the bill. Its chair fought off an attempt to kill the measure in Oslo.",
    # weather, accidents, health, animals
    (
        "A hurricane struck the coast of Honduras on Monday, killing at least 12 people and destroying homes. "
        "Neighbours handed out water."
    ),
    "A gas explosion destroyed a bakery in Lyon. Firefighters said two people were injured.",
    "Lightning killed three farmers in Odisha as storms battered the state.",
    "A bus crash killed nine people near Cusco on Saturday, the fire brigade said.",
    "The virus attacks the liver. In Peru it has killed 40 people since May, and doctors are fighting to contain it.",
    "A shark attacked a surfer off Perth. He died in hospital.",
    "Locusts invaded fields in Rajasthan and destroyed the wheat, and farmers are battling a second swarm.",
    # history, quiz, lifestyle
    (
        "Quiz: which emperor invaded Russia in 1812? Who was assassinated in Sarajevo in 1914? Send your answers by "
        "Friday."
    ),
    (
        "The museum in Leipzig shows how the trebuchet, a siege engine, was built. Children can fire a small one on "
        "Sundays."
    ),
    "Five exercises to blast belly fat. Attack your core with planks, and hit the gym three times a week.",
    "The chef's chilli bomb is an assault on the senses. Torch the top until it is brown.",
)


@pytest.fixture(scope="module")
def found(extractor: "Extractor") -> dict[str, list[str]]:
    """Text -> type, status and word of each of its rows that is told as real."""
    articles = [Article(text, str(n), published=date(2024, 5, 15)) for n, text in enumerate(TEXTS)]
    return {
        article.text: [f"{r.event_type} {r.status} {r.trigger}" for r in rows if r.status in REAL]
        for article, rows in extractor.extract_events(articles)
    }


@pytest.mark.parametrize("text", TEXTS)
def test_no_event_is_invented(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


DATA = Path(__file__).parent / "data"


def give_rows(extractor: "Extractor", pages: Iterable[tuple[str, str]]) -> dict[str, bool]:
    """Name -> whether the page gives a row."""
    articles = [Article(text, name) for name, text in pages]
    return {a.doc_id: bool(rows) for a, rows in extractor.extract_events(articles)}


def list_pages(name: str) -> list[tuple[str, str]]:
    """The pages of a file, each with its name."""
    kinds = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return [(f"{kind}.{page}", text) for kind, texts in kinds.items() for page, text in texts.items()]


# Peaceful pages by people who did not know the rules, and that nothing is learned from: how many of 100 gave a row
# before the gate was trained (30 November 2026), and may now. The third set was written to tempt.
UNSEEN = {"unseen_pages_2": (9, 2), "unseen_pages_3": (36, 15), "unseen_pages_4": (8, 2)}


@pytest.mark.parametrize("name", UNSEEN)
def test_few_unseen_pages_give_rows(name: str, extractor: "Extractor") -> None:
    given = give_rows(extractor, list_pages(name))
    assert len(given) == 100
    wrong = [page for page, gives in given.items() if gives]
    assert len(wrong) <= UNSEEN[name][1], wrong


def test_most_unseen_news_gives_rows(extractor: "Extractor") -> None:
    given = give_rows(extractor, list_pages("unseen_news"))
    missed = [page for page, gives in given.items() if not gives]
    assert len(given) == 100
    assert len(missed) <= 9, missed


MISHAPS = {
    "Rescuers found the bodies of four climbers under an avalanche near Chamonix on Sunday.": False,
    "Villagers found the bodies of seven fishermen near Monguno; Boko Haram was blamed.": True,
    "A fireworks factory blew up outside Mosta on Sunday, killing three members of a family.": False,
    "A gas cylinder exploded in a restaurant in Lahore, killing two.": False,
    "Militants blew up a gas cylinder in a restaurant in Lahore, killing two.": True,
    "A bomb hidden in a gas cylinder exploded in Lahore, killing two.": True,
    "Gunmen killed five people near a chemical plant in Basra. Four more died.": True,
    "A blast at a petrol station in Kabul killed 12 people. The Taliban denied involvement.": True,
    "A soldier was killed at 0630 in Donetsk.": True,
    "The architect Hector Villalobos has died at 91 in Mexico City.": False,
    "Hector Villalobos was shot at 91 Green Street in Mexico City and died at 9 p.m. on Friday.": True,
    "An officer told the man to drop the knife in Leeds.": False,
    "A helicopter dropped grenades on a school in Laiza.": True,
}


@pytest.mark.parametrize("text", MISHAPS)
def test_mishaps_and_natural_deaths_are_no_attacks(text: str, extractor: "Extractor") -> None:
    assert give_rows(extractor, [("mishap", text)]) == {"mishap": MISHAPS[text]}


def test_relevant_pages_give_rows(extractor: "Extractor") -> None:
    pages = tomllib.loads((DATA / "relevant_pages.toml").read_text(encoding="utf-8"))["pages"]
    given = give_rows(extractor, pages.items())
    missed = [name for name, gives in given.items() if not gives]
    assert len(missed) <= 0.1 * len(pages), missed


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # soldiers who help are no deployment where nature kills, and one where somebody shoots
        (
            (
                "A landslide buried Ansiro and eleven people died. The army deployed troops to dig. Heavy rain had "
                "soaked the slopes for a week, and rescuers with dogs searched the mud for survivors."
            ),
            0,
        ),
        ("Gunmen killed eleven people in Ansiro. The army deployed troops to hunt the gunmen.", 2),
        # a plot in the present tense, and an actor who is really shot
        (
            (
                "The singer's new film follows a rebel. In one scene he is kidnapped by a gang. The comedy opens in "
                "cinemas on Friday, and critics liked the songs and the costumes."
            ),
            0,
        ),
        ("The singer was shot dead by gunmen in Tuzla on Monday. His last film is in cinemas.", 1),
        # what is only likened to a weapon
        ("The letters came like shells. A quarrel over the hedge exploded at once.", 0),
        # a threat to do nothing hostile
        ("The minister of Gabon threatened to resign. The army of Gabon is loyal.", 0),
        ("The army of Gabon threatened to bomb rebels. The minister of Gabon is loyal.", 1),
    ],
)
def test_passage_decides(text: str, rows: int, extractor: "Extractor") -> None:
    [(_, found)] = extractor.extract_events([Article(text, "x", published=date(2024, 5, 15))])
    assert len(found) == rows, [(r.event_type, r.trigger) for r in found]
