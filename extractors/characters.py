"""Characters that nobody sees, and that would hide or turn around the words of a text."""

import re
import unicodedata

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls, but for tab and line ends
    "\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # soft hyphen, zero widths, annotation marks
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction marks: they reorder what is shown
    "\U000e0000-\U000e007f]"  # tags
)
CONTROL = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b\x0e-\x1f]")
LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SPACES = re.compile(" {2,}")


def clean_text(text: str) -> str:
    """The text in NFC with plain spaces and line ends, without control, direction and zero-width characters.

    Joiners (U+200C, U+200D) stay: Persian and Indic words are spelt with them.
    """
    text = UNSEEN.sub("", LINE_END.sub("\n", text))
    lines = SPACES.sub(" ", SPACE.sub(" ", text)).split("\n")
    return unicodedata.normalize("NFC", "\n".join(map(str.strip, lines))).strip()


def clean_line(text: str | None) -> str | None:
    """The same on one line, None where nothing is left."""
    return " ".join(clean_text(text).split()) or None if text else None


def strip_controls(markup: str) -> str:
    """Markup without terminal sequences and the control characters at which a parser would stop."""
    return CONTROL.sub("", markup)
