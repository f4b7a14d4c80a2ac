"""Who arrests: as told, else the force that speaks of it, else the authorities that the word implies."""

import pytest

from extractors import extract_events
from extractors.arrests import IMPLIED, TOLD
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


def test_an_arrest_implies_the_authorities(extractor: Extractor) -> None:
    row = read(extractor, "Two smugglers were arrested in Agadez on Monday.")
    (party,) = row.actors
    assert (party.text, party.name, party.kind, party.named) == ("arrested", "authorities", "police", False)
    assert {span.rule for span in row.evidence["actors"]} == {IMPLIED}


@pytest.mark.parametrize(
    "text",
    [
        "Two smugglers were detained in Agadez on Monday.",  # rebels detain people too
        "The mayor wants two smugglers to be arrested in Agadez.",  # nobody has been arrested
    ],
)
def test_nobody_is_implied_elsewhere(extractor: Extractor, text: str) -> None:
    article = Article(text=text, doc_id="arrests", published=read_published("2024-05-08"))
    rows = next(iter(extract_events(extractor, [article])))[1]
    assert not [party for row in rows for party in row.actors if party.name == "authorities"]


def test_who_is_named_as_the_doer_stays(extractor: Extractor) -> None:
    row = read(
        extractor, "Soldiers arrested two smugglers in Agadez on Monday. Police said that all was calm."
    )
    assert [party.text for party in row.actors] == ["Soldiers"]
