"""What a text speaks of, by its words alone: log odds that news in such words is of conflict."""

from collections.abc import Iterable
from math import sqrt
from pathlib import Path

from spacy.tokens import Token

from extractors.phrases import read_text
from extractors.sheet import Sheet
from models.weights import Weights

MANY = 100  # words: as many as tell a topic as well as more do
FEW = 10  # words: as many count half
SURE = 5.0  # log odds: words alone are no surer
TRAINED = Path(__file__).resolve().parent / "trained" / "topics.toml"


def list_words(tokens: Iterable[Token], *, shouted: bool = False) -> frozenset[str]:
    """The different words that can tell a topic: those in lower case, so no names; all, where the text is shouted."""
    return frozenset(t.lower_ for t in tokens if t.is_alpha and len(t) > 1 and (shouted or t.is_lower))


def is_shouted(sheet: Sheet) -> bool:
    """Whether the text is in capitals throughout, as old wires are."""
    return read_text(sheet.doc).isupper()


def weigh_topic(words: frozenset[str], topics: Weights) -> float:
    """Log odds by the words, within bounds: each makes it surer, up to many; a few tell next to nothing."""
    count = len(words)
    mean = sum(topics.weights.get(w, 0.0) for w in words) / max(1, count)
    told = mean * sqrt(min(count, MANY)) * count / (count + FEW)
    return max(-SURE, min(SURE, topics.intercept + told))
