"""Sentence ends that the layout gives away."""

import pytest

from extractors.pipeline import Pipeline


def split(pipeline: Pipeline, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in pipeline.nlp(text).sents]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("OUAGADOUGOU, Burkina Faso (Sahel Wire) — Gunmen killed nine traders near Djibo.", "Gunmen killed"),
        ("KYIV, Oct 3 (Newsline) - Russian drones hit a depot in Odesa overnight.", "Russian drones"),
        ("ZAPORIZHZHIA — Russian shells hit a market on Friday.", "Russian shells"),
        ("Lima, 4 Feb 91 -- [Text] Police seized two rifles in Ayacucho.", "Police seized"),
        ("Achieng Odera | July 9, 2026\nNAIROBI — Two people were shot dead in Kisumu.", "Two people"),
        ("[Report] [Text] A bomb went off in Cali on Monday.", "A bomb"),
        ("Friday, 14 August 2026\nA fighter jet bombed the village.", "A fighter jet"),
    ],
)
def test_the_lead_behind_a_dateline_is_a_sentence_of_its_own(
    pipeline: Pipeline, text: str, lead: str
) -> None:
    assert any(sentence.startswith(lead) for sentence in split(pipeline, text))


@pytest.mark.parametrize(
    "text",
    [
        "The convoy - eleven lorries with flour - was stopped near Gao.",
        "Residents of Goma said rebels\nhad shelled the airport road.",
        "Hamas-run media said so.",
    ],
)
def test_dashes_and_wrapped_lines_end_no_sentence(pipeline: Pipeline, text: str) -> None:
    assert len(split(pipeline, text)) == 1
