"""`dateline review accept|reject|skip|flag|edit`: decisions without a terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands.options import Home
from flows.commands.review import (
    After,
    Before,
    Comment,
    Number,
    choose,
    find_changes,
    make_desk,
    reviewing,
)

if TYPE_CHECKING:
    from flows.deciding import Review
    from models.change import Cause
    from models.policy import Policy

Verdict = Literal["accept", "reject", "skip", "flag"]
HELP: dict[Verdict, str] = {
    "accept": "Accept a group but for the doubtful, an event, or one change.",
    "reject": "Reject them: what was before is held, in later runs too.",
    "skip": "Leave them for later, and say so.",
    "flag": "Mark them for somebody else.",
}
OneChange = Annotated[str | None, typer.Option("--change", metavar="ID", help="One change, by its id.")]
Event = Annotated[
    str | None,
    typer.Option("--event", metavar="ID", help="All changes of an event; or a page of goldens."),
]
Sample = Annotated[
    int | None,
    typer.Option("--sample", metavar="N", min=1, help="Only show N of what it would cover, drawn at random."),
]
OneCause = Annotated[
    str | None,
    typer.Option(
        "--cause", metavar="NAME", help="All that follows from an entry, file or stage, as in the list."
    ),
]
Floor = Annotated[
    float | None,
    typer.Option("--except-below", metavar="P", min=0, max=1, help="Leave out rows less sure than this."),
]


def make_verdict(verdict: Verdict) -> Callable[..., None]:
    """The command of a verdict."""

    def decide(
        group: Number = None,
        change: OneChange = None,
        event: Event = None,
        cause: OneCause = None,
        comment: Comment = "",
        sample: Sample = None,
        floor: Floor = None,
        before: Before = "current",
        after: After = "candidate",
        home: Home = None,
    ) -> None:
        from models.errors import InputError

        if sum(one is not None for one in (group, change, event, cause)) != 1:
            raise InputError("name what is decided: --group N, --cause NAME, --event ID or --change ID")
        if sample and not group:
            raise InputError("--sample draws from a group: name it by --group N")
        where = before, after, home
        if change or event:
            decide_changes(verdict, change, event, comment, where)
        elif group and sample:
            show_sample(group, sample, floor, where)
        else:
            decide_heap(verdict, group or cause or "", floor, comment, where)

    decide.__doc__ = HELP[verdict]
    return decide


Where = tuple[str, str, Path | None]


def decide_changes(
    verdict: Verdict, change: str | None, event: str | None, comment: str, where: Where
) -> None:
    """Decides one change, or those of an event."""
    with reviewing(where[2], where[0], where[1]) as review:
        changes = find_changes(review, change, event)
        review.decide(verdict, changes, scope="event" if event else "change", comment=comment)
        typer.echo(f"{len(changes)} changes: {verdict}")


def decide_heap(verdict: Verdict, name: int | str, floor: float | None, comment: str, where: Where) -> None:
    """Decides a group by number, or a cause by name, but for the doubtful, and says what was left out."""
    from review.lines import make_bulk
    from review.screen import show

    with reviewing(where[2], where[0], where[1]) as review:
        review.policy = set_floor(review.policy, floor)
        chosen = choose(review, name) if isinstance(name, int) else choose_cause(review, name)
        bulk = make_desk(review).choose(chosen)
        if bulk.covered:
            review.decide(verdict, bulk.covered, scope="group", alike=chosen.id, comment=comment)
        show(make_bulk(bulk, review.policy))


def choose_cause(review: "Review", name: str) -> "Cause":
    """The cause of that name or beginning of one. Raises InputError."""
    from models.errors import InputError
    from review.diff_words import short_root

    names = {short_root(cause.root): cause for cause in review.diff.causes}
    found = [cause for short, cause in names.items() if short.startswith(name)]
    if name in names or len(found) == 1:
        return names.get(name) or found[0]
    raise InputError(f"{name}: {len(found)} causes are named so; there are {', '.join(names) or 'none'}")


def show_sample(group: int, number: int, floor: float | None, where: Where) -> None:
    """Shows some of the changes that a decision on the group would cover, drawn at random, and what they prove."""
    from review.bulk import draw_sample
    from review.bulk_words import make_sample
    from review.diffs import make_group
    from review.screen import show

    with reviewing(where[2], where[0], where[1]) as review:
        review.policy = set_floor(review.policy, floor)
        chosen = choose(review, group)
        covered = make_desk(review).choose(chosen).covered
        drawn = draw_sample(covered, number, chosen.id)
        show(make_group(chosen, drawn, len(drawn)))
        show(make_sample(len(drawn), len(covered), review.policy))


def set_floor(policy: "Policy", floor: float | None) -> "Policy":
    """The policy with another limit below which changes are left out, where one is given."""
    return policy if floor is None else policy.model_copy(update={"confidence": floor})


def edit(
    change: Annotated[str, typer.Argument(metavar="CHANGE", help="Its id.")],
    value: Annotated[str, typer.Option("--value", metavar="JSON", help="What the field shall say.")],
    comment: Annotated[str, typer.Option("--comment", "-m", metavar="TEXT", help="Why; it is kept.")],
    before: Before = "current",
    after: After = "candidate",
    home: Home = None,
) -> None:
    """Write a field by hand; it is locked from then on. Example: edit 3f… --value '["the army"]' -m "its full name" """
    with reviewing(home, before, after) as review:
        changes = find_changes(review, change, None)
        review.decide("edit", changes, value=value, comment=comment)
