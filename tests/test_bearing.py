"""What a passage is about: words that tell a topic, and how sure an event must be of conflict."""

from pathlib import Path

import pytest

from extractors.bearing import ENOUGH, LEAST, LIKELY, SURE, Page, set_bar
from extractors.extractor import Extractor
from extractors.topics import TRAINED, list_words, weigh_topic
from models.errors import LexiconError
from models.weights import Weights, read_word_weights
from tests.reading import read_rows

LONG = frozenset(f"word{n}" for n in range(ENOUGH))


def test_names_tell_no_topic(extractor: Extractor) -> None:
    (doc,) = extractor.pipeline.parse(["Rebels from Goma shelled a MARKET."])
    assert list_words(doc) == {"from", "shelled"}
    assert list_words(doc, shouted=True) == {"rebels", "from", "goma", "shelled", "market"}


def test_a_few_words_tell_little_and_no_words_are_sure() -> None:
    topics = Weights(intercept=0.0, weights={f"word{n}": 3.0 for n in range(1000)})
    found = [weigh_topic(frozenset(f"word{n}" for n in range(count)), topics) for count in (0, 1, 10, 1000)]
    assert found[0] == 0
    assert found == sorted(found)
    assert found[1] < 0.5
    assert found[-1] == 5


def test_words_that_are_learned_point_where_they_should() -> None:
    topics = read_word_weights(TRAINED)
    war = weigh_topic(frozenset({"gunmen", "militia", "wounded", "rebels", "soldiers"}), topics)
    game = weigh_topic(frozenset({"striker", "midfield", "coach", "goal", "league"}), topics)
    assert game < weigh_topic(frozenset(), topics) < war


def test_a_short_text_and_one_that_surely_tells_of_conflict_are_refused_less_lightly() -> None:
    long, short = (Page([words], words, {}, {}, {}, {}) for words in (LONG, frozenset({"blast"})))
    assert set_bar(long, best=0.0) == LIKELY
    assert set_bar(short, best=0.0) == set_bar(long, best=SURE) == LIKELY * LEAST


def test_the_passage_decides_what_a_word_means(extractor: Extractor) -> None:
    strike = "The strike by Diallo came in Bamako on Friday and left the visitors stunned. "
    game = (
        strike
        + "The striker scored from a free kick and the coach praised his team after the match in the cup."
    )
    assert read_rows(extractor, game) == []
    war = "The strike by a drone came in Bamako on Friday and left nine soldiers dead. Gunmen then shelled the base."
    assert read_rows(extractor, war)


@pytest.mark.parametrize("text", ["intercept = 1.0\n", "intercept = 1.0\n[words]\nmany = 'a b'\n", "["])
def test_a_damaged_file_gives_one_readable_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^topics\.toml: .*; restore the file from the release$"):
        read_word_weights(path)
