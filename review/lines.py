"""The review in a terminal: groups with their state, and one change at a time with the keys under it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from models.change import Cause, Change, Diff, Group
from models.decision import Decision
from models.policy import Policy
from review.bulk import Bulk, choose_bulk, find_removing
from review.controls import show_controls
from review.decisions import DECIDED, Outcome, Standing, find_last, sum_state
from review.diff_words import name_effect, name_kinds, name_number, name_root, short_root
from review.diffs import make_change, make_sides, warn

SIGNS = {"open": "○", "partly": "◐", "accepted": "✓", "rejected": "×", "mixed": "±"}
VERDICTS = {"a": "accept", "r": "reject", "s": "skip", "x": "flag"}
WHOLE = {"A": "accept", "R": "reject", "C": "accept"}
HELP = (
    ("a", "accept"), ("r", "reject"), ("s", "skip"), ("x", "flag"), ("A", "accept what is left of the group"),
    ("R", "reject what is left of the group"), ("C", "accept what is left of its cause"), ("u", "undo"),
    ("n", "next group"), ("q", "stop; all is kept"),
)  # fmt: skip
WORDS = {
    "open": "not decided",
    "accept": "accepted",
    "reject": "rejected",
    "edit": "edited",
    "skip": "skipped",
    "flag": "flagged",
}
REASONS = {
    "unsure": "less sure than {confidence}",
    "edited": "edited by hand before",
    "removal": "of an event from which something is taken away",
    "effect": "moving killed by more than {killed}",
    "gone": "of events that would be gone",
}


@dataclass(slots=True)
class Desk:
    """What the lines show, and how a decision is kept: `decide(verdict, changes, **fields)` gives the new outcome."""

    diff: Diff
    changes: Sequence[Change]
    policy: Policy
    outcome: Outcome
    decisions: list[Decision]
    decide: Callable[..., Outcome]
    edited: frozenset[str] = frozenset()
    who: str | None = None  # whose decisions `u` takes back; None: anybody's

    def members(self, group: Group) -> list[Change]:
        """The group's changes."""
        wanted = set(group.members)
        return [change for change in self.changes if change.id in wanted]

    def find_cause(self, change: Change) -> Cause | None:
        """What the change followed from."""
        return next((cause for cause in self.diff.causes if cause.root == change.root), None)

    def choose(self, heap: Group | Cause) -> Bulk:
        """What a decision on the whole group, or on all that follows from a cause, covers."""
        removing = find_removing(self.changes, self.outcome.standings)
        own = (
            self.members(heap)
            if isinstance(heap, Group)
            else [change for change in self.changes if change.root == heap.root]
        )
        return choose_bulk(own, self.outcome.standings, self.policy, edited=self.edited, removing=removing)


