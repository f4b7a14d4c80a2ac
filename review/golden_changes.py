"""What differs between two goldens of a page, as changes that a person decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from models.change import Change, digest
from models.event import EventRow
from review.causes import Circumstances
from review.compare import compare_page, refuse_doubles
from review.goldens import TOLD_ONCE, Golden, read_golden, read_rows
from review.totals import Ledger, counts, name_incident

PAGE = (
    "page"  # the field of what is no row: headline, time of publication, length; that a golden comes or goes
)
FORM = "the same in another form or order"


class GoldenChange(Change):
    """A change that is decided for certain bytes: with others its hash is another."""

    files: str

    @property
    def hash(self) -> str:
        """Digest of what a decision is about, the bytes of both files among it."""
        evidence = [[e.model_dump() for e in side] for side in (self.evidence_before, self.evidence_after)]
        return digest([self.id, self.before, self.after, evidence, self.files])


@dataclass(frozen=True, slots=True)
class Compared:
    """Two goldens of a page: the rows that they tell, and what differs."""

    before: Sequence[EventRow]
    after: Sequence[EventRow]
    changes: Sequence[Change]


def compare_goldens(name: str, before: bytes | None, after: bytes | None) -> Compared:
    """What differs between the bytes of two goldens; None is no golden. Raises ReviewError."""
    olds, news = (read_golden(data, name) if data is not None else {} for data in (before, after))
    file = f"{name}.expected.json"
    some, others = (read_rows(golden, name, file) for golden in (olds, news))
    refuse_doubles(some, f"{name} before")
    refuse_doubles(others, f"{name} after")
    ledger = Ledger(*({name_incident(row) for row in rows if counts(row)} for rows in (some, others)))
    found, _ = compare_page(some, others, ledger, Circumstances())
    changes = [*compare_facts(name, olds, news), *(one for one in found if not is_told_once(one))]
    if not changes:
        changes.append(make_page_change(name, olds, news, {"form": "as kept"}, {"form": FORM}))
    files = digest([data is not None and sha256(data).hexdigest() for data in (before, after)])
    return Compared(some, others, [GoldenChange(**dict(change), files=files) for change in changes])


def is_told_once(change: Change) -> bool:
    """Whether it only repeats for a row what the page's own change tells: another headline, or another text."""
    return (
        change.operation == "moved" and change.field == "context" and change.before.keys() <= set(TOLD_ONCE)
    )


def compare_facts(name: str, olds: Golden, news: Golden) -> Iterator[Change]:
    """The change of what is told of the page itself, if there is one."""
    before, after = map(list_facts, (olds, news))
    different = [fact for fact in dict.fromkeys((*before, *after)) if before.get(fact) != after.get(fact)]
    if different:
        sides = ({fact: told[fact] for fact in different if fact in told} for told in (before, after))
        yield make_page_change(name, olds, news, *sides)


def list_facts(golden: Golden) -> dict[str, Any]:
    """What a golden tells of the page itself."""
    refused = {"refused": golden["refused"]} if "refused" in golden else {}
    return {**golden.get("article", {}), **refused}


def make_page_change(
    name: str, olds: Golden, news: Golden, before: dict[str, Any], after: dict[str, Any]
) -> Change:
    """The change of what is no row."""
    articles = [golden.get("article", {}) for golden in (olds, news)]
    facts = articles[1] or articles[0]
    return Change(
        operation="changed",
        field=PAGE,
        before_ids=(name,),
        after_ids=(name,),
        before=before or None,
        after=after or None,
        kind_before=name_kind(olds),
        kind_after=name_kind(news),
        words_before=say(before),
        words_after=say(after),
        relation="none",
        cause=(),
        label=f"{name}: {facts.get('title') or 'the page'}",
        articles_before=tuple(a["article_id"] for a in articles[:1] if "article_id" in a),
        articles_after=tuple(a["article_id"] for a in articles[1:] if "article_id" in a),
        url=facts.get("url"),
        title=facts.get("title"),
    )


def name_kind(golden: Golden) -> str:
    """What kind of golden it is."""
    return "refused" if "refused" in golden else "article" if golden else "no golden"


def say(facts: dict[str, Any]) -> str:
    """The facts on a line."""
    return "; ".join(f"{name} {value}" for name, value in facts.items())
