"""Whether a sentence speaks of what is to come, read from the words before a date."""

import re

from extractors.dates.tokens import Tokens

WINDOW = 90  # characters before the date that are looked at
FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|['’]ll|(?:is|are|was|were) (?:to|due|set|scheduled|expected|planned|slated)|"
    r"scheduled|plan(?:s|ned|ning)? (?:to|for)|due (?:to|on|in|by)|expect(?:s|ed|ing)? (?:to|on|in|by)|"
    r"slated|upcoming|intends?|going to|ahead of|deadline|expires?|effective|takes? effect|payable|of record|"
    r"set (?:to|for)|supposed to|to be|postponed|extended|would|could|might|should|must|can|"
    r"as (?:soon|early|late) as|no later than|invit(?:ed|es?|ation))\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:said|says|told|announced|reported|reports|added|ended|killed|died|happened|met|was|were|did|had)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n\s*\n")


def in_future(tokens: Tokens, index: int) -> bool:
    """Whether the words before, in the same sentence, speak of what is to come."""
    start = tokens.spans[index][0]
    before = tokens.text[max(0, start - WINDOW) : start]
    ends = [m.end() for m in SENTENCE_END.finditer(before)]
    clause = before[ends[-1] :] if ends else before
    cues = [m.end() for m in FUTURE.finditer(clause)]
    return bool(cues) and not TOLD.search(clause, cues[-1])
