"""A review of goldens: the same groups and decisions as of two runs, and the files that follow from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.deciding import POLICY, Review
from flows.golden_files import (
    Proposal,
    check_files,
    find_review,
    in_ci,
    list_proposals,
    name_bytes,
    put,
    read_shown,
    write_shown,
)
from flows.golden_pages import find_golden, list_goldens, read_file
from models.change import OPERATIONS, Change, Diff, Side, Totals
from models.decision import Decision
from models.errors import ReviewError
from models.event import EventRow
from models.policy import read_policy
from review.decisions import Outcome, read_decisions
from review.golden_changes import Compared, compare_goldens
from review.goldens import read_golden
from review.grouping import group_all
from review.page import Material
from review.stories import Story
from review.totals import add_rows, counts, name_incident

BEFORE, AFTER = "goldens", "as the tests would have them"


@dataclass(slots=True, kw_only=True)
class GoldenReview(Review):
    """What the tests propose, page by page. A golden is written when all changes of its page are accepted."""

    folder: Path
    proposals: Mapping[str, Proposal]
    pages: Mapping[str, str]  # change id -> name of its page
    stories: Sequence[Story]
    records: list[Decision]
    careful: bool = True  # what nobody was shown cannot be accepted
    written: list[str] = field(default_factory=list)

    @property
    def trail(self) -> list[Decision]:
        """All decisions, those of earlier goldens too."""
        return self.records

    def decide(self, verdict: str, changes: Sequence[Change], **fields: Any) -> Outcome:
        """As of runs; then the files are brought to what is decided. Raises ReviewError, and nothing is done."""
        if in_ci():
            raise ReviewError("CI is set: goldens are accepted where a person looks")
        undone = [d for d in self.decisions if d.decision_id == fields.get("undoes")]
        ids = [change.id for change in changes] + [c.change for d in undone for c in d.covers]
        names = {self.pages[name] for name in ids if name in self.pages}
        for name in sorted(names):
            check_files(self.folder, self.proposals[name])
        if self.careful and verdict == "accept":
            self.check_shown(names)
        Review.decide(self, verdict, changes, **fields)
        self.records.append(self.decisions[-1])
        self.settle(names)
        return self.outcome

    def belongs(self, change: Change, name: str) -> bool:
        """Whether the change is of the event of that id, or of the page of that name."""
        return self.pages[change.id] == name or Review.belongs(self, change, name)

    @property
    def waiting(self) -> list[str]:
        """Pages of which something is accepted, but not all."""
        standings = self.outcome.standings
        begun = {self.pages[name] for name, standing in standings.items() if standing.state == "accept"}
        return sorted(begun & {self.pages[name] for name, one in standings.items() if one.state != "accept"})

    def check_shown(self, names: Iterable[str]) -> None:
        """Raises ReviewError where a person cannot have seen these bytes."""
        shown = read_shown(self.folder)
        for name in sorted(names):
            if shown.get(name) != sign(self.proposals[name]):
                raise ReviewError(
                    f"{name}: these bytes were not shown yet; first `dateline review --goldens {self.folder} list`"
                )

    def mark_shown(self) -> None:
        """Remembers that all of it was shown."""
        if self.proposals and not in_ci():
            write_shown(self.folder, {name: sign(one) for name, one in self.proposals.items()})

    def settle(self, names: Collection[str] | None = None) -> None:
        """Brings the goldens of these pages, or of all that are decided on, to what is decided. Raises ReviewError."""
        standings = self.outcome.standings
        if names is None:
            names = {self.pages[name] for name, standing in standings.items() if standing.decision}
        for name in sorted(names):
            proposal, golden = self.proposals[name], find_golden(self.folder, name)
            check_files(self.folder, proposal)
            own = [standings[change] for change, page in self.pages.items() if page == name]
            wanted = proposal.after if all(one.state == "accept" for one in own) else proposal.before
            if read_file(golden) != wanted:
                put(golden, wanted)
                self.written.append(name)

    def reload(self) -> None:
        """Reads the decisions anew, and brings the goldens to what is decided."""
        self.records = read_decisions(self.path)
        self.decisions = list(choose_decisions(self.records, self.changes))
        if not in_ci():
            self.settle()

    def apply(self, undecided: str | None) -> str:
        """Decides what is open where `undecided` says how, and tells how many goldens are as decided."""
        outcome = self.outcome
        if outcome.undecided and undecided is None:
            raise ReviewError(
                f"{len(outcome.undecided)} changes are not decided: `dateline review --goldens {self.folder}` "
                "shows them, --undecided old or new says which side they get"
            )
        rest = [change for change in self.changes if change.id in set(outcome.undecided)]
        if rest:
            self.decide(
                "accept" if undecided == "new" else "reject", rest, comment=f"--undecided {undecided}"
            )
        self.settle()
        done = sum(is_settled(self.folder, one) for one in self.proposals.values())
        return f"{done} of {len(self.proposals)} goldens are what the tests propose"

    def draw(self) -> Material:
        """What the page draws."""
        return Material(self.diff, self.changes, self.stories, self.policy, self.decisions, editable=False)


def sign(proposal: Proposal) -> str:
    """Both sides of a proposal by their digests."""
    return " ".join(digest or "none" for digest in proposal.hashes)


def open_goldens(folder: Path, *, careful: bool = True) -> GoldenReview:
    """The review of what the tests propose for a folder. Raises ReviewError."""
    if not folder.is_dir():
        raise ReviewError(f"{folder}: no such folder")
    proposals = {one.name: one for one in list_proposals(folder)}
    compared = {name: compare_goldens(name, one.before, one.after) for name, one in proposals.items()}
    diff, changes = make_diff(folder, compared)
    records = read_decisions(find_review(folder) / "decisions.jsonl")
    policy = read_policy(POLICY).model_copy(update={"accepted": (), "confidence": 0.0})  # each is looked at
    return GoldenReview(
        diff=diff,
        changes=changes,
        policy=policy,
        path=find_review(folder) / "decisions.jsonl",
        surface="tests",
        decisions=list(choose_decisions(records, changes)),
        folder=folder,
        proposals=proposals,
        pages={change.id: name for name, one in compared.items() for change in one.changes},
        stories=[make_story(proposals[name], one, changes) for name, one in compared.items()],
        records=records,
        careful=careful,
    )


def choose_decisions(records: Iterable[Decision], changes: Iterable[Change]) -> Iterator[Decision]:
    """The decisions on these changes, and the undos of them: others are about earlier goldens."""
    known, chosen = {change.id for change in changes}, set[str]()
    for decision in records:
        if decision.undoes in chosen or any(covered.change in known for covered in decision.covers):
            chosen.add(decision.decision_id)
            yield decision


def make_story(proposal: Proposal, compared: Compared, changes: Sequence[Change]) -> Story:
    """The page with its changes."""
    ids = {change.id for change in compared.changes}
    own = [(number, change) for number, change in enumerate(changes) if change.id in ids]
    return Story(proposal.name, proposal.article, compared.before, compared.after, own)


def make_diff(folder: Path, compared: Mapping[str, Compared]) -> tuple[Diff, list[Change]]:
    """All that differs in numbers, and the changes in the order of their groups."""
    found = {change.id: change for one in compared.values() for change in one.changes}
    groups, causes = group_all(found.values())
    before, after = ([row for one in compared.values() for row in getattr(one, side)] for side in SIDES)
    touched = {event for change in found.values() for event in change.before_ids}
    kept = sum(count_rows(folder, name) for name in list_goldens(folder) if name not in compared)
    diff = Diff(
        before=Side(name=BEFORE, totals=add_up(before)),
        after=Side(name=AFTER, totals=add_up(after)),
        same=kept + sum(row.event_id not in touched for row in before),
        rows={name: n for name in OPERATIONS if (n := count_touched(found.values(), name))},
        changes=len(found),
        articles=len(compared),
        groups=groups,
        causes=causes,
    )
    return diff, [found[name] for group in groups for name in group.members]


SIDES = ("before", "after")


def add_up(rows: Sequence[EventRow]) -> Totals:
    """What the rows come to."""
    incidents = {name_incident(row) for row in rows if counts(row)}
    return add_rows(rows) + Totals(incidents=len(incidents))


def count_touched(changes: Iterable[Change], operation: str) -> int:
    """How many rows a kind of change is about."""
    ids = (
        change.after_ids if operation == "added" else change.before_ids
        for change in changes
        if change.operation == operation and change.field != "page"
    )
    return len({event for some in ids for event in some})


def count_rows(folder: Path, name: str) -> int:
    """Rows of a golden that is as it should be; none of one that cannot be read, which the tests name."""
    data = read_file(find_golden(folder, name))
    try:
        return len(read_golden(data or b"{}", name).get("rows", ()))
    except ReviewError:
        return 0


def is_settled(folder: Path, proposal: Proposal) -> bool:
    """Whether the golden already is what was proposed."""
    return name_bytes(read_file(find_golden(folder, proposal.name))) == proposal.hashes[1]
