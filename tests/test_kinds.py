"""The type of an event, from its word, weapon and parties; told of a sentence and of its counter-example."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article

if TYPE_CHECKING:
    from extractors.extractor import Extractor

CASES: dict[str, str] = {  # sentence with its *word* -> the type of the row that the word names
    # the weapon tells
    "Rebels *attacked* a convoy with rockets near Sake.": "missile_or_rocket_attack",
    "Syrian jets *attacked* a depot near Homs.": "air_strike",
    "Warplanes *struck* a market in Idlib.": "air_strike",
    "Jets *dropped* bombs on a school in Laiza.": "air_strike",
    "Militants *attacked* a post with mortars in Kandahar.": "shelling",
    "Drones *struck* a refinery in Tuapse.": "drone_attack",
    "Gunmen *attacked* a bar with assault rifles in Celaya.": "armed_assault",
    "Attackers used grenades in the *attack* on a bar in Bujumbura.": "armed_assault",
    "A missile *hit* a block of flats in Dnipro.": "missile_or_rocket_attack",
    "A car bomb *exploded* outside a court in Mogadishu.": "bombing",
    "A suicide bomber *attacked* a mosque in Peshawar.": "suicide_bombing",
    "A man *attacked* passengers with a knife in Hamburg.": "armed_assault",
    "The army *bombed* a village in Sagaing.": "air_strike",
    "Rebels *bombed* a bus in Sagaing.": "bombing",
    "Soldiers *bombed* a pylon with dynamite in Chin.": "bombing",
    # the word tells, whatever else is named
    "Rebels *ambushed* a convoy that carried missiles in Kayah.": "armed_assault",
    "Soldiers *kidnapped* a trader at gunpoint in Buea.": "abduction",
    "Police *arrested* a man with a grenade in Surabaya.": "arrest",
    "The army *shelled* a village in Tigray.": "shelling",
    "The navy *shot down* a drone over the Red Sea.": "shootdown",
    "Gunmen *assassinated* a judge with a pistol in Cali.": "assassination",
    "The navy *seized* a shipment of rifles off Aden.": "seizure",
    # the parties tell
    "Soldiers *killed* four rebels in Arakan.": "armed_clash",
    "Soldiers *killed* four farmers in Arakan.": "violence_against_civilians",
    "Militiamen *attacked* a village in Ituri.": "armed_assault",
    "Bandits *attacked* farmers in Benue.": "violence_against_civilians",
    "Rebels *captured* two soldiers in Kivu.": "abduction",
    "Police *captured* two rebels in Kivu.": "arrest",
    "Rebels *captured* a town in Kivu.": "seizure",
    # other families
    "Thousands of people *protested* in Dhaka against the president.": "protest",
    "Residents *rioted* in Noumea on Monday.": "riot",
    "The rebels *released* 12 hostages in Arauca.": "release",
    "Forty fighters *surrendered* to the army in Mindanao.": "surrender",
    "The navy held a *military exercise* off Jeju.": "exercise_or_test",
    "The army *deployed* tanks to Rafah.": "deployment",
    "Militiamen *torched* shops in Nyala.": "arson_or_sabotage",
    "Soldiers *raped* women in Bentiu.": "sexual_violence",
    "Pirates *hijacked* a trawler off Hobyo.": "hijacking",
    "Soldiers *rescued* ten hostages in Zamfara.": "raid",
    "The two armies signed a *truce* in Khartoum.": "ceasefire_or_agreement",
    "Britain imposed *sanctions* on the warlord in Bangui.": "sanction",
    "The rebels *demanded* that soldiers leave Goma.": "demand",
    "France *condemned* the junta in Niamey.": "accusation_or_condemnation",
}


@pytest.fixture(scope="module")
def types(extractor: "Extractor") -> Mapping[str, list[str]]:
    """Sentence -> the types of the rows that its starred word names."""
    articles = [Article(s.replace("*", ""), str(n), published=date(2024, 5, 15)) for n, s in enumerate(CASES)]
    read = extractor.extract_events(articles)
    return {
        sentence: [
            row.event_type
            for row in rows
            if any(
                e.start < sentence.rindex("*") - 1 and sentence.index("*") < e.end
                for e in row.evidence["event_type"]
            )
        ]
        for sentence, (_, rows) in zip(CASES, read, strict=True)
    }


@pytest.mark.parametrize("sentence", CASES)
def test_type_is_read(sentence: str, types: Mapping[str, list[str]]) -> None:
    assert types[sentence] == [CASES[sentence]]
