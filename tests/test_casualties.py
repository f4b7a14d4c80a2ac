"""Casualties: who suffered what, how many, and what the number sums."""

from pathlib import Path

import pytest

from extractors.pipeline import Pipeline
from models.casualty import CasualtyEntry
from models.errors import LexiconError
from models.lexicon import read_entries
from tests.reading import read_casualties, show_casualty

ACTIVE = {
    "The shell killed 12 soldiers near Bakhmut.": ["killed 12 12"],
    "Raiders stormed the inn, killing at least 5 and wounding 12 others.": [
        "killed 5/5/- 5",
        "injured 12 12",
    ],
    "The raid left 3 dead and 14 wounded.": ["killed 3 3", "injured 14 14"],
    "The flood of fire claimed the lives of 20 miners.": ["killed 20 20"],
    "Gunmen kidnapped three aid workers near Goma.": ["abducted 3 three"],
    "Police arrested 14 suspects in Lagos.": ["detained 14 14"],
    "The rebels captured nine soldiers.": ["detained 9 nine"],
    "The bandits shot dead two drivers.": ["killed 2 two"],
    "The mob beat a baker to death.": ["killed 1 baker"],
    "Marines fatally shot two pirates.": ["killed 2 two"],
    "Militiamen shot 64 people dead in Nyala.": ["killed 64 64"],
    "Militiamen shot 64 people near the Dead Sea.": ["injured 64 64"],
}
PASSIVE = {
    "Nine people were killed and 11 others wounded in Sanaa.": ["killed 9 Nine", "injured 11 11"],
    "Two monks are believed to have been killed.": ["killed 2 Two"],
    "Ten villagers, who were abducted on Friday, came home.": ["abducted 10 Ten"],
    "Three soldiers killed in the ambush were buried.": ["killed 3 Three"],
    "About 240 people were taken hostage.": ["abducted 216/240/264 240"],
    "Five men were taken into custody.": ["detained 5 Five"],
    "Some 3,000 residents have been evacuated.": ["displaced 2700/3000/3300 3,000"],
    "Two pilots were martyred.": ["killed 2 Two"],
}
SUFFERING = {
    "Twelve miners lost their lives.": ["killed 12 Twelve"],
    "Six nurses sustained injuries.": ["injured 6 Six"],
    "A dozen fishermen drowned off Lesbos.": ["killed 12 A dozen"],
    "200 militants surrendered to the army.": ["surrendered 200 200"],
    "Eight rebels laid down their arms.": ["surrendered 8 Eight"],
    "Eight rebels gave themselves up.": ["surrendered 8 Eight"],
    "Five sailors are missing.": ["missing 5 Five"],
    "Thousands fled their homes.": ["displaced 2000/-/- Thousands"],
    "Hundreds of farmers gathered in Delhi.": ["present 200/-/- Hundreds"],
}
# What is told with a preposition: wounds, bullets, hospitals; and what only looks like it.
BORNE = {
    "Six others were treated for gunshot wounds.": ["injured 6 Six"],
    "A waitress was grazed by a bullet.": ["injured 1 waitress"],
    "Officers found two men with gunshot wounds.": ["injured 2 two"],
    "Three people were hit by gunfire.": ["injured 3 Three"],
    "A bullet struck a girl in the leg.": ["injured 1 girl"],
    "The shooting sends 1 person to the hospital": ["injured 1 1"],
    "He died of gunshot wounds.": ["killed 1 He"],
    "The bodies were taken to the hospital.": [],
    "Officials sent 20 doctors to the hospital.": [],
    "Doctors treated 30 people for wounds.": ["injured 30 30"],
    "Three drivers were in critical condition.": ["injured 3 Three"],
    "The condition of two drivers was serious.": ["injured 2 two"],
    "Three cars were in good condition.": [],
    "A driver remained in the hospital.": ["injured 1 driver"],
    "A minister was at the hospital.": [],
    "Officers found a man shot in the leg.": ["injured 1 man"],
    "Officers said a man shot at them.": [],
    "Medics found a 15-year-old with a wound.": ["injured 1 old"],
    "A 15-year-old well was found with a wound.": [],
    "Three drivers had burns.": ["injured 3 Three"],
    "The car was hit by bullets.": [],
}
# Who is named is counted already; who shoots is not shot; a name may stand before "of" a place.
NAMED = {
    "Rebels killed two villagers, identified as Sukh Mandi (55) and his son Nepal Mandi (32), in Band.": [
        "killed 2 two"
    ],
    "Rebels killed two villagers and a boy in Band.": ["killed 2 two", "killed 1 boy"],
    "Three rebels shot dead a policeman outside Atmakur.": ["killed 1 policeman"],
    "Cadres killed Kishori Das of Kasthiniya village.": ["killed 1 Das"],
}
NOUNS = {
    "The blast led to the deaths of two Americans and a British soldier.": [
        "killed 2 two",
        "killed 1 soldier",
    ],
    "Officials announced the injury of 62 sailors.": ["injured 62 62"],
    "Rescuers recovered 5 bodies from the rubble.": ["killed 5 5"],
    "The bodies of four herders were found.": ["killed 4 four"],
    "The strike resulted in 7 deaths and 12 injuries.": ["killed 7 7", "injured 12 12"],
    "Three dead, 10 injured in Juba": ["killed 3 Three", "injured 10 10"],
}
ONE = {
    "A soldier was killed in Diffa.": ["killed 1 soldier"],
    "The strike killed Gen. Ahmed Karimi.": ["killed 1 Ahmed Karimi"],
    "A rocket hit the hut, killing a woman and her two children.": ["killed 1 woman", "killed 2 two"],
    "A trooper was killed and another injured.": ["killed 1 trooper", "injured 1 another"],
    "They shot dead a mayor and his son.": ["killed 1 mayor", "killed 1 son"],
    "A gunman wounded a guard before killing himself.": ["injured 1 guard", "killed 1 himself"],
}
VAGUE = {
    "Several soldiers were wounded.": ["injured 3/-/- Several"],
    "Dozens of people were killed.": ["killed 24/-/- Dozens"],
    "Villagers were killed in the raid.": ["killed 2/-/- Villagers"],
    "10 people were killed and several wounded.": ["killed 10 10", "injured 3/-/- several"],
}
SCOPES = {
    "Four people, including two children, were killed.": ["killed 4 Four", "killed 2 two part"],
    "Forty people, three of them children, were killed.": ["killed 40 Forty", "killed 3 three part"],
    "A row over a field ended with 32 dead in Ogossagou.": ["killed 32 32"],
    "The tour ended with 32 concerts in Bamako.": [],
    "Militias exchanged fire in Bria: nine dead, of whom six traders.": [
        "killed 9 nine",
        "killed 6 six part",
    ],
    "Herders and hunters fought in Mopti cercle, Mali: seven dead, of whom four hunters.": [
        "killed 7 seven",
        "killed 4 four part",
    ],
    "Among the dead were three children.": ["killed 3 three part"],
    "More than 11,000 people have been killed since October 7.": ["killed 11001/-/- 11,000 running_total"],
    "Six more died overnight, bringing the toll to 45.": ["killed 6 Six", "killed 45 45 running_total"],
    "The death toll rose to 34 from 28.": ["killed 34 34"],
    "There were 40 deaths in Bor in the last month.": ["killed 40 40 running_total"],
    "There were 40 deaths in Bor on the last day.": ["killed 40 40"],
    "The death toll rose from 28 to 34.": ["killed 34 34"],
    "The number of people killed in the fire has risen to 80.": ["killed 80 80"],
}
SHARED = {
    "The shelling killed and wounded 40 people.": ["killed -/-/40 40", "injured -/-/40 40"],
    "There were 40 casualties.": ["injured -/-/40 40", "killed -/-/40 40"],
    "Ten villagers were abducted and later killed.": ["abducted 10 Ten", "killed 10 Ten"],
    "Two men were shot and killed.": ["killed 2 Two"],
    "Two men were shot in Oran.": ["injured 2 Two"],
    "Two teachers were beaten up.": ["injured 2 Two"],
    "A man was killed and the army said the man died at once.": ["killed 1 man"],
}
NOUGHT = {
    "No casualties were reported.": ["injured 0 casualties", "killed 0 casualties"],
    "The drone came down without injuries.": ["injured 0 injuries"],
    "Nobody was hurt.": ["injured 0 Nobody"],
    "The rocket killed no one.": ["killed 0 one"],
    "The drone did not injure anyone.": ["injured 0 anyone"],
}
NOTHING = [
    "The party lost eight seats in the vote.",
    "The strike destroyed 12 tanks and three villages.",
    "A 14-year-old walked 20 km in five hours with $300.",
    "The rebels captured three towns and two tanks.",
    "Drought killed 400 cattle.",
    "Two helicopters were shot down over Kherson.",
    "The army has 12,000 soldiers and 40 aircraft.",
    "The gunman fled.",
    "A leader of the party gathered his papers.",
    "The minister took part in 2 rounds of talks about life in camps.",
    "He lost two elections.",
    "The army beat back two attacks and the talks wound up.",
]
EVERY = (
    ACTIVE
    | PASSIVE
    | SUFFERING
    | BORNE
    | NAMED
    | NOUNS
    | ONE
    | VAGUE
    | SCOPES
    | SHARED
    | NOUGHT
    | {text: [] for text in NOTHING}
)


