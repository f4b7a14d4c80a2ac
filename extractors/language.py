"""The language of a text: what the page declares, against what its words and letters say."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement
from resiliparse.parse.lang import detect_fast

from extractors.jsonld import Thing, text_of

DECLARED = re.compile(r"^[A-Za-z]{2,3}(?=$|[-_])")
WORD = re.compile(r"\w+")
# Shorter texts are not judged; of longer ones the beginning is enough.
SHORTEST, LOOKED_AT = 120, 20_000
# English has more of its commonest words; the detector's distance to English is clearly larger than to the best.
ENGLISH_WORDS, CLEARLY, NEARLY = 0.1, 1.09, 1.05
ALL = 5000  # distances are below this


def can_read(language: str | None) -> bool:
    """Whether rows can be read from a text in it: English, or unknown."""
    return language in (None, "en")


def find_language(declared: str | None, text: str, english: Sequence[str]) -> str | None:
    """The text's language as two or three letters; `english` are the commonest words of English.

    The detector alone calls a list of foreign names Turkish: a text is in another language only where both
    say so. It takes capitals for Chinese, so it sees none.
    """
    plain = text[:LOOKED_AT].lower()
    if len(plain) < SHORTEST:
        return declared
    words = WORD.findall(plain)
    if count_common(words, english) >= ENGLISH_WORDS * len(words):
        return "en"
    found: list[tuple[str, int]] = detect_fast(plain, cutoff=ALL, n_results=200)  # type: ignore[assignment]
    distances = dict(found)
    best = min(distances, key=distances.__getitem__, default="unknown")
    if best == "unknown" or distances.get("en", ALL) < CLEARLY * distances[best]:
        return declared
    return declared if declared and distances.get(declared, ALL) < NEARLY * distances[best] else best


def count_common(words: Sequence[str], english: Sequence[str]) -> int:
    """How many of the words are among the commonest of English."""
    common = frozenset(english)
    return sum(word in common for word in words)


def find_declared(tree: HtmlElement, thing: Thing, metas: dict[str, str]) -> str | None:
    """The language that the page declares first."""
    written = (
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        text_of(thing.get("inLanguage"), "alternateName"),
        metas.get("og:locale"),
        metas.get("content-language"),
    )
    found = (DECLARED.match(value.strip()) for value in written if value)
    return next((match[0].lower() for match in found if match), None)
