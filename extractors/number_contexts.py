"""What makes a number no count: dates, times, ages, money, shares, names and identifiers around it."""

import re
from dataclasses import dataclass, replace
from functools import cache

from extractors.phrases import LEXICONS
from extractors.vague_numbers import Quantity, alternatives
from models.lexicon import read_entries
from models.numbers import NumberContext
from models.trace import Trace, spot

FILE = "number_contexts.toml"

GLUED_LEFT = re.compile(r"(?:[A-Za-z]-|\d[-/.:,]|[+/\[#_@^]|(?<!\w)-)\Z")
GLUED_RIGHT = re.compile(r"[A-Za-z_^\]°′″º]|[:./]\d|-\d|/[a-z]|\s?x\s?\d|'s\b|’s\b")
ORDINAL = re.compile(
    r"(?:[\s-]+|\s-\s)(?:first|second|third|fourth|fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|twentie|thirtie)"
    r"(?:th)?s?\b(?!\s*(?:people|men))|[\s-]+(?:thirds|halves|hal[fv]|quarters?|hundredths?|\w+(?:ie|teen)ths?)\b",
    re.IGNORECASE,
)
SIGN = re.compile(r"(?:\b(?:minus|negative)\s+|(?:\A|(?<=\s))(?<!\S\s)[-−] ?|(?<=\s)[-−])\Z", re.IGNORECASE)
YEAR_LEFT = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|during|before|after|early|late|mid|year|to|and|for|through|summer|winter"
    r"|spring|autumn|fall|the|around|circa|between|\w+day)|[(,/'’–-]|\d)\s*\Z",
    re.IGNORECASE,
)
PEOPLE_RIGHT = re.compile(
    r"\s+(?!(?:is|was|has|as|its|his|this|us)\b)(?:[A-Za-z-]+s|people|[a-z]*men|children|dead)\b"
)
AGE_LEFT = re.compile(r"[A-Z][\w.'’-]*(?:,\s|\s?\()\Z")
AGE_RIGHT = re.compile(r"\)|,|\.(?:\s|\Z)|\sand\b")
NAME_LEFT = re.compile(
    r"\b[A-Z]{2,}\)?\s\Z|(?<![.!?\"“\n:;]\s)(?<![\"“\n(])\b[A-Z][\w.'’&-]*\s\Z|\([A-Z]{1,4}[ -]\Z"
)
CHAIN = re.compile(r"\s*(?:-|–|&|,?\s*and|,?\s*or|to)\s*", re.IGNORECASE)
LISTED = re.compile(r"\s*(?:,|and|or|&)\s*\d")
DAY_AND_MONTH = re.compile(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\.?\s+\Z")
COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True, slots=True)
class Context:
    """A compiled entry: words before, words behind."""

    name: str
    entry: NumberContext
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def load_contexts() -> tuple[Context, ...]:
    """Every entry of the lexicon, compiled. Raises LexiconError."""
    entries = read_entries(LEXICONS / FILE, NumberContext)
    return tuple(
        Context(n, entry, before_pattern(entry), after_pattern(entry)) for n, entry in entries.items()
    )


def before_pattern(entry: NumberContext) -> re.Pattern[str]:
    """One of the words right before the number, an article between them."""
    words = [rf"(?<!\w){re.escape(form)}" if form[0].isalpha() else re.escape(form) for form in entry.before]
    flags = re.NOFLAG if entry.exact else re.IGNORECASE
    return re.compile(rf"(?:{'|'.join(words) or '(?!)'})\s*(?:the\s+)?\Z", flags)


def after_pattern(entry: NumberContext) -> re.Pattern[str]:
    """One of the words right behind the number, by space or hyphen."""
    flags = re.NOFLAG if entry.exact else re.IGNORECASE
    return re.compile(
        rf"(?:st|nd|rd|th)?[\s-]*(?:of\s+)?(?:{alternatives(entry.after) or '(?!)'})(?!\w)", flags
    )


def keep_counts(text: str, quantities: list[Quantity], trace: Trace | None = None) -> list[Quantity]:
    """The quantities that are counts; those of money, shares and measures with their units."""
    reasons = spread_dates(text, quantities, [find_reason(text, quantity) for quantity in quantities])
    kept = {context.name: context for context in load_contexts() if context.entry.keep}
    counts = []
    for quantity, reason in zip(quantities, reasons, strict=True):
        if reason is None:
            counts.append(quantity)
        elif reason in kept:
            unit = kept[reason].after.match(text, quantity.end)
            end = unit.end() if unit else quantity.end
            counts.append(replace(quantity, end=end, rule=f"{FILE}:{reason}", unit=True))
        elif trace is not None:
            trace.add("counts", "number:other", spot(quantity), detail=reason)
    return counts


def spread_dates(text: str, quantities: list[Quantity], reasons: list[str | None]) -> list[str | None]:
    """The reasons, where "March 3, 4 and 5" and "two or three hours" have one for all their numbers."""
    for place in range(1, len(quantities)):
        gap = text[quantities[place - 1].end : quantities[place].start]
        listed = COMMA.fullmatch(gap) and LISTED.match(text, quantities[place].end)
        if reasons[place - 1] == "month" and reasons[place] is None and (CHAIN.fullmatch(gap) or listed):
            reasons[place] = "month"
    for place in range(len(quantities) - 1, 0, -1):
        gap = text[quantities[place - 1].end : quantities[place].start]
        if reasons[place] in ("month", "time") and (CHAIN.fullmatch(gap) or COMMA.fullmatch(gap)):
            reasons[place - 1] = reasons[place - 1] or reasons[place]
    return reasons


def find_reason(text: str, quantity: Quantity) -> str | None:
    """Why the number is no count, or the name of what else it counts, or None."""
    left = text[max(0, quantity.start - 30) : quantity.start]
    if SIGN.search(left) or is_glued(text, quantity, left):
        return "glued"
    if not quantity.digits and ORDINAL.match(text, quantity.end):
        return "ordinal"
    for context in load_contexts():
        if applies(context, text, quantity, left):
            return context.name
    return find_digit_reason(text, quantity, left) if quantity.digits else None


def applies(context: Context, text: str, quantity: Quantity, left: str) -> bool:
    """Whether one of the context's words stands beside the number."""
    if context.entry.digits and not quantity.digits:
        return False
    if context.name == "pronoun" and quantity.value.high != 1:
        return False
    if context.name == "month" and DAY_AND_MONTH.search(left) and PEOPLE_RIGHT.match(text, quantity.end):
        return False  # the month has its day already
    return bool(context.before.search(left) or context.after.match(text, quantity.end))


def is_glued(text: str, quantity: Quantity, left: str) -> bool:
    """Whether the number is part of a longer token: an identifier, a clock time, a score."""
    return bool(GLUED_LEFT.search(left[-4:]) or GLUED_RIGHT.match(text, quantity.end))


def find_digit_reason(text: str, quantity: Quantity, left: str) -> str | None:
    """Years, ages in brackets or commas, and numbers of named things."""
    written = text[quantity.start : quantity.end]
    if re.search(r"\.\d{4,}", written):
        return "coordinates"
    if re.fullmatch(r"(?:1[6-9]|20)\d\d(?:\s*[-–]\s*\d{2,4})?", written) and YEAR_LEFT.search(left):
        return "year"
    if PEOPLE_RIGHT.match(text, quantity.end):
        return None
    if len(written) <= 2 and AGE_LEFT.search(left) and AGE_RIGHT.match(text, quantity.end):
        return "age"
    name = NAME_LEFT.search(left)
    return "name" if name and quantity.start - len(left) + name.start() > 0 else None
