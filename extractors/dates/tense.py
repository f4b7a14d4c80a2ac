"""Whether a sentence speaks of what is to come, read from the words around a date."""

import re
from functools import cache

from extractors.dates.tokens import Tokens
from extractors.phrases import LEXICONS
from models.casualty import PeopleEntry
from models.lexicon import read_entries

WINDOW, SENTENCE = 90, 240  # characters that are looked at for a cue, and for any verb
FUTURE = re.compile(
    r"\b(?:will|shall|won['’]t|['’]ll|(?:is|are|was|were) (?:to|due|set|scheduled|expected|planned|slated)|"
    r"scheduled|plan(?:s|ned|ning)? (?:to|for|an?|another)|due (?:to|on|in|by)|expect(?:s|ed|ing)? (?:to|on|in|by)|"
    r"slated|upcoming|intends?|going to|ahead of|deadline|expires?|effective|takes? effect|payable|of record|"
    r"set (?:to|for)|supposed to|to be|let['’]s|"
    # "would have", "could not be reached", "may be behind" speak of what has happened
    r"(?:would|might|should|must|can|could|(?-i:may) (?!be\b))"
    r"(?!n['’]t| ?(?:have|not be|be (?:behind|responsible|linked|involved|to blame))\b)|"
    r"(?:postponed|extended|delayed)(?=.*\b(?:to|until|till|through)\W*$)|"
    r"as (?:soon|early|late) as|no later than|invit(?:ed|es?|ation))\b",
    re.IGNORECASE | re.DOTALL,
)
ANNOUNCED = re.compile(
    r"\b(?:will|shall|won['’]t|['’]ll|(?:is|are) (?:to|due|set|scheduled|expected|planned|slated|going to)|"
    r"(?:plan|expect|intend)s? to)\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:said|says|told|announced|reported|reports|added|ended|killed|died|happened|met|was|were|did|had)\b",
    re.IGNORECASE,
)
PRESENT = re.compile(r"\b(?:is|are)\b", re.IGNORECASE)
# a full stop behind a single letter ends no sentence: "Omar K. Haddad", "4 a.m. GMT"
SENTENCE_END = re.compile(r"(?<!\b[A-Za-z])[.!?]['\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n\s*\n")
OPENING = re.compile(r"\W*(?:(?:on|by|in|at|from|until|early|late|the|and|but|then)\W+){0,3}", re.IGNORECASE)
CLAUSE = re.compile(r"\b(?:who|which|that)\b")
BEHIND = re.compile(r"\s+to [a-z]{2,}")
VERB = re.compile(r",?\s+(?:\w{3,}ed|said|told|was|were|had|did)\b")
OFFERED = re.compile(
    r"\b(?:until|deadline of)\W+(?:(?:noon|midnight|\d[\d:.]*\s?[ap]\.?m\.?)\s(?:[A-Z]{2,4}\s)?)?$",
    re.IGNORECASE,
)
# "none of them could be reached on Friday" tells of what failed
NOBODY = re.compile(r"\b(?:neither|none|nobody|no one)\b.*\bcould be\b", re.IGNORECASE | re.DOTALL)
TILL = {"until", "till", "til"}
GIVEN = re.compile(r"\b(?:giv\w+|gave)\b|\b(?:have|has|had)\W+(?:until\b.*)?$|\bdeadline\b", re.IGNORECASE)
DEADLINE = re.compile(r"\s+(?:as (?:the|an?|its) )?deadline\b")


@cache
def load_words(name: str) -> str:
    """The words of an entry of tense.toml, as alternatives of a pattern. Raises LexiconError."""
    return "|".join(map(re.escape, read_entries(LEXICONS / "tense.toml", PeopleEntry)[name].words))


@cache
def load_names() -> frozenset[str]:
    """The words that make a name of the day before them. Raises LexiconError."""
    return frozenset(read_entries(LEXICONS / "tense.toml", PeopleEntry)["named"].words)


