"""What a number of people sums, and which of several readings of one number holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Token

from extractors.casualty_words import list_yielding
from extractors.phrases import LEXICONS
from models.casualty import Casualty, PeopleEntry
from models.lexicon import read_entries
from models.terms import CountScope

AGAIN = frozenset({"he", "she", "him", "her", "who"})
PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
# "Death toll in Friday's attack rose to": any few words, or many that end in a word of reaching.
NEAR = r"(?:\s+(?!and\b|but\b)[\w'’,()-]+){0,6}\s*\Z"


@dataclass(frozen=True, slots=True)
class Cues:
    """Words for tolls and sums, compiled where they stand in a pattern."""

    toll: re.Pattern[str]
    period: re.Pattern[str]
    period_behind: re.Pattern[str]
    total: re.Pattern[str]
    superseded: re.Pattern[str]
    anew: frozenset[str]
    apart: frozenset[str]


@cache
def load_cues() -> Cues:
    """The cue words of scopes. Raises LexiconError."""
    entries = read_entries(LEXICONS / "casualty_cues.toml", PeopleEntry)
    toll, period, bringing, total, superseded = (
        "|".join(map(re.escape, entries[name].words))
        for name in ("reaching", "periods", "bringing", "totals", "superseded")
    )
    return Cues(
        re.compile(
            rf"{NEAR}|[^;]{{0,160}}\b(?:{toll})(?:\s+(?:to|at))?(?:\s+\w+){{0,3}}\s*\Z", re.IGNORECASE
        ),
        re.compile(rf"\b(?:{period})\b", re.IGNORECASE),
        re.compile(
            rf"\w+(?:\s+(?:here|there|in\s+\w+))?\s+(?:{period})\b", re.IGNORECASE
        ),  # "deaths in Bor since"
        re.compile(rf"\b(?:{bringing})\b[^.;]*\b(?:total|toll|number)\b|\b(?:{total})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{superseded})\b", re.IGNORECASE),
        frozenset(entries["anew"].words),
        frozenset(entries["apart"].words),
    )


def scope_of(anchor: Token) -> CountScope:
    """Whether the number sums more than one event."""
    sentence = anchor.sent
    text = sentence.text
    total = load_cues().total.search(text)
    if total and sentence.start_char + total.start() <= anchor.idx:
        return "running_total"
    behind = text[anchor.idx - sentence.start_char :]
    if anchor.pos_ == "NOUN" and load_cues().period_behind.match(behind):
        return "running_total"
    verb = anchor if anchor.pos_ in ("VERB", "ADJ") else anchor.head
    perfect = any(child.lower_ in PERFECT and child.dep_ == "aux" for child in verb.children)
    return "running_total" if perfect and load_cues().period.search(text) else "event"


def settle(told: Sequence[Casualty]) -> list[Casualty]:
    """One reading for each number: plainer words win, the killed are not also injured."""
    kept = []
    for casualty in told:
        if any(c.what == casualty.what and encloses(c, casualty) for c in told):
            continue
        same = [c for c in told if (c.start, c.end) == (casualty.start, casualty.end) and c is not casualty]
        settled = settle_one(casualty, [c for c in same if c.rule not in list_yielding()])
        if settled:
            kept.append(settled)
    return kept


def drop_retold(text: str, told: Sequence[Casualty]) -> list[Casualty]:
    """The casualties without those that name one person of the sentence again: "shot him", "the man"."""
    kept: list[Casualty] = []
    for casualty in told:
        before = [c for c in kept if c.what == casualty.what and c.anchor != casualty.anchor and is_single(c)]
        words = {text[c.start : c.end].lower() for c in before}
        word = text[casualty.start : casualty.end].lower()
        retold = is_single(casualty) and before and (word in words or word in AGAIN)
        if not retold:
            kept.append(casualty)
    return kept


def is_single(casualty: Casualty) -> bool:
    """Whether it is one person told without a number: the words of the number are those of the person."""
    return casualty.whom_start is not None and casualty.whom_start <= casualty.start and casualty.best == 1


def encloses(one: Casualty, other: Casualty) -> bool:
    """Whether the words of one number are part of those of the other: "thousands" in "tens of thousands"."""
    return one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start


def settle_one(casualty: Casualty, rivals: Sequence[Casualty]) -> Casualty | None:
    """The casualty beside plain readings of the same number, or None where it gives way."""
    if rivals and casualty.rule in list_yielding():
        return None
    if any(c.what == casualty.what and c.anchor < casualty.anchor for c in rivals):
        return None
    others = [c for c in rivals if {c.what, casualty.what} == {"killed", "injured"}]
    if not others or casualty.high == 0:
        return casualty
    if casualty.best != 1 and abs(others[0].anchor - casualty.anchor) < 20:
        return share(casualty)
    return casualty if casualty.what == "killed" else None


def share(casualty: Casualty) -> Casualty:
    """What "killed and wounded 40" says of either: at most 40; of a vague or open number, somebody.

    "Civilians were killed and wounded" says both of a plural.
    """
    if casualty.form == "vague" and casualty.low == 2:
        return casualty
    if casualty.high is None:
        return replace(casualty, low=1, best=None, form="vague")
    return replace(casualty, low=None, best=None, form="up_to")
