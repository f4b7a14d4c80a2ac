"""Nouns that tell losses: amounts without a number, and deaths and injuries that stand for people themselves."""

import pytest

from extractors.pipeline import Pipeline
from tests.reading import read_casualties, show_casualty

AMOUNTS = {
    "A mine killed two porters and wounded a number of others.": ["killed 2 two", "injured 2/-/- number"],
    "A large number of porters were hurt by the mine.": ["injured 2/-/- number"],
    "The mine left six dead and a number wounded.": ["killed 6 six", "injured 2/-/- number"],
    # what is summed has its number elsewhere, or none
    "The number of porters killed by the mine has risen to 30.": ["killed 30 30"],
    "The number of wounded rose from 20 to 30 at the camp.": ["injured 30 30"],
    "The number of wounded mules rose to 30 at the camp.": [],
    "The mine killed a number of mules.": [],
    # casualties are dead or hurt: without a number of either nobody is said to be dead
    "The mine resulted in a number of casualties.": [],
    "The mine caused dozens of casualties.": [],
    "The mine hurt dozens, a number of whom were porters.": ["injured 24/-/- dozens"],
}
LOSSES = {
    "The mine caused two deaths and dozens of injuries.": ["killed 2 two", "injured 24/-/- dozens"],
    "The clash went on, leaving 40 dead and approximately 90 wounded.": [
        "killed 40 40",
        "injured 81/90/99 90",
    ],
    "Several injuries were reported at the camp.": ["injured 3/-/- Several"],
    "Injuries were reported at the camp.": ["injured 2/-/- Injuries"],
    "The mine killed four porters and caused many injuries.": ["killed 4 four", "injured 3/-/- many"],
    "The mine caused damage and injuries to three guards.": ["injured 3 three"],
    "A porter was treated for injuries.": ["injured 1 porter"],
    # who is hurt is told beside the noun, or nobody was
    "The porter died of injuries.": ["killed 1 porter"],
    "The porter had suffered several injuries.": ["injured 1 porter"],
    "Medics reported no injuries at the camp.": ["injured 0 injuries"],
    "Nurses learn how injuries heal.": [],
    "The mine left a porter with burns.": ["injured 1 porter"],
    "Bor saw two shooting deaths in May.": ["killed 2 two"],
    "Rebels said that shooting deaths were rare.": [],
}
ONE_BY_ONE = AMOUNTS | LOSSES


@pytest.mark.parametrize("text", ONE_BY_ONE)
def test_nouns_of_losses(pipeline: Pipeline, text: str) -> None:
    found = [show_casualty(casualty, text) for casualty in read_casualties(pipeline, text)]
    assert found == ONE_BY_ONE[text]


@pytest.mark.parametrize(
    "text",
    [
        "The mine killed and hurt several porters.",
        "The mine brought the deaths and injuries of several porters.",
    ],
)
def test_of_deaths_and_injuries_together_either_may_be_one(pipeline: Pipeline, text: str) -> None:
    found = read_casualties(pipeline, text)
    assert {(c.what, c.low, c.best, c.high) for c in found} == {
        ("killed", 1, None, None),
        ("injured", 1, None, None),
    }
