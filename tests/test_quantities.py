"""Aggregates: how many incidents a sentence sums, and sentences whose numbers count something else."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import pytest

from models.article import Article

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Sum = tuple[int | None, int | None]  # low and best
SUMS: dict[str, Sum] = {
    "There have been 66 attacks on convoys in Sinai since January.": (66, 66),
    "At least 12 air strikes hit villages in Sagaing in April.": (12, 12),
    "Dozens of drone attacks struck Odesa in March.": (24, None),
    "The rebels carried out five bombings in Cali last year.": (5, 5),
    "A series of explosions shook Kabul on Monday.": (2, None),
    "The army launched a wave of strikes on rebels near Laiza.": (2, None),
    "More than 100 rocket attacks on bases in Iraq were recorded.": (101, None),
    "The town suffered three ambushes in May, police in Djibo said.": (3, 3),
    "Two suicide bombings hit mosques in Kunduz on Friday.": (2, 2),
    "Hundreds of raids on villages in Masisi were reported.": (200, None),
    "A spate of kidnappings in Kaduna alarmed parents.": (2, None),
    "Several ambushes on the road to Menaka killed 12 traders.": (3, None),
    "The port of Hodeidah was bombed four times in May.": (4, 4),
    "The army has repeatedly shelled the village of Bakhmutske.": (2, None),
}
SINGLE: tuple[str, ...] = (
    "An attack on a convoy of 66 trucks in Sinai killed a driver.",
    "The attack killed 12 soldiers in Sagaing.",
    "A drone attack struck Odesa at 3 a.m. on March 12.",
    "Five gunmen attacked a bank in Cali.",
    "An explosion shook Kabul on Monday.",
    "One air strike hit a village near Laiza.",
    "The second attack on the base in Ain al-Asad wounded three soldiers.",
    "Police arrested 40 people in Minsk.",
    "The mayor of Oaxaca has been murdered since the feud began.",
    "Three men were murdered in Oaxaca on Monday.",
    "A priest was shot twice near Apatzingan on Monday.",
    "Robbers stabbed a taxi driver five times in Mombasa.",
)


@pytest.fixture(scope="module")
def sums(extractor: "Extractor") -> Mapping[str, list[Sum | None]]:
    """Sentence -> for each row what it sums; None where it is one incident."""
    sentences = [*SUMS, *SINGLE]
    articles = [Article(s, str(n), published=date(2024, 5, 15)) for n, s in enumerate(sentences)]
    return {
        article.text: [(r.attacks_low, r.attacks_best) if r.is_aggregate else None for r in rows]
        for article, rows in extractor.extract_events(articles)
    }


@pytest.mark.parametrize("sentence", SUMS)
def test_incidents_are_counted(sentence: str, sums: Mapping[str, list[Sum | None]]) -> None:
    assert sums[sentence] == [SUMS[sentence]]


@pytest.mark.parametrize("sentence", SINGLE)
def test_one_incident_is_no_aggregate(sentence: str, sums: Mapping[str, list[Sum | None]]) -> None:
    assert sums[sentence] == [None]


RECORDS: dict[str, str] = {  # sentence -> the words of its date
    "The largest offensive of the last ten years began on Monday near Sake.": "Monday",
    "On Friday gunmen carried out the deadliest attack in Quetta in two decades.": "Friday",
    "In the last ten years the rebels have bombed the bridge at Kindu.": "last ten years",
}


@pytest.mark.parametrize("sentence", RECORDS)
def test_time_that_measures_a_record_is_no_date(sentence: str, extractor: "Extractor") -> None:
    article = Article(sentence, "record", published=date(2024, 5, 15))
    rows = [row for _, found in extractor.extract_events([article]) for row in found]
    assert rows
    assert RECORDS[sentence] in (rows[0].date_text or "")
