"""What each finder found in a text, as written, and its hash, by which a later reading knows that nothing changed.

What is written is read again by later versions: this module is of each finder's stage (`stages.py`), so that another
way of writing finds nothing that was written before.
"""

import json
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import Any, cast

from extractors.stages import COUNTS, LOSSES
from models.article import Article
from models.casualty import Casualty
from models.dates import TimeExpression
from models.event import EventRow
from models.mention import ActorValue, CountValue, Mention, PlaceValue, WeaponValue

PREFILTER = "prefilter"
READ, UNREAD = "read", "unread"  # what the prefilter makes of a text
Found = Mention | Casualty
KINDS = {kind.__name__: kind for kind in (Casualty, ActorValue, WeaponValue, PlaceValue, CountValue)}


@dataclass(frozen=True, slots=True)
class Findings:
    """The mentions of each finder as it gave them, those that assembly gets, and the losses."""

    apart: Mapping[str, Sequence[Mention]]
    mentions: Sequence[Mention]
    casualties: Sequence[Casualty]

    def write(self, but: Collection[str] = ()) -> dict[str, bytes]:
        """Stage -> what it found, as written: all that assembly may look at. Some may be left out."""
        found: dict[str, Sequence[Found]] = {**self.apart, LOSSES: self.casualties}
        return {stage: write_values(values) for stage, values in found.items() if stage not in but}


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its rows and, where that was asked for, stage -> hash of what it found."""

    article: Article
    rows: list[EventRow]
    found: Mapping[str, str]


def hash_values(values: Iterable[Found]) -> str:
    """The hash of what a finder found, in its order."""
    return hash_written(write_values(values))


def hash_written(written: bytes) -> str:
    """Sixteen hex digits of the values in their order."""
    return sha256(written).hexdigest()[:16]


def write_values(values: Iterable[Found]) -> bytes:
    """The values as one line of JSON in ASCII, each under the name of its type."""
    return json.dumps([spread(value) for value in values]).encode()


def spread(value: Any) -> Any:
    """A value as lists and plain values, each under the name of its type."""
    read = reader_of(cast(Hashable, type(value)))
    if read is None:
        return [spread(item) for item in value] if isinstance(value, tuple) else value
    return [type(value).__name__, *map(spread, read(value))]


@cache
def reader_of(kind: type) -> Any:
    """What gives the fields of a value class in their order; None where it is none."""
    if not hasattr(kind, "__dataclass_fields__"):
        return None
    names = [field.name for field in fields(kind)]
    return attrgetter(*names)


def read_findings(written: Mapping[str, bytes]) -> dict[str, list[Any]]:
    """Stage -> the values that were written. Losses are read in counts, so that they stand with these alone."""
    sound = {stage: values for stage, values in written.items() if stage != LOSSES or COUNTS in written}
    return {stage: read_values(values) for stage, values in sound.items()}


def read_values(written: bytes) -> list[Any]:
    """The values that `write_values` wrote; of half characters, which no article has, two may come back as one."""
    return [gather(value) for value in json.loads(written)]


def gather(value: list[Any]) -> Any:
    """The value that `spread` spread."""
    name, *parts = value
    if name == "Mention":
        label, start, end, text, rule, inside = parts
        return Mention(label, start, end, text, rule, gather(inside))
    if name == "TimeExpression":
        kind, pairs, inner = parts
        return TimeExpression(kind, tuple(map(tuple, pairs)), tuple(map(gather, inner)))
    return KINDS[name](*parts)


def join_mentions(apart: Mapping[str, Sequence[Mention]]) -> Iterable[Mention]:
    """All that the finders found, finder by finder."""
    return chain.from_iterable(apart.values())
