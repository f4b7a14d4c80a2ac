"""Lists of victims: whom a list adds, and whom it only names, describes or leaves to the next clause."""

import pytest

from extractors.pipeline import Pipeline
from tests.reading import read_casualties, show_casualty

LISTS = {
    "A mine killed a surgeon, his nephew and six others.": [
        "killed 1 surgeon",
        "killed 1 nephew",
        "killed 6 six",
    ],
    "Raiders killed the abbot and two of his novices.": ["killed 1 abbot", "killed 2 two"],
    "The shell killed a sergeant and at least nine others.": ["killed 1 sergeant", "killed 9/9/- nine"],
    "A surgeon, his nephew and six others were killed.": [
        "killed 1 surgeon",
        "killed 1 nephew",
        "killed 6 six",
    ],
    "Raiders killed two herders near Torit and six farmers near Magwi.": ["killed 2 two", "killed 6 six"],
    "The clan lost eight fighters in the ambush.": ["killed 8 eight"],
    "Six guards, two cooks and a driver were killed.": ["killed 6 Six", "killed 2 two", "killed 1 driver"],
    "The rebels killed three people, two men and a boy.": [
        "killed 3 three",
        "killed 2 two part",
        "killed 1 boy part",
    ],
    "A trader, identified as Musa Bello, and his brother were killed.": [
        "killed 1 trader",
        "killed 1 brother",
    ],
    "A poet and activist was killed.": ["killed 1 poet"],
    "A man and woman were killed.": ["killed 1 man", "killed 1 woman"],
    "The imam was killed along with his two sons.": ["killed 1 imam", "killed 2 two"],
    "Ten sailors were among 12 people killed on Friday.": ["killed 10 Ten part", "killed 12 12"],
    "The fire caused the death of one nurse and a patient.": ["killed 1 one", "killed 1 patient"],
    "Between five and seven nomads, including one woman, were killed.": [
        "killed 5/-/7 five and seven",
        "killed 1 one part",
    ],
}
DESCRIBED = {
    # who they were is no more people, and what a bracket breaks down neither
    "A shell killed four porters, all women and children.": ["killed 4 four"],
    "A shell killed six nuns (four Italians and two Chileans) and three drivers.": [
        "killed 6 six",
        "killed 3 three",
    ],
    "A shell killed six nuns, four Italians and two Chileans.": ["killed 6 six"],
    "Rebels fought in a clash in which two guards, a civilian driver and five rebels were killed.": [
        "killed 2 two",
        "killed 1 driver",
        "killed 5 five",
    ],
    "Three rebels, a commander and two guards, were killed.": ["killed 3 Three"],
    "Three suspected rebels of the Red Front, believed to be members of its council, were killed.": [
        "killed 3 Three"
    ],
    # a name opens a list as an article does
    "A shell killed Mayor Luis Ortiz, two clerks and five guards.": [
        "killed 1 Luis Ortiz",
        "killed 2 two",
        "killed 5 five",
    ],
    "A shell killed Luis Ortiz, a mayor, and his guard.": ["killed 1 Luis Ortiz", "killed 1 guard"],
    "A shell killed four porters and all the cooks.": ["killed 4 four", "killed 2/-/- cooks"],
}
NOT_LISTED = {
    "The blast killed two porters in a bus and three cars.": ["killed 2 two"],
    # behind the conjunction another clause begins
    "The bomb killed a porter and two others were injured.": ["killed 1 porter", "injured 2 two"],
    # a second description of the same man
    "The blast killed a teacher, a father of two and a poet.": ["killed 1 teacher"],
    "The strike killed 30 people, activists and doctors said.": ["killed 30 30"],
    "Rebels abducted and insulted a nun.": ["abducted 1 nun"],
    "A boy was hospitalised after the clash.": ["injured 1 boy"],
}


@pytest.mark.parametrize("text", LISTS | DESCRIBED | NOT_LISTED)
def test_lists(pipeline: Pipeline, text: str) -> None:
    found = [show_casualty(casualty, text) for casualty in read_casualties(pipeline, text)]
    assert found == (LISTS | DESCRIBED | NOT_LISTED)[text]
