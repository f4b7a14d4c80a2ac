"""What descriptions stand for: never across kinds that cannot be the same, and one man is no group."""

import pytest

from extractors import extract_events
from extractors.extractor import Extractor
from models.article import Article, read_published
from models.event import Party


def read_actors(extractor: Extractor, text: str) -> list[Party]:
    article = Article(text=text, doc_id="coreference", published=read_published("2024-05-08"))
    rows = next(iter(extract_events(extractor, [article])))[1]
    return [party for row in rows for party in row.actors]


def test_the_group_is_the_one_named_before(extractor: Extractor) -> None:
    text = "Ansaru released a video in Kaduna. The militants shot dead two farmers in Birnin Gwari on Monday."
    assert {party.id for party in read_actors(extractor, text)} == {"ansaru"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # A body of which nobody says that it fights is not who "the rebels" are.
        ("GTK Holdings opened a mine in Tshikapa. The rebels shot dead two miners on Monday.", "rebel_group"),
        # A party is no armed group, though both may be in opposition.
        (
            "The Movement for Democratic Change held a rally. The rebels shot dead two marchers on Monday.",
            "rebel_group",
        ),
    ],
)
def test_rebels_are_nobody_else(extractor: Extractor, text: str, kind: str) -> None:
    (party,) = read_actors(extractor, text)
    assert (party.kind, party.name) == (kind, "rebels")


def test_a_team_of_somebody_is_not_the_group_named_later(extractor: Extractor) -> None:
    text = "A team of border guards shot dead two men in Garamba on Monday. The Lord's Resistance Army hunts there."
    assert [party.id for party in read_actors(extractor, text) if party.text == "team of border guards"] == [
        None
    ]


def test_an_armed_group_is_the_one_named_later(extractor: Extractor) -> None:
    text = "A rebel group shot dead two rangers in Garamba on Monday. The Lord's Resistance Army hunts elephants."
    assert "lord-s-resistance-army" in {party.id for party in read_actors(extractor, text)}
