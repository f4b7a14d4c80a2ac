"""What each finder found in a text, and a hash of it by which a later reading knows that nothing changed."""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from itertools import chain
from operator import attrgetter
from typing import Any, cast

from models.article import Article
from models.casualty import Casualty
from models.event import EventRow
from models.mention import Mention

PREFILTER = "prefilter"
READ, UNREAD = "read", "unread"  # what the prefilter makes of a text


@dataclass(frozen=True, slots=True)
class Findings:
    """The mentions of each finder as it gave them, those that assembly gets, and the losses."""

    apart: Mapping[str, Sequence[Mention]]
    mentions: Sequence[Mention]
    casualties: Sequence[Casualty]

    def hash_all(self) -> dict[str, str]:
        """Stage -> hash of what it found; equal hashes mean equal values, all that assembly may look at."""
        found = {stage: hash_values(mentions) for stage, mentions in self.apart.items()}
        return {PREFILTER: READ, **found, "casualties": hash_values(self.casualties)}


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its rows and, where that was asked for, stage -> hash of what it found."""

    article: Article
    rows: list[EventRow]
    found: Mapping[str, str]


def hash_values(values: Iterable[Mention | Casualty]) -> str:
    """Sixteen hex digits of the values in their order."""
    written = json.dumps([spread(value) for value in values])
    return sha256(written.encode()).hexdigest()[:16]


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


def join_mentions(apart: Mapping[str, Sequence[Mention]]) -> Iterable[Mention]:
    """All that the finders found, finder by finder."""
    return chain.from_iterable(apart.values())
