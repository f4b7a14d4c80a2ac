"""Pure functions from pages and texts to event rows: no network, disk, clock, logging or globals.

`load_extractor` reads the lexicons and the pipeline once; after that, same input, same bytes.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.article import Article
from models.event import EventRow

if TYPE_CHECKING:
    from extractors.extractor import Extractor


def load_extractor(gazetteer: Path | None, model: str | None = None) -> "Extractor":
    """The extractor with its pipeline, lexicons and gazetteer.

    Raises ModelError, LexiconError or GazetteerError.
    """
    from extractors.loading import load  # noqa: PLC0415  # spaCy costs a second to import

    return load(gazetteer, model)


def extract_events(
    extractor: "Extractor", articles: Iterable[Article]
) -> Iterator[tuple[Article, list[EventRow]]]:
    """Each article with its rows, in order."""
    return extractor.extract_events(articles)


def extract_mentions(
    extractor: "Extractor", articles: Iterable[Article]
) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Each article with its mentions in the shape of event-row.md, in order."""
    return extractor.extract_mentions(articles)
