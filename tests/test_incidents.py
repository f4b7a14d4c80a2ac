"""Rows of several articles about one real-world event share an incident; rows of one article do not."""

import pytest

from extractors import extract_events
from extractors.extractor import Extractor
from models.article import Article, read_published
from models.event import EventRow


def read(extractor: Extractor, text: str, published: str) -> list[EventRow]:
    article = Article(text=text, doc_id=f"{published} {text}", published=read_published(published))
    return next(rows for _, rows in extract_events(extractor, [article]))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (
            "Gunmen killed six farmers in Maiduguri on Monday.",
            "Six farmers were shot dead in Maiduguri, Nigeria, on 6 May 2024.",
        ),
        (
            "A car bomb exploded in Mogadishu on Tuesday, killing four soldiers.",
            "Four soldiers died when a bomb went off in Mogadishu on 7 May 2024.",
        ),
    ],
)
def test_same_family_place_and_day_are_one_incident(extractor: Extractor, one: str, two: str) -> None:
    ids = {read(extractor, text, "2024-05-08")[0].incident_id for text in (one, two)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "other",
    [
        "Gunmen killed six farmers in Kano on Monday.",
        "Gunmen killed six farmers in Maiduguri on Tuesday.",
        "Gunmen killed six farmers in Nigeria.",
    ],
)
def test_other_place_other_day_or_none_is_another_incident(extractor: Extractor, other: str) -> None:
    first = read(extractor, "Gunmen killed six farmers in Maiduguri on Monday.", "2024-05-08")[0]
    assert read(extractor, other, "2024-05-08")[0].incident_id != first.incident_id


def test_two_events_of_one_article_are_two_incidents(extractor: Extractor) -> None:
    text = (
        "Rebels shot dead two policemen in Cali on Monday.\n\n"
        "Soldiers killed another four people in a separate attack in Cali on Monday."
    )
    rows = read(extractor, text, "2024-05-08")
    assert len({row.incident_id for row in rows}) == len(rows) == 2
