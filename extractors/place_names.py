"""Place names reduced to keys: one for spelling, one that also bears other transliterations."""

import re
from functools import lru_cache

from extractors.phrases import strip_accents

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "ə": "a", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
APOSTROPHES = re.compile("['’‘ʼʿʾ`´ʹ\"“”]")
OTHERS = re.compile(r"[^a-z0-9]+")
SHORT = {
    "saint": "st",
    "sainte": "st",
    "mount": "mt",
    "fort": "ft",
    "airbase": "air base",
    "airfield": "air field",
}
ARTICLES = frozenset(
    ("al", "el", "ad", "adh", "ar", "as", "ash", "at", "ath", "az", "an", "ed", "er", "es", "esh", "et", "ez")
)
CONSONANTS = (("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("dj", "j"), ("q", "k"), ("ck", "k"))
VOWELS = re.compile("[aeiouyw]+")
DOUBLED = re.compile(r"(.)\1+")
LAST_H = re.compile(r"(?<=[aeiou])h\b")
LATIN = re.compile("^[ -~\u00a0-\u024f\u1e00-\u1eff\u02b0-\u02ff’‘“”]+$")


@lru_cache(maxsize=8192)
def fold_name(name: str) -> str:
    """The name without case, accents, apostrophes and punctuation: `Shuja'iyya` and `Shujaiyya` are one."""
    if not name.isascii():
        name = strip_accents(name.casefold().translate(LETTERS))
    plain = OTHERS.sub(" ", APOSTROPHES.sub("", name.casefold()).replace(".", ""))
    return " ".join(SHORT.get(word, word) for word in plain.split())


def drop_articles(key: str) -> str:
    """The folded name without Arabic articles, unless nothing else is left."""
    words = [word for word in key.split() if word not in ARTICLES]
    return " ".join(words) or key


def loosen_name(key: str) -> str:
    """What a folded name has in common with its other transliterations.

    Articles, spaces and doubled letters go; vowels count only as front (`i`), back (`u`) or open (`a`).
    """
    key = LAST_H.sub("", drop_articles(key)).replace(" ", "")
    for letters, letter in CONSONANTS:
        key = key.replace(letters, letter)
    return DOUBLED.sub(r"\1", VOWELS.sub(class_of, key))


def class_of(vowels: re.Match[str]) -> str:
    """One letter for a run of vowels."""
    run = vowels[0]
    if any(letter in "ouw" for letter in run):
        return "u"
    return "i" if any(letter in "eiy" for letter in run) else "a"


def is_latin(name: str) -> bool:
    """Whether the name is in Latin letters."""
    return LATIN.match(name) is not None
