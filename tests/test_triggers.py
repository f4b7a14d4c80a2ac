"""Event words: for each entry of events.toml a sentence that it names an event in, and one that it does not."""

from collections.abc import Mapping
from datetime import date
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
SAYS: dict[str, tuple[str, str]] = {  # entry -> (it names an event, the same word means something else)
    "impact": (
        "Mortar shells fell on a barracks in Kreminna.",
        "The leaves fell on the lawn in Ghent.",
    ),
    "firing": (
        "Three people died when the police resorted to firing in Rangpur.",
        "The firing of the coach surprised fans in Quito.",
    ),
    "besiege": (
        "Rebels besieged the army base at Bunia.",
        "Shoppers besieged the new bakery in Metz.",
    ),
    "disperse": (
        "Police ordered a lathi charge on students in Ranchi.",
        "The crowd dispersed after the concert in Graz.",
    ),
    "poison": (
        "Insurgents poisoned four policemen in Ghor.",
        "Food poisoning closed a canteen in Turku.",
    ),
    "destroy": (
        "Soldiers demolished nine houses in the village of Tubas.",
        "The council demolished a car park in Leeds.",
    ),
    "coup": (
        "Soldiers overthrew the president of Gabon in a coup.",
        "It was a publicity coup for the zoo in Basel.",
    ),
    "board": (
        "Soldiers boarded a tanker off Fujairah.",
        "The team boarded a flight to Oslo.",
    ),
    "attack": (
        "Rebels attacked a convoy near Djibo.",
        "The senator had a heart attack at his office in Lima.",
    ),
    "strike": (
        "Turkish jets struck a depot near Sirnak.",
        "Nurses in Leeds went on strike over pay on Monday.",
    ),
    "hit": ("A missile hit a school in Sloviansk.", "The singer's new hit song topped the charts in Seoul."),
    "use-weapon": ("Soldiers fired rockets at Qamishli.", "The firm launched a phone in Shenzhen."),
    "operation": (
        "The army began an offensive against the rebels in Kasai.",
        "The offensive coordinator praised his team in Denver.",
    ),
    "invade": ("Troops invaded the island on Sunday.", "Fans invaded the pitch after the final in Porto."),
    "air-strike": ("An air strike hit a market in Dessie.", "An air raid siren sounded in Haifa by mistake."),
    "missile-attack": (
        "A missile attack hit the port of Odesa.",
        "The film shows how missiles are built in Pune.",
    ),
    "drone-attack": ("A drone attack killed two guards in Kassala.", "A drone filmed the wedding in Rabat."),
    "shelling": ("The army shelled the town of Loikaw.", "He shelled out ten dollars for peas in Boston."),
    "bomb": ("Militants bombed a bridge in Balochistan.", "The film was a box office bomb in Hollywood."),
    "explosion": (
        "An explosion in a market in Herat killed nine.",
        "A population explosion worries planners in Cairo.",
    ),
    "defuse": (
        "Sappers defused a bomb outside the court in Cagliari.",
        "The mediator in Geneva defused the row over bomb insurance.",
    ),
    "suicide-bombing": (
        "A suicide bombing killed 12 people in Kunduz.",
        "Suicide prevention classes opened in Oslo schools.",
    ),
    "shoot": ("Gunmen shot a trader in Buea.", "The striker shot wide in the second half in Turin."),
    "under-fire": (
        "Peacekeepers came under fire near Kiwanja.",
        "The coach came under fire over the defeat in Bilbao.",
    ),
    "ambush": (
        "Insurgents ambushed a patrol in Yala.",
        "The brand used ambush marketing at the games in Paris.",
    ),
    "storm": ("Gunmen stormed a hotel in Bamako.", "A tropical storm reached Manila on Friday."),
    "stab": ("A man stabbed two tourists in Lisbon.", "Thieves hacked into the bank's computers in Dhaka."),
    "assault": (
        "Police raided a farm held by rebels in Cauca.",
        "The minister wants to raid the fridge, she joked in Bonn.",
    ),
    "clash": (
        "Soldiers clashed with rebels near Bunia.",
        "Arsenal face Chelsea in a top-of-the-table clash in London on Sunday.",
    ),
    "fight": ("Herders fought farmers in Logone.", "Nurses in Leeds are fighting to save their ward."),
    "assassinate": (
        "Gunmen assassinated a judge in Cali.",
        "The ad was character assassination, the mayor of Oslo said.",
    ),
    "massacre": (
        "Militiamen massacred villagers in Moura.",
        "Our bowlers were hammered in Galle, a fan said.",
    ),
    "murder": ("Bandits murdered a priest in Jos.", "The murder mystery sold a million copies in Sweden."),
    "kill": ("Soldiers killed four students in Bago.", "The late goal killed the game in Naples."),
    "die": (
        "Six people died in a bomb attack in Cotabato.",
        "The court in Lahore upheld the death penalty law.",
    ),
    "dead": (
        "Four people were found dead after the raid in Uvira.",
        "The race ended in a dead heat in Doha.",
    ),
    "execute": (
        "Rebels executed three prisoners in Mubi.",
        "The team executed the plan perfectly in Denver.",
    ),
    "snatch": ("Gunmen snatched two nurses in Owerri.", "Sevilla snatched a late point in Vigo."),
    "kidnap": ("Bandits kidnapped 20 pupils in Kuriga.", "The show is about alien abduction in Nevada."),
    "hijack": ("Pirates hijacked a tanker off Eyl.", "Critics hijacked the debate in parliament in Rome."),
    "arrest": ("Police arrested two rebels in Arauca.", "The singer died of cardiac arrest in Mumbai."),
    "capture": ("Rebels captured the town of Masisi.", "The goal was captured on camera in Malmo."),
    "raid-search": (
        "Soldiers rescued ten hostages near Maiduguri.",
        "The search engine firm opened an office in Dublin.",
    ),
    "surrender": (
        "Forty rebels surrendered to the army in Goma.",
        "Madrid surrendered the lead twice in Getafe.",
    ),
    "release": (
        "The rebels released six hostages in Arauca.",
        "The band released an album in Nashville on Friday.",
    ),
    "arson": ("Militiamen torched homes in Maungdaw.", "Runners carried the torch relay through Athens."),
    "wreck": (
        "Soldiers looted a clinic in Tambura.",
        "Critics said the tariff would sabotage the deal in Brussels.",
    ),
    "shoot-down": ("The army shot down two drones over Kursk.", "The bank brought down inflation in Ankara."),
    "rape": ("Soldiers raped women in Bentiu.", "Farmers in Kent plant rapeseed in August."),
    "abuse": ("Guards tortured prisoners in Bata.", "Our team were beaten in the final in Osaka."),
    "riot": ("Villagers rioted in Jharkhand on Sunday.", "The garden in Giverny is a riot of colour."),
    "protest": (
        "Thousands of people protested in Tunis.",
        "The results demonstrate that rice grows well in Assam.",
    ),
    "deploy": ("The army deployed troops to Kidal.", "She withdrew cash from a bank in Accra."),
    "exercise": (
        "The navy held a military exercise off Busan.",
        "Doctors in Perth recommend daily exercise.",
    ),
    "ceasefire": (
        "The army and the rebels signed a ceasefire in Doha.",
        "The ceasefire line runs through the valley in Kashmir.",
    ),
    "threaten": (
        "The militia threatened to attack ships off Aden.",
        "Rising debt is a threat to the economy of Laos.",
    ),
    "attempt-on-life": (
        "The governor of Sulu survived an assassination attempt.",
        "The climber in Chamonix made an attempt on the north face.",
    ),
    "menace": (
        "The priest in Tumaco received a death threat.",
        "Miners in Potosi worked under threat of layoffs.",
    ),
    "warn-of": (
        "Tehran warned of a crushing response to Israel.",
        "The bank warned of slower growth in Chile.",
    ),
    "warn": (
        "The general vowed to retaliate against the rebels.",
        "The weather office in Miami issued a storm warning.",
    ),
    "accuse": ("Kigali condemned the army of Congo.", "She won the grand slam in Melbourne."),
    "demand": ("The rebels demanded that the army leave Goma.", "Demand for oil rose in China."),
    "sanction": (
        "Washington imposed sanctions on the junta in Myanmar.",
        "The race in Monza was sanctioned by the league.",
    ),
}
POINTING: dict[str, tuple[str, str]] = {  # entries that make no row by themselves
    "incident": (
        "The incident happened near Goma.",
        "The charity helps victims of domestic violence in Leeds.",
    ),
    "backdrop": (
        "The escalation between the two armies began in May.",
        "The plumber in Leeds fixed the boiler.",
    ),
}


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
    assert find_rules(extractor, list(POINTING[entry])) == [set(), set()]


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
