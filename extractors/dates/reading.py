"""What every reader of the grammar gives: an expression and the index of the token behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from extractors.dates.tokens import Tokens
from models.dates import TimeExpression


@dataclass(frozen=True, slots=True)
class Reading:
    """A time expression that was read, and where reading may go on."""

    value: TimeExpression
    end: int


Reader = Callable[[Tokens, int], Reading | None]


def express(kind: str, *inner: TimeExpression, **parts: int | str | None) -> TimeExpression:
    """An expression of that kind; parts without a value are left out."""
    known = tuple(sorted((name, value) for name, value in parts.items() if value is not None))
    return TimeExpression(kind, known, inner)


def read_longest(readers: tuple[Reader, ...], tokens: Tokens, index: int) -> Reading | None:
    """The longest that any reader gives; of equals, the first reader's."""
    best: Reading | None = None
    for read in readers:
        reading = read(tokens, index)
        if reading and (best is None or reading.end > best.end):
            best = reading
    return best


def skip(tokens: Tokens, index: int, *words: str) -> int:
    """The index behind the word, where it is one of these; else the same index."""
    return index + 1 if tokens.word(index) in words else index
