"""The pictures of the review in the README: the sample pages' rows against invented ones of "earlier rules".

python -m benchmarks.review_picture GAZETTEER FOLDER     writes review.png, review-dark.png
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from extractors import extract_events, load_extractor
from flows.deciding import POLICY
from flows.pages import Page, read_one
from models.article import Article
from models.change import Diff, Side, Totals
from models.event import EventRow
from models.policy import read_policy
from review.compare import compare_rows
from review.grouping import group_all
from review.page import Material, render_page
from review.stories import Story
from review.totals import add_rows
from tests.browser import QUIET, find_chromium, look

PAGES = Path(__file__).parent.parent / "fixtures" / "articles"
BEFORE, AFTER = "20261130T021500Z-41aa", "20261201T021500Z-42bb"
EMPTY: dict[str, dict[str, Any]] = {
    "killed": {"killed_low": None, "killed_best": None, "killed_high": None},
    "weapons": {"weapons": ()},
}


def read_pages(gazetteer: Path) -> Iterator[tuple[Article, list[EventRow]]]:
    """The sample pages with their rows, each event once."""
    found = (
        read_one(Page(path.read_bytes(), url=f"https://news.example/{path.stem}"))
        for path in sorted(PAGES.glob("*.html"))
    )
    seen: set[str] = set()
    for article, rows in extract_events(
        load_extractor(gazetteer), (a for a in found if isinstance(a, Article))
    ):
        fresh = [row for row in rows if row.event_id not in seen]
        seen |= {row.event_id for row in fresh}
        yield article, fresh


def age(number: int, row: EventRow) -> EventRow | None:
    """The row as earlier rules might have read it: numbers and weapons missed, places taken for their country."""
    told = row.model_dump()
    if number % 11 == 5:
        return None
    if row.killed_best and number % 2:
        told |= EMPTY["killed"] | {"counts": [c for c in told["counts"] if c["what"] != "killed"]}
        told["evidence"].pop("killed", None)
    if row.weapons and number % 3 == 0:
        told |= EMPTY["weapons"]
        told["evidence"].pop("weapons", None)
    if row.latitude is not None and row.longitude is not None and number % 4 == 0:
        told |= {
            "latitude": row.latitude + 1.6,
            "longitude": row.longitude - 2.1,
            "place_name": row.admin1,
            "place_precision": "province",
            "place_radius_km": 150.0,
        }
    return EventRow.model_validate(told)


def make_material(pages: Sequence[tuple[Article, list[EventRow]]]) -> Material:
    """The review of the aged rows against those of today."""
    olds = {a.article_id: [old for n, row in enumerate(rows) if (old := age(n, row))] for a, rows in pages}
    before, after = [r for rows in olds.values() for r in rows], [r for _, rows in pages for r in rows]
    changes = {change.id: change for change in compare_rows(before, after)}
    groups, causes = group_all(changes.values())
    ordered = [changes[name] for group in groups for name in group.members]
    sides = [
        Side(name=name, totals=add_rows(rows) + Totals()) for name, rows in ((BEFORE, before), (AFTER, after))
    ]
    articles = {name for change in ordered for name in change.article_ids}
    diff = Diff(
        before=sides[0],
        after=sides[1],
        same=0,
        rows={},
        changes=len(ordered),
        articles=len(articles),
        groups=groups,
        causes=causes,
    )
    stories = [
        Story(a.article_id, a, olds[a.article_id], rows, own)
        for a, rows in pages
        if (own := [(n, c) for n, c in enumerate(ordered) if a.article_id in c.article_ids])
    ]
    return Material(diff, ordered, stories, read_policy(POLICY))


def draw(page: Path, folder: Path) -> None:
    """Writes both pictures, a few decisions into the review."""
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=find_chromium(), args=[*QUIET])
        for scheme, name in (("light", "review.png"), ("dark", "review-dark.png")):
            with look(browser, page, scheme=scheme, width=1480, height=900) as seen:  # type: ignore[arg-type]
                seen.page.wait_for_selector("body[data-ready=yes]")
                seen.page.evaluate("localStorage.setItem('dateline:settings', '{\"who\":\"ada\"}')")
                for key in "JaJJrJJ":
                    seen.page.keyboard.press(key)
                    seen.page.wait_for_timeout(120)
                seen.page.screenshot(path=folder / name)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "review.html"
        path.write_text(render_page(make_material([*read_pages(Path(sys.argv[1]))])), encoding="utf-8")
        draw(path, Path(sys.argv[2]))
