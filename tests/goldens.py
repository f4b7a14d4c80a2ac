"""Goldens: an article's rows as a short JSON file that people read, and what differs between two of them."""

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from extractors.html import read_page
from models.article import Article
from models.errors import PageError
from models.event import COLUMNS, EventRow

ARTICLES = Path(__file__).parent.parent / "fixtures" / "articles"
# Told once for the article, or of no account: they change with every run and every touch of a rule.
LEFT_OUT = {"article_id", "url", "publisher", "title", "language", "published"}
VOLATILE = {"incident_id", "run_id", "extractor_version", "model_version"}
WIDTH = 110

Golden = dict[str, Any]
Key = Callable[[Golden], object]
# How rows of two goldens find each other, the strictest way first.
PAIRINGS: tuple[Key, ...] = (
    lambda row: row.get("event_id"),
    lambda row: (row["event_type"], row["trigger"], row["sentence"]),
    lambda row: (row["trigger"], row["sentence"]),
    lambda row: (row["event_type"], row["sentence"]),
    lambda row: (row["event_type"], row["trigger"]),
)


def list_fixtures() -> list[str]:
    """The slugs of all fixture pages."""
    return sorted(path.stem for path in ARTICLES.glob("*.html"))


def read_facts(slug: str) -> dict[str, Any]:
    """What the page's `.toml` says."""
    return tomllib.loads((ARTICLES / f"{slug}.toml").read_text(encoding="utf-8"))


def find_golden(slug: str) -> Path:
    """Where the page's golden stands."""
    return ARTICLES / f"{slug}.expected.json"


def read_fixture(slug: str) -> Article | PageError:
    """The page as the nightly run reads it, on the day of its publication."""
    facts = read_facts(slug)
    day = date.fromisoformat(facts["published"][:10])
    try:
        return read_page((ARTICLES / f"{slug}.html").read_bytes(), facts["url"], fetched=day)
    except PageError as error:
        return error


def read_golden(path: Path) -> Golden | None:
    """The golden that is kept, or nothing."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def write_outcome(article: Article | PageError, rows: Iterable[EventRow] = ()) -> Golden:
    """The golden of a page: its article and rows, or the reason why it has none."""
    if isinstance(article, PageError):
        return {"refused": article.reason}
    return {"article": write_article(article), "rows": [write_row(row) for row in rows]}


def write_article(article: Article) -> Golden:
    """The article's own fields, and enough of its text to see where it begins and ends."""
    published = article.published.isoformat() if article.published else None
    fields = {
        "article_id": article.article_id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "language": article.language,
        "published": published,
        "published_source": article.published_source,
        "length": len(article.text),
        "opening": article.text[:60],
        "ending": article.text[-60:],
    }
    return {name: value for name, value in fields.items() if value is not None}


def write_row(row: EventRow) -> Golden:
    """The row in the order of its columns, without what is empty or volatile."""
    told = row.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    told["confidence"] = round(row.confidence, 1)
    told["sentences"] = [f"{told.start}:{told.end} {told.text}" for told in row.sentences]
    told["evidence"] = {
        name: [f"{span.start}:{span.end} {span.text} [{span.rule}]" for span in spans]
        for name, spans in row.evidence.items()
    }
    return {name: told[name] for name in COLUMNS if name in told and name not in LEFT_OUT | VOLATILE}


def dump(golden: Golden) -> str:
    """The golden as JSON text: a field a line, a party, count or sentence a line."""
    return "".join(lay_out(golden, 0)) + "\n"


def lay_out(value: Any, depth: int, name: str = "") -> Iterator[str]:
    """The JSON text of a value in pieces."""
    flat = json.dumps(value, ensure_ascii=False)
    short = depth > 3 or (depth > 2 and len(flat) + len(name) < WIDTH)
    if not isinstance(value, dict | list) or not value or (short and name != '"evidence": '):
        yield flat
        return
    named = isinstance(value, dict)
    opening, closing = ("{", "}") if named else ("[", "]")
    yield opening
    for number, item in enumerate(value.items() if named else value):
        key = f"{json.dumps(item[0], ensure_ascii=False)}: " if named else ""
        yield f"{',' if number else ''}\n{'  ' * (depth + 1)}{key}"
        yield from lay_out(item[1] if named else item, depth + 1, key)
    yield f"\n{'  ' * depth}{closing}"


def compare(before: Golden, after: Golden) -> list[str]:
    """Every difference between two goldens of a page, a line each, rows under the line that names them."""
    lines = [*compare_fields("refused", before.get("refused"), after.get("refused"))]
    changes = [*compare_parts(before.get("article", {}), after.get("article", {}))]
    lines += ["article", *(f"    {change}" for change in changes)] if changes else []
    pairs, lost, gained = pair_rows(before.get("rows", []), after.get("rows", []))
    for old, new in pairs:
        changes = [*compare_parts(old, new)]
        lines += [f"changed  {name_row(old)}", *(f"    {change}" for change in changes)] if changes else []
    lines += [f"lost     {name_row(row)}" for row in lost]
    lines += [f"gained   {name_row(row)}" for row in gained]
    return lines


def pair_rows(
    before: Iterable[Golden], after: Iterable[Golden]
) -> tuple[list[tuple[Golden, Golden]], list[Golden], list[Golden]]:
    """Rows that are the same event, those that only the first has, those that only the second has."""
    lost, gained = list(before), list(after)
    pairs = []
    for key in PAIRINGS:
        for old in list(lost):
            new = next((row for row in gained if key(row) == key(old)), None)
            if new is not None:
                pairs.append((old, new))
                lost.remove(old)
                gained.remove(new)
    return pairs, lost, gained


def name_row(row: Golden) -> str:
    """A row by its type, its event word and the first words of its sentence."""
    words = " ".join(row["sentence"].split()[:9])
    return f"{row['event_type']} “{row['trigger']}” {words} …"


def compare_parts(before: Mapping[str, Any], after: Mapping[str, Any], under: str = "") -> Iterator[str]:
    """The fields that differ, in the order in which they stand."""
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if name == "evidence":
            yield from compare_parts(old or {}, new or {}, "evidence of ")
        else:
            yield from compare_fields(f"{under}{name}", old, new)


def compare_fields(name: str, old: Any, new: Any) -> Iterator[str]:
    """One field before and after; of lists, what left and what came."""
    if old == new:
        return
    if not isinstance(old, list | None) or not isinstance(new, list | None):
        yield f"{name}: {show(old)} → {show(new)}"
        return
    gone, come = (
        [x for x in old or [] if x not in (new or [])],
        [x for x in new or [] if x not in (old or [])],
    )
    yield from (f"{name}: − {show(item)}" for item in gone)
    yield from (f"{name}: + {show(item)}" for item in come)
    if not gone and not come:
        yield f"{name}: {show(old)} → {show(new)}"


def show(value: Any) -> str:
    """A value on one line; a dash where there is none."""
    return "–" if value is None else json.dumps(value, ensure_ascii=False)
