"""A probe of status: the starred word of each sentence names the event. Read on Wednesday 15 May 2024."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor

PROBE: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "data" / "status_probe.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def readings(extractor: "Extractor") -> Mapping[str, tuple[str, ...]]:
    """Each probe sentence with the statuses of the rows that its starred words name."""
    sentences = [s for group in PROBE.values() for s in group]
    articles = [
        Article(s.replace("*", ""), str(n), published=date(2024, 5, 15)) for n, s in enumerate(sentences)
    ]
    read = extractor.extract_events(articles)
    return {s: tuple(statuses(s, rows)) for s, (_, rows) in zip(sentences, read, strict=True)}


def statuses(sentence: str, rows: list[EventRow]) -> list[str]:
    """The statuses of the rows that a starred word names."""
    parts = sentence.split("*")
    stars = [(len("".join(parts[:n])), len("".join(parts[: n + 1]))) for n in range(1, len(parts), 2)]
    start, end = stars[-1]
    return [
        row.status for row in rows if any(e.start < end and start < e.end for e in row.evidence["event_type"])
    ]


def find_wrong(status: str, readings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The sentences of one status that are read otherwise, with what was read."""
    return [f"{s} -> {readings[s]}" for s in PROBE[status] if readings[s] != (status,)]


def test_the_probe_is_large_enough() -> None:
    assert len(PROBE) == 13
    assert sum(map(len, PROBE.values())) >= 160
    assert all(len(group) >= 10 for group in PROBE.values())


@pytest.mark.parametrize("status", PROBE)
def test_status_is_read(status: str, readings: Mapping[str, tuple[str, ...]]) -> None:
    wrong = find_wrong(status, readings)
    assert len(wrong) <= 0.2 * len(PROBE[status]), "\n".join(wrong)


def test_nine_in_ten_are_right(readings: Mapping[str, tuple[str, ...]]) -> None:
    wrong = [line for status in PROBE for line in find_wrong(status, readings)]
    assert len(wrong) <= 0.1 * sum(map(len, PROBE.values())), "\n".join(wrong)
