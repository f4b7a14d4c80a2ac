"""Who arrests: as told, else the force that speaks of it, else nobody."""

import pytest

from extractors import extract_events
from extractors.arrests import TOLD
from extractors.extractor import Extractor
from models.article import Article, read_published
from models.event import EventRow


def read(extractor: Extractor, text: str) -> EventRow:
    article = Article(text=text, doc_id="arrests", published=read_published("2024-05-08"))
    return next(iter(extract_events(extractor, [article])))[1][0]


def test_the_police_that_tell_of_an_arrest_made_it(extractor: Extractor) -> None:
    row = read(
        extractor, "Two smugglers were arrested in Agadez on Monday. Police said that they carried rifles."
    )
    assert [(party.text, party.kind) for party in row.actors] == [("Police", "police")]
    assert {span.rule for span in row.evidence["actors"]} == {TOLD}
    assert row.attribution == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "Two smugglers were arrested in Agadez on Monday.",  # by whom is not said
        "Two smugglers were detained in Agadez on Monday.",  # rebels detain people too
        "The mayor wants two smugglers to be arrested in Agadez. Police said so.",  # nobody has been arrested
    ],
)
def test_unknown_arresters_stay_unknown(extractor: Extractor, text: str) -> None:
    article = Article(text=text, doc_id="arrests", published=read_published("2024-05-08"))
    rows = next(iter(extract_events(extractor, [article])))[1]
    assert not [span for row in rows for span in row.evidence.get("actors", ()) if span.rule == TOLD]


def test_who_is_named_as_the_doer_stays(extractor: Extractor) -> None:
    row = read(
        extractor, "Soldiers arrested two smugglers in Agadez on Monday. Police said that all was calm."
    )
    assert [party.text for party in row.actors] == ["Soldiers"]