def make_list(desk: Desk) -> RenderableType:
    """The two sides, and a line a group with its state."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("no.", "state", "alike changes", "changes", "articles", "effect on totals", "least sure"):
        right = name in {"no.", "changes", "articles", "least sure"}
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for group in desk.diff.groups:
        state = sum_state(desk.outcome.standings[name] for name in group.members)
        sure = "" if group.least_confidence is None else f"{group.least_confidence:.2f}"
        title = Text.assemble((show_controls(group.name), "bold"), f"  {name_kinds(group)}")
        title.append(f"\n{show_controls(name_root(group.root))}" if group.root else "", "dim")
        effect = ", ".join(name_effect(group.effect)) or "–"
        state_words = f"{SIGNS[state]} {'not decided' if state == 'open' else state}"
        cells = (f"{group.changes:,}", f"{group.articles:,}", effect, sure)
        table.add_row(str(group.number), state_words, title, *cells)
    parts: list[RenderableType] = [make_sides(desk.diff), *warn(desk.diff), Text(), table, Text()]
    return Stack(*parts, *tell_causes(desk.diff.causes), tell_standing(desk))


def tell_causes(causes: Iterable[Cause]) -> Iterator[Text]:
    """The causes that led to changes of several kinds, each with what takes all of it."""
    for cause in causes:
        if cause.groups > 1:
            effect = ", ".join(("", *name_effect(cause.effect)))
            much = f"{name_number(cause.changes, 'change')} in {name_number(cause.groups, 'group')}{effect}"
            told = Text(f"{show_controls(name_root(cause.root))}: {much}")
            told.append(f"   accept --cause '{show_controls(short_root(cause.root))}'", "dim")
            yield told


def tell_standing(desk: Desk) -> Text:
    """How many groups are decided, and what has to be asked again."""
    states = [sum_state(desk.outcome.standings[m] for m in group.members) for group in desk.diff.groups]
    done = sum(state not in {"open", "partly"} for state in states)
    text = Text(
        f"{done} of {name_number(len(states), 'group')} decided, {len(desk.outcome.undecided)} changes open"
    )
    held = sum(s.hold is not None and s.decision is None for s in desk.outcome.standings.values())
    text.append(f"; {held} still held by earlier decisions" if held else "")
    stale = len(desk.outcome.stale)
    text.append(
        f"; {name_number(stale, 'decision')} about what has changed since: ask again" if stale else ""
    )
    return text


def make_card(desk: Desk, group: Group, change: Change, number: int, of: int) -> RenderableType:
    """One change, where it stands in its group, and the keys with their meaning."""
    standing = desk.outcome.standings[change.id]
    head = Text.assemble(
        (f"[{number}/{of}] ", "dim"),
        (show_controls(group.name), "bold"),
        f"  {name_kinds(group)}  ",
        (WORDS[standing.state], "dim"),
    )
    notes = [
        Text(f"    {show_controls(c.who)}: {show_controls(c.comment)}", "italic") for c in standing.comments
    ]
    keys = Text.assemble(*(part for key, label in HELP for part in ((f" {key} ", "reverse"), f" {label}  ")))
    return Stack(Text(), head, *make_change(change), *tell_hold(standing), *notes, keys)


def tell_hold(standing: Standing) -> Iterator[Text]:
    """That an earlier decision holds the value."""
    if standing.hold and standing.decision is None:
        hold = standing.hold
        yield Text(
            f"    still held: {show_controls(hold.who)}, {hold.at:%Y-%m-%d}, {show_controls(hold.reason)}"
        )


def make_bulk(bulk: Bulk, policy: Policy) -> Text:
    """What a decision on the group left out, and why."""
    counts: dict[str, int] = {}
    for _, reason in bulk.left:
        counts[reason] = counts.get(reason, 0) + 1
    told = [f"{n} {REASONS[reason].format(**policy.model_dump())}" for reason, n in counts.items()]
    return Text(
        f"{len(bulk.covered)} decided" + (f"; {len(bulk.left)} stay: {', '.join(told)}" if told else "")
    )


def make_log(decisions: Iterable[Decision], undone: frozenset[str]) -> RenderableType:
    """Every decision in the order in which it was made."""
    table = Table(
        "time (UTC)", "who", "verdict", "scope", "changes", "id", "comment", box=None, pad_edge=False
    )
    for one in decisions:
        verdict = f"undo of {one.undoes}" if one.undoes else one.verdict
        style = "strike" if one.decision_id in undone else ""
        cells: tuple[Any, ...] = (
            one.scope,
            str(len(one.covers)),
            one.decision_id,
            show_controls(one.comment),
        )
        table.add_row(f"{one.at:%Y-%m-%d %H:%M:%S}", show_controls(one.who), Text(verdict, style), *cells)
    return table if table.row_count else Text("no decisions yet")


def review_lines(
    desk: Desk, groups: Sequence[Group], keys: Iterator[str], show: Callable[[RenderableType], None]
) -> None:
    """Goes through the open changes of the groups one by one; each decision is kept at once."""
    for group in groups:
        if not review_group(desk, group, keys, show):
            break
    show(tell_standing(desk))


def review_group(
    desk: Desk, group: Group, keys: Iterator[str], show: Callable[[RenderableType], None]
) -> bool:
    """One group; False where the reader stops."""
    members = desk.members(group)
    at = 0
    while at < len(members):
        change = members[at]
        if desk.outcome.standings[change.id].state in DECIDED:
            at += 1
            continue
        show(make_card(desk, group, change, at + 1, len(members)))
        key = next(keys, "q")
        if key in VERDICTS:
            desk.outcome = desk.decide(VERDICTS[key], [change])
            at += 1
        elif key in WHOLE:
            heap = desk.find_cause(change) or group if key == "C" else group
            bulk = desk.choose(heap)
            if bulk.covered:
                desk.outcome = desk.decide(WHOLE[key], bulk.covered, scope="group", alike=heap.id)
            show(make_bulk(bulk, desk.policy))
            if not bulk.covered:
                at += 1
        elif key == "u":
            at = undo(desk, members, at, show)
        elif key in "nq":
            return key == "n"
    return True


def undo(desk: Desk, members: Sequence[Change], at: int, show: Callable[[RenderableType], None]) -> int:
    """Takes the reader's last decision back and goes to the first change that it was about."""
    last = find_last(desk.decisions, desk.who)
    if last is None:
        show(Text("nothing to undo"))
        return at
    desk.outcome = desk.decide("undo", [], undoes=last.decision_id)
    show(Text(f"undone: {last.verdict} of {name_number(len(last.covers), 'change')}"))
    covered = {one.change for one in last.covers}
    return next((n for n, change in enumerate(members) if change.id in covered), at)
