"""Near-duplicates: which text repeats an earlier one, cut, reframed or with some words changed, as wire copy does.

Candidates come from MinHash sketches of all texts, compared with every one; the shingles themselves decide.
"""

import re
from dataclasses import dataclass, field
from hashlib import sha512
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Sketch = NDArray[np.uint8]

# Three words: with every seventh word changed two texts still share 45 % of these, but 30 % of five-word ones.
WORDS, PERMUTATIONS = 3, 128
# What two sketches must share for a closer look; and the share of the shorter text's shingles that makes a copy.
# Two reporters' texts on one event share 3 % in the median (benchmarks/duplicates.md).
CANDIDATE, COPY = 0.08, 0.45
# Briefs follow one pattern, with another place and number in each: a short copy repeats nearly all.
SHORT, SHORT_COPY = 80, 0.8
SHORTEST = 12  # shingles; a text of fewer words is a headline, which many may write alike
WORD = re.compile(r"\w+")


def draw_numbers(name: str) -> NDArray[np.uint64]:
    """The same 64-bit numbers on every machine."""
    data = b"".join(sha512(f"{name} {n}".encode()).digest() for n in range(PERMUTATIONS // 8))
    return np.frombuffer(data, dtype="<u8").astype(np.uint64)


FACTORS, SHIFTS = draw_numbers("factor") | np.uint64(1), draw_numbers("shift")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The sketch of a text, of each least hash one byte, and the hashes of its shingles in order."""

    sketch: Sketch
    shingles: Hashes


def take_fingerprint(text: str) -> Fingerprint | None:
    """The text's fingerprint; None where it is too short to be a copy of anything."""
    words = [word.encode() for word in WORD.findall(text.lower())]
    shingles = {crc32(b" ".join(words[n : n + WORDS])) for n in range(len(words) - WORDS + 1)}
    if len(shingles) < SHORTEST:
        return None
    hashes = np.fromiter(sorted(shingles), dtype=np.uint32, count=len(shingles))
    mixed = hashes.astype(np.uint64)[:, None] * FACTORS + SHIFTS
    return Fingerprint((mixed >> np.uint64(32)).min(axis=0).astype(np.uint8), hashes)


def is_copy(one: Hashes, two: Hashes) -> bool:
    """Whether most of the smaller set stands in the other as well."""
    least = min(len(one), len(two))
    shared = len(np.intersect1d(one, two, assume_unique=True))
    return shared >= (COPY if least >= SHORT else SHORT_COPY) * least


@dataclass(frozen=True, slots=True)
class First:
    """A text that others may repeat: its article's id, and the key that its incidents are named after."""

    article_id: str
    key: str


@dataclass(slots=True)
class Originals:
    """The texts seen so far, in the order in which they were seen."""

    seen: list[tuple[First, First]] = field(default_factory=list)  # the text, and the first that it repeats
    shingles: list[Hashes] = field(default_factory=list)
    sketches: Sketch = field(
        default_factory=lambda: np.zeros((PERMUTATIONS, 256), dtype=np.uint8)
    )  # a column each

    def place(self, article_id: str, key: str, text: str) -> First | None:
        """The first text that this one repeats, None where it is new; from now on it is seen itself.

        Another version of the same page, or of one that was repeated from it, is no copy. Who only repeats a
        copy, and not the first text, is new: else a chain of copies ends at something else.
        """
        print_ = take_fingerprint(text)
        if print_ is None:
            return None
        alike = self.find_alike(print_)
        own = any(key in (one.key, root.key) for one, root in alike)
        first = None if own else next((one for one, root in alike if one == root), None)
        self.keep(First(article_id, key), first, print_)
        return first

    def find_alike(self, print_: Fingerprint) -> list[tuple[First, First]]:
        """The texts that share most of the shorter one's shingles, the earliest first."""
        equal = (self.sketches[:, : len(self.seen)] == print_.sketch[:, None]).sum(axis=0, dtype=np.uint8)
        near = np.flatnonzero(equal >= CANDIDATE * PERMUTATIONS)
        return [self.seen[n] for n in near if is_copy(self.shingles[n], print_.shingles)]

    def keep(self, one: First, first: First | None, print_: Fingerprint) -> None:
        """Adds a text."""
        if len(self.seen) == self.sketches.shape[1]:
            self.sketches = np.concatenate([self.sketches, np.zeros_like(self.sketches)], axis=1)
        self.sketches[:, len(self.seen)] = print_.sketch
        self.shingles.append(print_.shingles)
        self.seen.append((one, first or one))
