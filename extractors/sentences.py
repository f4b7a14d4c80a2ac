"""Sentence ends that the layout gives away: datelines, by-lines, headings, paragraphs.

The parser is trained on running text; left to itself it reads "BAMAKO (AFP) - Gunmen killed" as one clause.
"""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

NAME = "layout_sentences"
OPENING = 400  # characters in which a dateline may stand, behind a headline and a by-line
SHORT = 60  # a line shorter than this that ends without a stop is a heading or a by-line
DATELINE = re.compile(
    r"^[ \t]*(?:(?P<capitals>[A-ZÀ-Þ][A-ZÀ-Þ'’. -]{2,40})|[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,3})"
    r"(?P<rest>(?:[,/][^\n(—–]{0,60}?)?\s*(?P<agency>\([^)\n]{2,40}\))?)\s*(?:--|—|–|(?<=[\s)])-)\s+"
    r"(?P<tags>(?:\[[^\]\n]{2,60}\]\s*)*)",
    re.MULTILINE,
)
TAGS = re.compile(r"^\s*(?:\[[^\]\n]{2,60}\]\s*)+")
MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
BREAK = re.compile(r"\n\s*")
STOPS = ".!?:;,\"'”’)…"


@Language.component(NAME)
def set_starts(doc: Doc) -> Doc:
    """The Doc with sentence starts preset where the layout shows them; the parser keeps these."""
    text = doc.text
    starts = {*find_dateline_ends(text), *find_line_starts(text)}
    for token in doc:
        if token.idx in starts and token.i > 0:
            token.is_sent_start = True
    return doc


def find_dateline_ends(text: str) -> Iterator[int]:
    """Where the text behind a dateline, or behind an agency's tags, begins."""
    tags = TAGS.match(text)
    if tags:
        yield tags.end()
    found = DATELINE.search(text[: OPENING + 200])
    if found is None or found.start() > OPENING:
        return
    if found["capitals"] or found["agency"] or MONTH.search(found["rest"]):
        yield found.end()


def find_line_starts(text: str) -> Iterator[int]:
    """Where a paragraph begins, and where a line follows a heading."""
    last = 0
    for found in BREAK.finditer(text):
        line = text[last : found.start()].strip()
        heading = (
            0 < len(line) < SHORT and line[-1] not in STOPS and text[found.end() : found.end() + 1].isupper()
        )
        if found[0].count("\n") > 1 or heading:
            yield found.end()
        last = found.end()