@cache
def match_past() -> re.Pattern[str]:
    """Verbs of what has happened; what somebody "reported" may lie ahead."""
    regular = r"(?!(?:\w*need|report|add|announc)ed\b)\w{2,}ed"
    return re.compile(rf"\b(?:{regular}|{load_words('past')})\b", re.IGNORECASE)


@cache
def match_opening() -> re.Pattern[str]:
    """What newspapers tell in the present only before it happens: "the trial opens on Monday", "they vote Sunday"."""
    words = "|".join(load_words("opening").replace(r"\ ", r"\s").split("|"))
    return re.compile(
        rf"\b(?:{words})(?:\s(?:again|here|there|separately))?(?:\s(?:on|in))?\s(?:the\s)?$", re.IGNORECASE
    )


@cache
def match_scheduled() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is held on a day, before the date and behind it: "the summit on", "presidential elections"."""
    noun = rf"\b(?:{load_words('scheduled')})\b"
    return (
        re.compile(rf"{noun}(?:\s\w+){{0,2}}\s(?:on|for|of)\s(?:the\s)?$", re.IGNORECASE),
        re.compile(rf"\s(?:[\w-]+\s){{0,2}}{noun}", re.IGNORECASE),
    )


def lies_ahead(tokens: Tokens, index: int, end: int) -> bool:
    """Whether the sentence puts the date from index to end in the future."""
    before, after = clause_before(tokens, index), clause_after(tokens, end)
    if match_opening().search(before):
        return True
    if tokens.word(index) in TILL:  # "until Friday" is one expression, and its first word a cue
        before += "until "
    if VERB.match(after):
        return False
    cues = [m.end() for m in FUTURE.finditer(before)]
    if cues and not (TOLD.search(before, cues[-1]) or NOBODY.search(before)):
        return True
    if OFFERED.search(before) and BEHIND.match(after) and GIVEN.search(before):
        return True
    return opens_sentence(tokens, index) and is_announced(after)


def opens_sentence(tokens: Tokens, index: int) -> bool:
    """Whether nothing but prepositions stands before the date in its sentence or line."""
    before = clause_before(tokens, index)
    return bool(OPENING.fullmatch(before[before.rfind("\n") + 1 :]))


def is_deadline(tokens: Tokens, end: int) -> bool:
    """Whether the date is called a deadline: it may lie on either side."""
    return DEADLINE.match(clause_after(tokens, end)) is not None


def is_announced(after: str) -> bool:
    """Whether the clause that a date opens goes on to tell of the future: "On Friday, voters will ..."."""
    cue = ANNOUNCED.search(after)
    return cue is not None and not (
        match_past().search(after[: cue.start()]) or CLAUSE.search(after[: cue.start()])
    )


def is_pending(tokens: Tokens, index: int, end: int) -> bool:
    """Whether the date, if it is near, is to come: that of elections, or in a sentence that tells only what is.

    Other verbs of the present are no sign: chronicles and headlines tell in them what is over.
    """
    before, after = clause_before(tokens, index), clause_after(tokens, end)
    led, followed = match_scheduled()
    if led.search(before) or followed.match(after):
        return True
    if opens_sentence(tokens, index):  # its verb may stand far behind
        after = clause_after(tokens, end, SENTENCE)
    sentence = f"{before} {after}"
    return bool(PRESENT.search(sentence)) and not match_past().search(sentence)


def clause_before(tokens: Tokens, index: int) -> str:
    """The words before the date in its sentence."""
    start = tokens.spans[index][0]
    before = tokens.text[max(0, start - WINDOW) : start]
    ends = [m.end() for m in SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def clause_after(tokens: Tokens, end: int, reach: int = WINDOW) -> str:
    """The words behind the date in its sentence."""
    start = tokens.spans[end - 1][1]
    after = tokens.text[start : start + reach]
    stop = SENTENCE_END.search(after)
    return after[: stop.start()] if stop else after
