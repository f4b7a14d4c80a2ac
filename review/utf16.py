"""Offsets for a browser: Python counts code points, JavaScript UTF-16 units."""

from bisect import bisect_left
from collections.abc import Callable


def make_counter(text: str) -> Callable[[int], int]:
    """A function from an offset in code points to the same place in UTF-16 units."""
    if text.isascii():
        return int
    wide = [index for index, letter in enumerate(text) if letter > "\uffff"]
    return (lambda offset: offset + bisect_left(wide, offset)) if wide else int
