"""What the review page draws, read from the tables: the changed articles with their rows on both sides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from flows.lines import read_article
from flows.reports import choose_outlines
from flows.reviews import RunReview
from flows.store_tables import among, fetch
from models.article import Article
from models.change import Change
from models.event import EventRow
from review.decisions import find_hold
from review.page import Held, Material
from review.stories import Story

CHUNK = 500  # articles that one question to the tables is about


def make_material(review: RunReview) -> Material:
    """The page's material. The articles are read as they are drawn."""
    shapes, _ = choose_outlines(review.home)
    stories = Stories(review)
    return Material(
        review.diff,
        review.changes,
        stories,
        review.policy,
        review.decisions,
        review.edited,
        shapes,
        find_held(review),
    )


def find_held(review: RunReview) -> dict[str, Held]:
    """The changes that an earlier decision answers, whatever was decided since."""
    if not review.holds:
        return {}
    runs, found = review.store.holding_runs(), {}
    for change in review.changes:
        if hold := find_hold(change, review.holds):
            number = runs.get((hold.event_id, hold.field), 0)
            found[change.id] = Held(hold.who, hold.at, hold.reason, number)
    return found


class Stories:
    """The changed articles in the order of their first change; they can be read again."""

    def __init__(self, review: RunReview) -> None:
        self.review = review
        self.changes: dict[str, list[tuple[int, Change]]] = defaultdict(list)
        self.texts: dict[str, set[str]] = defaultdict(set)  # of each, all texts of the page that rows are of
        for number, change in enumerate(review.changes):
            article_id = (*change.articles_after, *change.articles_before)[0]
            self.changes[article_id].append((number, change))
            self.texts[article_id].update(change.article_ids)

    def __iter__(self) -> Iterator[Story]:
        names = iter(self.changes)
        while chunk := tuple(islice(names, CHUNK)):
            yield from self.read(chunk)

    def read(self, article_ids: Sequence[str]) -> Iterator[Story]:
        """Some of them."""
        every = sorted({text for name in article_ids for text in self.texts[name]})
        articles = {article.article_id: article for article in self.read_articles(every)}
        store, diff = self.review.store, self.review.diff
        before, after = (
            group_rows(store.view(side.name).rows_among("article_id", every))
            for side in (diff.before, diff.after)
        )
        for name in article_ids:
            olds = [row for text in sorted(self.texts[name]) for row in before.get(text, ())]
            yield Story(name, articles.get(name), olds, after.get(name, []), self.changes[name])

    def read_articles(self, article_ids: Iterable[str]) -> Iterator[Article]:
        """The articles, those that only the candidate has too."""
        tables, wanted = self.review.store.tables, among("article_id", article_ids)
        own = tables.candidate(self.review.diff.after.name, "articles")
        for table in (tables.articles, own):
            yield from map(read_article, fetch(table.scan().filter(wanted).order("run_id")))


def group_rows(rows: Iterable[EventRow]) -> dict[str, list[EventRow]]:
    """The rows by article."""
    grouped: dict[str, list[EventRow]] = defaultdict(list)
    for row in rows:
        grouped[row.article_id].append(row)
    return grouped
