"""What a decision on many changes at once leaves, and what a sample of them proves, in words."""

import math
from collections.abc import Sequence

from rich.text import Text

from models.change import Change, Totals
from models.policy import Policy
from review.bulk import bound_wrong
from review.diff_words import name_effect, name_number


def tell_rest(rest: Sequence[Change], undecided: str) -> Text:
    """What became of the changes that nobody had decided, and what that does to the totals."""
    effect = ", ".join(name_effect(sum((change.effect for change in rest), Totals()))) or "nothing"
    number = name_number(len(rest), "change")
    if undecided == "new":
        return Text(f"{number} taken over that nobody had decided; of the totals moves {effect}")
    return Text(f"{number} left as before that nobody had decided; of the totals would have moved {effect}")


def make_sample(drawn: int, of: int, policy: Policy) -> Text:
    """What a sample of those that a decision on the group would cover proves if all of it is right."""
    if not drawn:
        return Text("nothing to draw from: all is decided, or stays for single review")
    return Text(f"{drawn} of {of} drawn at random: if all are right, {tell_bound(drawn, of, policy.level)}")


def tell_bound(right: int, of: int, level: float) -> str:
    """How many of the rest may still be wrong."""
    rest = of - right
    if not rest:
        return "that was all of them, none is left to be wrong"
    most = bound_wrong(right, of, level)
    share = math.ceil(100 * most / rest)
    return f"at most {most:,} of the other {rest:,} ({share} %) may still be wrong ({100 * level:.0f} % sure)"
