"""The fixture pages and their goldens, for tests that read them all."""

from datetime import date
from pathlib import Path
from typing import Any

from extractors.html import read_page
from flows import golden_reading
from flows.golden_pages import find_golden
from models.article import Article
from models.errors import PageError
from review.goldens import Golden
from review.goldens import read_golden as read

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"


def list_fixtures() -> list[str]:
    """The slugs of all fixture pages."""
    return sorted(path.stem for path in ARTICLES.glob("*.html"))


def read_facts(slug: str) -> dict[str, Any]:
    """What the page's `.toml` says."""
    return golden_reading.read_facts(ARTICLES / f"{slug}.html")


def read_fixture(slug: str) -> Article | PageError:
    """The page as the nightly run reads it, on the day of its publication."""
    facts = read_facts(slug)
    day = date.fromisoformat(facts["published"][:10])
    try:
        return read_page((ARTICLES / f"{slug}.html").read_bytes(), facts["url"], fetched=day)
    except PageError as error:
        return error


def read_golden(slug: str) -> Golden:
    """The golden that is kept."""
    return read(find_golden(ARTICLES, slug).read_bytes(), slug)
