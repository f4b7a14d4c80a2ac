"""A review of made-up pages: articles in many scripts, rows before and after, and what is hostile."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.article import Article
from models.change import Change, Diff, Side
from models.event import EventRow
from models.policy import read_policy
from review.causes import Circumstances
from review.compare import compare_rows
from review.grouping import group_all
from review.page import Material
from review.stories import Story
from tests.changed import CHANGES, SENTENCES, make, shift
from tests.rows import FULL

PARTS: dict[str, Any] = {name: value for name, value in FULL.items() if name not in {"evidence"}}
OPENING = "🚀 A dateline with what lies beyond the first plane. "
WORDS = (  # what a page may say
    "</script><script>document.title='ran'</script>",
    '"><img src=x onerror="fetch(\'http://127.0.0.1:9/\')">',
    "<b>bold</b> &amp; {{ 7 * 7 }} ${7 * 7} javascript:alert(1)",
    "\u202ekilled +12\u2069\u202e dellik",
    "\x1b[2J\x1b]0;title\x07\x9b31m",
    "=cmd|' /C calc'!A0",
    "ساحة علي 🚀 كوكب",
    "w" * 100_000,
)
POLICY = read_policy(Path(__file__).parents[1] / "review" / "policy.toml")


def make_page(
    number: int, opening: str = OPENING, title: str = "Traders shot near Port Alder"
) -> tuple[Article, list[EventRow]]:
    """An article of all sentences behind an opening, and a row for each."""
    text = opening + " ".join(SENTENCES)
    article = Article(text, f"doc-{number}", f"https://example.org/{number}", "The Alder Post", title, "en")
    known = {"article_id": article.article_id, "url": article.url, "title": title, "confidence": 0.9}
    rows = [
        shift(
            make(index, f"{number:012x}{index:04x}", **(PARTS if index == 0 else {})), len(opening), **known
        )
        for index in range(len(SENTENCES))
    ]
    return article, [mark_loss(row) for row in rows]


def mark_loss(row: EventRow) -> EventRow:
    """The row with the words that its number was read from."""
    if "4 traders" not in row.sentence:
        return row
    start = row.sentences[0].start + row.sentence.index("4 traders")
    span = {"start": start, "end": start + 9, "text": "4 traders", "rule": "casualties.toml:shoot"}
    return EventRow.model_validate(
        row.model_dump() | {"evidence": row.model_dump()["evidence"] | {"killed": (span,)}}
    )


def strip_loss(row: EventRow) -> EventRow:
    """The row as rules without that number read it."""
    empty = {"killed_low": None, "killed_best": None, "killed_high": None, "counts": ()}
    evidence = {name: spans for name, spans in row.model_dump()["evidence"].items() if name != "killed"}
    return EventRow.model_validate(row.model_dump() | empty | {"evidence": evidence})


def make_material(
    pages: Sequence[tuple[Article, list[EventRow], list[EventRow]]], known: Circumstances | None = None
) -> Material:
    """The review of pages with their rows before and after."""
    before = [row for _, rows, _ in pages for row in rows]
    after = [row for _, _, rows in pages for row in rows]
    found = {change.id: change for change in compare_rows(before, after, known)}
    groups, causes = group_all(found.values())
    changes = [found[name] for group in groups for name in group.members]
    diff = Diff(
        before=Side(name="20261130T021500Z-aaaa"),
        after=Side(name="20261201T021500Z-bbbb"),
        same=0,
        rows={},
        changes=len(changes),
        articles=len({name for change in changes for name in change.article_ids}),
        groups=groups,
        causes=causes,
    )
    own: dict[str, list[tuple[int, Change]]] = {article.article_id: [] for article, _, _ in pages}
    for number, change in enumerate(changes):
        for name in change.article_ids:
            own[name].append((number, change))
    stories = [
        Story(article.article_id, article, old, new, own[article.article_id]) for article, old, new in pages
    ]
    return Material(diff, changes, stories, POLICY)


def make_review(number: int = 3) -> Material:
    """That many pages on which a number was found, and on the first one of each other kind of change."""
    pages = []
    for index in range(number):
        article, rows = make_page(index)
        after, before = list(rows), [strip_loss(rows[0]), *rows[1:]]
        if index == 0:  # one gone, one new, one with two fields changed
            after[1] = EventRow.model_validate(rows[1].model_dump() | CHANGES["actors"] | CHANGES["status"])
            before, after = before[:3], [*after[:2], after[3]]
        if index == 1:
            unsure = rows[2].model_dump() | {"confidence": 0.4} | CHANGES["injured"]
            after[2] = EventRow.model_validate(unsure)
        pages.append((article, before, after))
    return make_material(pages)


def make_hostile_review() -> Material:
    """Pages whose every text tries to be more than text."""
    pages = []
    for index, words in enumerate(WORDS):
        article, rows = make_page(index, f"{words} ", words)
        hostile = {
            "claimed_by": (words,),
            "place_name": words,
            "place_text": words,
            "title": words,
            "publisher": words,
        }
        after = [EventRow.model_validate(row.model_dump() | hostile) for row in rows]
        pages.append((article, rows, after))
    return make_material(pages)
