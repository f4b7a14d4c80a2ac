"""Threats: what is announced must be hostile and the speaker's own; who is threatened is the row's target."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor

THREATS: dict[str, str] = {  # sentence -> a word of the target ("" where nobody is named)
    "The Mai-Mai threatened to kill every teacher in Butembo.": "teacher",
    "The general vowed to avenge the ambush.": "",
    '"We will burn the mill," the rebels warned the owner.': "",
    "The cartel threatened the mayor of Iguala with death.": "mayor",
    "A judge in Palermo was threatened by the mafia.": "judge",
    "The editor in Tbilisi received a death threat.": "editor",
    "Threats against the bishop were painted on a wall in Matagalpa.": "bishop",
    "The militia warned that its fighters would attack any convoy on the Gao road.": "",
    "The army said it will not tolerate attacks by the dissidents.": "",
    "The front promised to wage war on the junta.": "junta",
}
NO_THREATS: tuple[str, ...] = (
    "The minister warned that those responsible for the bombing would be punished by law.",
    "The president promised aid to the soldiers who were wounded in Kidal.",
    "The colonel vowed to win the war in Ituri.",
    "Police warned that the rebels would attack the town of Beni.",
    "The guerrillas pledged to stop their attacks on the pipeline.",
    "The rebels promised to surrender their weapons in Quibdo.",
    "Hunger threatens the displaced people of Darfur.",
    "The general threatened to resign over the killings in Jonglei.",
    "The battalion captain was sworn in at the barracks in Oruro.",
    "These actions are intended to weaken the army of Mali.",
    "Spaniards threatened by the violence in Abidjan were flown home.",
)


@pytest.fixture(scope="module")
def rows(extractor: "Extractor") -> Mapping[str, list[EventRow]]:
    """The threat rows of each sentence."""
    articles = [
        Article(s, str(n), published=date(2024, 5, 15)) for n, s in enumerate((*THREATS, *NO_THREATS))
    ]
    read = extractor.extract_events(articles)
    return {article.text: [r for r in found if r.event_type == "threat"] for article, found in read}


@pytest.mark.parametrize("sentence", THREATS)
def test_threat_is_a_row_with_whom_it_is_aimed_at(sentence: str, rows: Mapping[str, list[EventRow]]) -> None:
    assert len(rows[sentence]) == 1
    row = rows[sentence][0]
    assert row.status == "actual"
    if THREATS[sentence]:
        assert any(THREATS[sentence] in p.text for p in row.targets)
        assert all(THREATS[sentence] not in p.text for p in row.actors)


@pytest.mark.parametrize("sentence", NO_THREATS)
def test_words_without_menace_are_no_threat(sentence: str, rows: Mapping[str, list[EventRow]]) -> None:
    assert rows[sentence] == []


DEVICES: dict[str, str] = {  # sentence -> status of the bombing
    "Sappers defused a bomb outside the bank in Cagliari.": "thwarted",
    "A car bomb was deactivated near the port of Bilbao on Monday.": "thwarted",
    "The grenade thrown at the consulate in Herat did not explode.": "attempted",
    "A bomb exploded outside the bank in Cagliari.": "actual",
}


@pytest.mark.parametrize("sentence", DEVICES)
def test_bomb_that_did_no_harm(sentence: str, extractor: "Extractor") -> None:
    article = Article(sentence, "device", published=date(2024, 5, 15))
    found = [r for _, rows in extractor.extract_events([article]) for r in rows if r.event_type == "bombing"]
    assert [r.status for r in found] == [DEVICES[sentence]]
    assert found[0].weapons
    assert not found[0].actors
