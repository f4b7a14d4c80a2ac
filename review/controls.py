"""Characters that draw nothing or redraw the rest: shown by name, so that no text can lie about itself."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, direction marks, zero widths, surrogates, line separators
SPACES = "\n\t\r\u00a0"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of plain text, or one hidden character by its name (`U+202E`)."""

    text: str
    hidden: bool


def show_controls(text: str) -> str:
    """The text on one line for a terminal: hidden characters as `‹U+202E›`, line ends as spaces."""
    return "".join(f"‹{piece.text}›" if piece.hidden else piece.text for piece in split_controls(text))


def name_controls(text: str) -> str:
    """The text for a cell or an XML element: hidden characters as `‹U+202E›`, line feeds and tabs as they are."""
    if text.isprintable():
        return text
    return "".join(c if c in "\n\t" or not is_barred(c) else f"‹U+{ord(c):04X}›" for c in text)


def split_controls(text: str) -> list[Piece]:
    """The text cut at its hidden characters."""
    return [Piece(text, hidden=False)] if text.isprintable() else list(cut(text))


def cut(text: str) -> Iterator[Piece]:
    """Runs of plain text, and hidden characters one by one."""
    plain = "".join(" " if letter in SPACES else letter for letter in text)
    for hidden, run in groupby(plain, is_hidden):
        if hidden:
            yield from (Piece(f"U+{ord(letter):04X}", hidden=True) for letter in run)
        else:
            yield Piece("".join(run), hidden=False)


def is_barred(letter: str) -> bool:
    """Whether a character is hidden, or none at all: XML has no place for U+FFFE."""
    return is_hidden(letter) or ord(letter) & 0xFFFE == 0xFFFE


def is_hidden(letter: str) -> bool:
    """Whether a character draws nothing of its own."""
    return unicodedata.category(letter) in HIDDEN
