"""Real tables with a candidate, and decisions on it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flows.lines import Origin
from flows.receipts import find_store
from flows.reviews import apply_review, open_review
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.event import EventRow
from tests.reviewed import make_page, strip_loss
from tests.test_store import make_run

BASE, LATER, THIRD, FOURTH = (
    f"{day}T021500Z-aaaa" for day in ("20261130", "20261201", "20991202", "20991203")
)


def add_candidate(
    store: Store,
    run_id: str,
    base: str,
    read: list[tuple[Article, list[EventRow]]],
    stored_by: str = BASE,
) -> None:
    with TemporaryDirectory() as folder, Staging(Path(folder), run_id) as staged:
        for article, rows in read:
            staged.add(article, rows, Origin(article_run=stored_by), {"dates": "x"}, stored=True)
        pieces = {name: staged.pieces(name) for name in ("articles", "events", "readings")}
        store.commit_candidate(make_run(run_id, kind="reextract", base=base), pieces)


def read_again(rows: list[EventRow]) -> list[EventRow]:
    """A number found, one row gone, one new, one with another status."""
    return [rows[0], rows[1].model_copy(update={"status": "historical"}), rows[3]]


def make_home(folder: Path) -> Path:
    """A home with a night, and a candidate of other rules."""
    article, rows = make_page(0)
    other, others = make_page(1)
    store = Store(find_store(folder))
    store.commit_run(
        make_run(BASE), [article, other], [strip_loss(rows[0]), *rows[1:3], *map(strip_loss, others)]
    )
    add_candidate(store, LATER, BASE, [(article, read_again(rows)), (other, others)])
    return folder


def shown(home: Path, run_id: str | None = None) -> dict[str, EventRow]:
    return {row.event_id: row for row in Store(find_store(home)).view(run_id).rows()}


def decide(home: Path, **verdicts: str) -> None:
    """Decides the groups of these operations or fields; `x=...` is of all others."""
    with open_review(home, "current", "candidate") as review:
        for group in review.diff.groups:
            name = group.field if group.operation == "changed" else group.operation
            verdict = verdicts.get(name) or verdicts.get("x")
            if verdict:
                members = [change for change in review.changes if change.id in group.members]
                review.decide(verdict, members, scope="group", alike=group.id, comment="because")


def apply(home: Path, undecided: str | None = None) -> str:
    with open_review(home, "current", "candidate") as review:
        return apply_review(review, undecided)


def count_status(home: Path, status: str) -> int:
    return [row.status for row in shown(home).values()].count(status)
