"""The text as words, numbers and marks, each with its offsets: what the grammar reads."""

import re
from bisect import bisect_left
from dataclasses import dataclass

# A blank line is a token of its own, so that no expression reaches over it.
TOKEN = re.compile(r"[^\W\d_]+|\d+|\n[ \t\r]*\n\s*|[^\w\s]|_")
BREAK = "\n"
PAD = [""] * 32


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in lower case beside their spans.

    Behind the last word stand empty ones, so that readers may look ahead, and back from the first.
    """

    text: str
    words: list[str]
    spans: list[tuple[int, int]]

    def word(self, index: int) -> str:
        """The word in lower case; empty outside the text."""
        return self.words[index]

    def written(self, index: int) -> str:
        """The word as written; empty outside the text."""
        if not 0 <= index < len(self.spans):
            return ""
        start, end = self.spans[index]
        return self.text[start:end]

    def number(self, index: int) -> int | None:
        """The value of a short run of digits, else None."""
        word = self.words[index]
        return int(word) if "0" <= word[:1] <= "9" and len(word) <= 8 and word.isascii() else None

    def glued(self, index: int) -> bool:
        """Whether nothing stands between this word and the one before."""
        return 0 < index < len(self.spans) and self.spans[index - 1][1] == self.spans[index][0]

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital."""
        return self.written(index)[:1].isupper()

    def behind(self, offset: int) -> int:
        """The index of the first token that begins at or after the offset."""
        return bisect_left(self.spans, (offset, 0))

    def starts_sentence(self, index: int) -> bool:
        """Whether the word opens the text, a paragraph or a sentence."""
        return index <= 0 or self.word(index - 1) in {".", "!", "?", BREAK, '"', "“", "*", ":"}


def split_tokens(text: str) -> Tokens:
    """The tokens of the text, in order."""
    spans = [match.span() for match in TOKEN.finditer(text)]
    words = [text[start:end].lower() if text[start] not in " \t\r\n" else BREAK for start, end in spans]
    return Tokens(text, words + PAD, spans)


def is_alone(tokens: Tokens, start: int, end: int) -> bool:
    """Whether nothing but marks and prepositions stands around the words from start to end."""
    size = len(tokens.spans)
    if size - (end - start) >= 8:
        return False
    rest = (*tokens.words[:start], *tokens.words[end:size])
    return not any(
        word[0].isalnum() and word not in {"on", "in", "the", "at", "during", "around", "by"} for word in rest
    )
