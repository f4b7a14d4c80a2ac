"""Speakers at a sentence's end hang on their verb: the starred word's head, as the pipeline gives it."""

import pytest

from extractors.pipeline import Pipeline

CASES: dict[str, str] = {
    # whom the parser lists among the victims
    "Gunmen raided Bara, killing nine soldiers, a *doctor* and three residents said.": "said",
    "Shells killed four farmers and a nurse, two aid *workers* and a driver said.": "said",
    "Gunmen killed nine soldiers, a *doctor* and three residents.": "soldiers",
    # an aside about the victims before the speaker
    "A drone hit a row of tents in Gaza, killing six people, two of them *children*, medics there said.": "people",
    "A hospital and a rights *group* said that two people were killed.": "hospital",
    # a number's participle
    "An army spokesman put the toll at 64 dead and “more than a hundred” *wounded*.": "hundred",
    "The colonel walked for a day, *wounded*.": "walked",
}


@pytest.mark.parametrize("sentence", CASES)
def test_late_words_hang_where_they_belong(sentence: str, pipeline: Pipeline) -> None:
    start = sentence.index("*")
    (doc,) = pipeline.parse([sentence.replace("*", "")])
    token = next(t for t in doc if t.idx == start)
    assert token.head.text == CASES[sentence]
