"""Whether one of many forms can stand in a raw text, at megabytes a second: rather once too often than too seldom."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ahocorasick_rs import AhoCorasick, MatchKind
from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS
from spacy.symbols import ORTH

from extractors.place_names import ARTICLES, fold_name

MARKS = str.maketrans(
    {**dict.fromkeys("’‘`´ʼ", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("-‐‑‒–—−_", " ")}
)
SPACES = re.compile(r"\s+")
BONES = str.maketrans({**dict.fromkeys("aeiouywh ", ""), "p": "f", "q": "k", "c": "k", "j": "d"})
DOUBLED = re.compile(r"(.)\1+")
SHORTEST = 2  # bones; fewer stand in every text


def list_pieces() -> Iterator[str]:
    """What the tokenizer cuts out of words: of "cannot" and "gonna" no part stands between word ends."""
    for pieces in TOKENIZER_EXCEPTIONS.values():
        words = [piece[ORTH].lower() for piece in pieces]
        if any(one[-1].isalnum() and two[0].isalnum() for one, two in pairwise(words)):
            yield from words


PIECES = frozenset(list_pieces())


def normalise(text: str) -> list[str]:
    """The text without case, with one kind of apostrophe and spaces for hyphens; a second time without accents."""
    plain = SPACES.sub(" ", text.casefold().translate(MARKS))
    if plain.isascii():
        return [plain]
    parts = unicodedata.normalize("NFKD", plain)
    return [plain, SPACES.sub(" ", "".join(c for c in parts if not unicodedata.combining(c)))]


def find_bones(name: str) -> str:
    """The consonants of a text or a place's name that all its transliterations share, articles left out."""
    words = (word for word in fold_name.__wrapped__(name).split() if word not in ARTICLES)
    return DOUBLED.sub(r"\1", "".join(words).translate(BONES))


@dataclass(frozen=True, slots=True)
class TextForms:
    """Forms to be looked for: as whole words, anywhere, and names of places in any transliteration."""

    words: frozenset[str]
    anywhere: frozenset[str]
    bones: frozenset[str]
    _words: AhoCorasick = field(init=False, repr=False, compare=False)
    _anywhere: AhoCorasick = field(init=False, repr=False, compare=False)
    _bones: AhoCorasick = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cut = {form for form in self.words if PIECES & {form.split(" ")[0], form.split(" ")[-1]}}
        for name, forms in (
            ("_words", self.words - cut),
            ("_anywhere", self.anywhere | cut),
            ("_bones", self.bones),
        ):
            object.__setattr__(self, name, AhoCorasick(sorted(forms), matchkind=MatchKind.Standard))

    def __reduce__(self) -> tuple[type["TextForms"], tuple[frozenset[str], ...]]:
        # What is compiled cannot go to another process: a worker compiles for itself.
        return TextForms, (self.words, self.anywhere, self.bones)

    def stand_in(self, text: str) -> bool:
        """False only where none of the forms stands in the text, however it is written."""
        if self.bones and self._bones.find_matches_as_indexes(find_bones(text)):
            return True
        if not self.words and not self.anywhere:
            return False
        return any(self.stand_in_plain(plain) for plain in normalise(text))

    def stand_in_plain(self, plain: str) -> bool:
        """The same for a normalised text."""
        if self._anywhere.find_matches_as_indexes(plain):
            return True
        found = self._words.find_matches_as_indexes(plain, overlapping=True)
        return any(parts(plain, start) and parts(plain, end) for _, start, end in found)


def parts(plain: str, at: int) -> bool:
    """Whether a token may begin or end at the offset: between two letters, or two digits, none does."""
    if not 0 < at < len(plain):
        return True
    left, right = plain[at - 1], plain[at]
    return not (left.isalpha() and right.isalpha()) and not (left.isdigit() and right.isdigit())


def collect(
    words: Iterable[str] = (), anywhere: Iterable[str] = (), names: Iterable[str] = ()
) -> TextForms | None:
    """The forms as they are looked for; None where one is too short to tell a text from another."""
    whole, inside, bones = spread(words), spread(anywhere), frozenset(map(find_bones, names))
    if "" in whole | inside or any(len(name) < SHORTEST for name in bones):
        return None
    return TextForms(whole, inside, bones)


def spread(forms: Iterable[str]) -> frozenset[str]:
    """The forms normalised, with and without accents."""
    return frozenset(plain.strip() for form in forms for plain in normalise(form))
