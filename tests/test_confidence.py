"""Confidence: what is told well is surer, and doubtful violence is no row of its own."""

from pathlib import Path

import pytest

from extractors.confidence import DOUBT, MAYBE, TRAINED, WEAK, settle_doubtful
from extractors.draft import Draft
from extractors.events import find_events, read_text
from extractors.extractor import Extractor, find_day, resolve_dates
from models.article import Article, read_published
from models.errors import LexiconError
from models.weights import Weights, read_weights
from tests.reading import read_rows


def test_a_full_report_is_surer_than_talk(extractor: Extractor) -> None:
    (told,) = read_rows(extractor, "Gunmen killed six farmers with machine guns in Zamfara on Tuesday.")
    talk = read_rows(
        extractor,
        '"We will crush those who attack our people, and you know it," the general told parliament.',
    )
    assert told.confidence > 0.7
    assert all(row.confidence < told.confidence for row in talk)


def find(extractor: Extractor, text: str, *confidences: float) -> list[Draft]:
    """What is left of the events of a text, in text order, once they are as sure as that."""
    article = Article(text=text, doc_id="confidence", published=read_published("2024-05-08"))
    doc = next(extractor.pipeline.parse([text]))
    mentions = extractor.find_mentions(doc)
    reading = read_text(extractor.lay_out(doc, mentions), extractor.words)
    events = find_events(reading, find_day(article), resolve_dates(mentions, article))
    assert len(events) == len(confidences), [e.trigger.span.text for e in events]
    for event, confidence in zip(events, confidences, strict=True):
        event.confidence = confidence
    return settle_doubtful(events, extractor.words.types)


TWO = (
    "A car bomb killed nine people outside a bakery in Mosul on Tuesday. "
    "Gunmen attacked two policemen at a checkpoint with rifles."
)


def test_a_sure_event_keeps_its_row(extractor: Extractor) -> None:
    assert [e.sentences for e in find(extractor, TWO, 0.9, 0.9)] == [[0], [1]]


def test_a_weak_mention_tells_the_surer_event_again(extractor: Extractor) -> None:
    (event,) = find(extractor, TWO, 0.9, WEAK - 0.05)
    assert event.sentences == [0, 1]
    assert not event.actors  # nearness names no perpetrator


def test_a_half_sure_event_with_victims_of_its_own_keeps_its_row(extractor: Extractor) -> None:
    assert len(find(extractor, TWO, 0.9, MAYBE - 0.05)) == 2


def test_a_half_sure_mention_without_any_is_no_row(extractor: Extractor) -> None:
    text = "A car bomb killed nine people outside a bakery in Mosul on Tuesday. Gunmen attacked with rifles."
    assert len(find(extractor, text, 0.9, MAYBE + 0.05)) == 2
    assert len(find(extractor, text, 0.9, MAYBE - 0.05)) == 1


def test_a_toll_is_never_lost(extractor: Extractor) -> None:
    text = (
        "Gunmen attacked a market in Nyala on Tuesday. The mayor said militiamen shot 64 people dead there."
    )
    (event,) = find(extractor, text, 0.9, WEAK - 0.05)
    assert [(c.what, c.best) for c in event.casualties] == [("killed", 64)]


def test_another_toll_is_another_row(extractor: Extractor) -> None:
    text = TWO.replace("with rifles.", "with rifles, killing four officers.")
    assert len(find(extractor, text, 0.9, WEAK - 0.05)) == 2


def test_doubtful_violence_alone_is_no_row(extractor: Extractor) -> None:
    text = "Gunmen killed six farmers in Zamfara on Tuesday."
    assert find(extractor, text, DOUBT - 0.05) == []
    assert len(find(extractor, text, DOUBT + 0.05)) == 1


def test_what_is_denied_claims_nothing_and_stays(extractor: Extractor) -> None:
    text = "No soldiers were killed near Bakhmut on Tuesday."
    assert len(find(extractor, text, DOUBT - 0.05)) == 1


def test_words_are_never_dropped_for_doubt(extractor: Extractor) -> None:
    text = "The government condemned the junta for its war."
    assert [e.type for e in find(extractor, text, 0.01)] == ["accusation_or_condemnation"]


def test_confidence_is_a_share(extractor: Extractor) -> None:
    weights = read_weights(TRAINED)
    assert 0 < weights.rate({}) < 1
    assert Weights(intercept=0, weights={"a": 1000.0}).rate({"a": 1}) <= 1


@pytest.mark.parametrize("text", ["intercept = 'x'\n[weights]\n", "weights = {", "[weights]\n"])
def test_damaged_weights_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "confidence.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^confidence\.toml: .+restore the file"):
        read_weights(path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"confidence\.toml"):
        read_weights(tmp_path / "confidence.toml")
