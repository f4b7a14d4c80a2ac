"""Confidence: what is told well is surer, and doubtful violence is no row of its own."""

from pathlib import Path

import pytest

from extractors import extract_events
from extractors.confidence import DOUBT, TRAINED
from extractors.extractor import Extractor
from models.article import Article, read_published
from models.errors import LexiconError
from models.event import EventRow
from models.weights import Weights, read_weights


def read(extractor: Extractor, text: str) -> list[EventRow]:
    article = Article(text=text, doc_id="confidence", published=read_published("2024-05-08"))
    return next(rows for _, rows in extract_events(extractor, [article]))


def test_a_full_report_is_surer_than_talk(extractor: Extractor) -> None:
    (told,) = read(extractor, "Gunmen killed six farmers with machine guns in Zamfara on Tuesday.")
    talk = read(
        extractor,
        '"We will crush those who attack our people, and you know it," the general told parliament.',
    )
    assert told.confidence > 0.7
    assert all(row.confidence < told.confidence for row in talk)


def test_a_vague_mention_tells_the_event_beside_it(extractor: Extractor) -> None:
    text = (
        "A car bomb killed nine people outside a bakery in Mosul on Tuesday. "
        "Officials said the violence would not stop the vote."
    )
    (row,) = read(extractor, text)
    assert (row.event_type, row.killed_best) == ("bombing", 9)


def test_a_second_attack_keeps_its_row(extractor: Extractor) -> None:
    text = (
        "A car bomb killed nine people outside a bakery in Mosul on Tuesday. "
        "In Tikrit, gunmen shot dead two policemen at a checkpoint on Monday."
    )
    assert [row.killed_best for row in read(extractor, text)] == [9, 2]


def test_a_doubtful_mention_lends_no_actor(extractor: Extractor) -> None:
    text = (
        "A car bomb killed nine people outside a bakery in Mosul on Tuesday. "
        "Our country knows what attacks by the People's Front mean for you, the minister said."
    )
    assert not any(row.actors for row in read(extractor, text) if row.killed_best == 9)


def test_no_violence_below_doubt(extractor: Extractor) -> None:
    text = "I tell you that we would fight for our land, and you would die for it too, he said in a speech."
    assert all(row.confidence >= DOUBT for row in read(extractor, text))


def test_words_are_never_dropped_for_doubt(extractor: Extractor) -> None:
    rows = read(extractor, "You know that my government condemned the junta for its war, she said.")
    assert {row.event_type for row in rows} == {"accusation_or_condemnation"}


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
