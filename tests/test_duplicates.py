"""Near-duplicates: wire copy is found however it was cut or reframed; other reports on the event are not."""

import random
import tomllib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from extractors.duplicates import Originals, take_fingerprint

PAIRS = tomllib.loads((Path(__file__).parent / "data" / "same_event.toml").read_text(encoding="utf-8"))[
    "pairs"
]
REPORTS = [" ".join(pair[side].split()) for pair in PAIRS for side in ("one", "two")]
FRAME = "The Daily Post. Read more of the world's news on our page, and share this story with your friends."


def change_words(text: str, share: float) -> str:
    dice = random.Random(text)
    return " ".join(f"other{dice.random()}" if dice.random() < share else word for word in text.split())


def drop_sentence(text: str) -> str:
    return ". ".join(sentence for n, sentence in enumerate(text.split(". ")) if n != 1)


COPIES: dict[str, Callable[[str], str]] = {
    "the same": str,
    "in capitals": str.upper,
    "first 30 %": lambda text: text[: len(text) * 3 // 10],
    "5 % of words changed": lambda text: change_words(text, 0.05),
    "15 % of words changed": lambda text: change_words(text, 0.15),
    "frame of an outlet": lambda text: f"{FRAME} {text} {FRAME}",
    "a sentence dropped": drop_sentence,
    "other spaces and quotes": lambda text: text.replace(" ", "\n").replace('"', "“"),
}


def see(*texts: str) -> list[str | None]:
    """For each text the id of the first that it repeats."""
    originals = Originals()
    found = [originals.place(str(n), f"key {n}", text) for n, text in enumerate(texts)]
    return [first.article_id if first else None for first in found]


@pytest.mark.parametrize("kind", COPIES)
def test_copies_are_found(kind: str) -> None:
    stories = [f"{one} {two}" for one, two in zip(REPORTS, REPORTS[2:] + REPORTS[:2], strict=True)]
    for story in stories[::3]:
        assert see("Nothing of the kind was told on that day. " * 20, story, COPIES[kind](story)) == [
            None,
            None,
            "1",
        ]


@pytest.mark.parametrize("pair", range(len(PAIRS)))
def test_another_report_on_the_event_is_no_copy(pair: int) -> None:
    assert see(*REPORTS[2 * pair : 2 * pair + 2]) == [None, None]


def test_texts_of_one_pattern_are_no_copies() -> None:
    brief = "Two {} were killed in a clash with security forces in the woods of {} in {} district on {}, police said."
    words = (
        ("rebels", "Abuj", "Suk", "Monday"),
        ("Maoists", "Bastar", "Bija", "Friday"),
        ("men", "Dantor", "Kan", "Sunday"),
        ("cadres", "Gadchi", "Nara", "Tuesday"),
    )
    texts = [brief.format(*row) for row in words]
    assert see(*texts) == [None] * 4


def test_all_copies_are_linked_to_the_first_and_a_version_to_none() -> None:
    story = REPORTS[0]
    originals = Originals()
    assert originals.place("a1", "a", story) is None
    for name in ("b", "c"):
        first = originals.place(f"{name}1", name, f"{FRAME} {story}")
        assert first is not None
        assert first.article_id == "a1"
    assert originals.place("a2", "a", f"{story} Twelve are dead by now.") is None
    assert originals.place("b2", "b", f"{story} Thirteen are dead by now.") is None


def test_a_headline_is_too_short_to_be_a_copy() -> None:
    assert take_fingerprint("Eleven killed in market blast in Kesh Valley") is None
    assert see("Eleven killed in market blast", "Eleven killed in market blast", "", "") == [None] * 4


def test_many_texts_grow_the_table_and_the_order_decides() -> None:
    others = [f"{change_words(a, 0.9)} {change_words(b, 0.9)}" for a, b in combinations(REPORTS, 2)] * 12
    found = see(REPORTS[0], *(f"{text} {n}" for n, text in enumerate(others)), REPORTS[0])
    assert found[-1] == "0"
    assert len(found) > 256
