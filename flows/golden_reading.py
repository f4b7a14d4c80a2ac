"""What a page with a golden gives now: its article, and the golden of its rows."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from flows.documents import Given, make_article
from flows.golden_pages import GoldenPage
from flows.inputs import kind_of
from flows.pages import Page, read_one
from flows.records import read_date, read_record
from flows.worker import worker_extractor
from models.article import Article
from models.errors import InputError, PageError
from review.goldens import Golden, write_outcome


def read_article(page: GoldenPage) -> Article | PageError:
    """The page's article, or why it has none. Raises InputError where it cannot be read at all."""
    if page.line is not None:
        return read_record(page.line, page.name)
    try:
        data, facts = page.path.read_bytes(), read_facts(page.path)
    except OSError as error:
        raise InputError(f"{page.path}: cannot be read ({error.strerror or error})") from error
    told = facts.get("published")
    published = read_date(str(told), f"{page.name}.toml") if told else None
    if kind_of(page.path) == "text":
        article = make_article(data, page.name, Given(url=facts.get("url"), published=published))
        return replace(article, title=facts.get("title"), publisher=facts.get("publisher"))
    day = date.fromisoformat(published.isoformat()[:10]) if published else None
    return read_one(Page(data, facts.get("url"), page.name, fetched=day))


def make_golden(article: Article | PageError) -> Golden:
    """The golden of what the article gives now."""
    if isinstance(article, PageError):
        return write_outcome(article)
    found = worker_extractor().extract_events([article])
    return write_outcome(article, [row for _, rows in found for row in rows])


def read_facts(path: Path) -> dict[str, Any]:
    """What the `.toml` beside the page says; nothing where there is none. Raises InputError."""
    facts = path.with_suffix(".toml")
    try:
        found = tomllib.loads(facts.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{facts}: {error}") from error
    for key in ("url", "title", "publisher"):
        if not isinstance(found.get(key, ""), str):
            raise InputError(f"{facts}: '{key}' is no string")
    return found