@pytest.mark.parametrize("text", EVERY)
def test_casualties(pipeline: Pipeline, text: str) -> None:
    assert [show_casualty(casualty, text) for casualty in read_casualties(pipeline, text)] == EVERY[text]


def test_whom_is_the_noun_phrase_without_its_number(pipeline: Pipeline) -> None:
    (casualty,) = read_casualties(pipeline, "The bomb killed at least 12 members of a choir.")
    assert (casualty.whom, casualty.form) == ("members of a choir", "at_least")


def test_people_are_known_where_a_number_stands_alone(pipeline: Pipeline) -> None:
    (casualty,) = read_casualties(pipeline, "The attack killed 12.")
    assert (casualty.whom, casualty.whom_start, casualty.best) == (None, None, 12)


def test_harm_that_is_denied_keeps_its_number(pipeline: Pipeline) -> None:
    (casualty,) = read_casualties(pipeline, "The army did not kill the 12 farmers.")
    assert (casualty.best, casualty.negated) == (12, True)


def test_rule_and_anchor_name_the_word(pipeline: Pipeline) -> None:
    text = "Two men were stabbed."
    (casualty,) = read_casualties(pipeline, text)
    assert (casualty.rule, text[casualty.anchor :]) == ("casualties.toml:shoot", "stabbed.")


def test_a_slip_in_the_lexicon_is_named(tmp_path: Path) -> None:
    path = tmp_path / "casualties.toml"
    path.write_text('[kill]\nwhat = "murdered"\n')
    with pytest.raises(LexiconError, match=r"casualties.toml: \[kill\]: 'what' is 'murdered'"):
        read_entries(path, CasualtyEntry)
