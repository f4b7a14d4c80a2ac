"""Numbers with their bounds: "at least 34", "dozens", "10 to 15" as closed ranges of whole numbers."""

import re
from dataclasses import dataclass, replace
from functools import cache
from math import ceil, floor

from extractors.numerals import SCALES, Numeral, find_numerals
from extractors.phrases import LEXICONS
from models.lexicon import read_entries
from models.mention import CountValue
from models.numbers import Bound, VagueProfile, VagueWord

PROFILE = "house"
FILE = "vague_numbers.toml"
MULTIPLES = "|".join(word for word in SCALES if len(word) > 3)
FILLER = (
    r"(?:\s+(?:another|some|an?|the|additional|further|an?\s+(?:additional|further|estimated)|about|around))?"
)
RANGE = re.compile(r"\s*[-–—]\s*|\s+(?:to|or|through)\s+", re.IGNORECASE)
BETWEEN = re.compile(r"(?:^|\W)between\s+\Z", re.IGNORECASE)
PAIR = re.compile(r",?\s+(?:and|but)\s+|,\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as read: the offsets of its words, where its bound begins, its range and its rule."""

    start: int
    end: int
    value: CountValue
    rule: str
    digits: bool = False
    lead: int = -1
    scale: int = 1
    unit: bool = False

    @property
    def first(self) -> int:
        """The offset of its first word, bound included."""
        return self.start if self.lead < 0 else self.lead


@dataclass(frozen=True, slots=True)
class Grammar:
    """A profile compiled: vague words, and bounds before and behind a number."""

    profile: VagueProfile
    words: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    change: re.Pattern[str]


@cache
def load_grammar() -> Grammar:
    """The compiled house profile. Raises LexiconError."""
    profile = read_entries(LEXICONS / FILE, VagueProfile)[PROFILE]
    words = "|".join(
        rf"(?P<{name}>{alternatives(word.forms)})" for name, word in sorted_by_length(profile.words)
    )
    before = "|".join(
        rf"(?P<{name}>{alternatives(b.before)})" for name, b in profile.bounds.items() if b.before
    )
    after = "|".join(
        rf"(?P<{name}>\s*(?:{alternatives(b.after)}))" for name, b in profile.bounds.items() if b.after
    )
    return Grammar(
        profile,
        re.compile(rf"\b(?:{words})\b(?P<multiple>(?:\s+of)?\s+(?:{MULTIPLES})s?\b)?", re.IGNORECASE),
        re.compile(
            rf"(?:(?<=\W)|^|(?=[<>≥≤~]))(?:{before}){FILLER}\s*(?:(?:US|A|C)?[$€£¥₹])?\Z", re.IGNORECASE
        ),
        re.compile(rf"(?:{after})(?!\w)", re.IGNORECASE),
        re.compile(rf"\b(?:{alternatives(profile.changes)})\b[^.]{{0,20}}\bfrom\s+\Z", re.IGNORECASE),
    )


def sorted_by_length(words: dict[str, VagueWord]) -> list[tuple[str, VagueWord]]:
    """The words, those with the longest form first."""
    return sorted(words.items(), key=lambda item: (-max(map(len, item[1].forms)), item[0]))


def alternatives(forms: tuple[str, ...]) -> str:
    """A pattern of the forms, longest first; any white space stands for a space."""
    return "|".join(
        re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=lambda form: (-len(form), form))
    )


def find_quantities(text: str) -> list[Quantity]:
    """Numbers, ranges and vague words of the text in order, before bounds; "several" only with a multiple."""
    vague = find_vague(text)
    spoken = [read_numeral(numeral) for numeral in find_numerals(text)]
    return join_ranges(text, keep_first(sorted((*vague, *spoken), key=lambda q: (q.start, -q.end))))


def keep_first(quantities: list[Quantity]) -> list[Quantity]:
    """Those that overlap none before them: "three dozens" is a number, its "dozens" no vague word."""
    kept: list[Quantity] = []
    for quantity in quantities:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def read_numeral(numeral: Numeral) -> Quantity:
    """An exact number; a broken one lies between its neighbours."""
    low, high = floor(numeral.value), ceil(numeral.value)
    value = CountValue(low, low, high, "exact") if low == high else CountValue(low, None, high, "range")
    rule = "numerals:digits" if numeral.digits else "numerals:words"
    return Quantity(numeral.start, numeral.end, value, rule, numeral.digits, scale=numeral.scale)


def find_vague(text: str) -> list[Quantity]:
    """Vague words, with the multiples that they stand before."""
    grammar = load_grammar()
    found = []
    for match in grammar.words.finditer(text):
        name = next(key for key in grammar.profile.words if match[key])
        word = grammar.profile.words[name]
        multiple = match["multiple"] if word.multiplies else None
        if not (word.alone or multiple):
            continue
        scale = SCALES[re.sub(r"s$", "", multiple.split()[-1].lower())] if multiple else 1
        end = match.end() if multiple else match.start() + len(match[name])
        found.append(Quantity(match.start(), end, vague_value(word, scale), f"{FILE}:{PROFILE}.{name}"))
    return found


def vague_value(word: VagueWord, scale: int = 1) -> CountValue:
    """The least that the word stands for; "a couple of hundred" is about two hundred."""
    if word.best is None:
        return CountValue(word.low * scale, None, None, "vague")
    best = word.best * scale
    return CountValue(best, best, best, "exact") if scale == 1 else around(best)


def around(best: int) -> CountValue:
    """Ten per cent to either side, in whole numbers."""
    return CountValue(best * 9 // 10, best, -(-best * 11 // 10), "about")


def join_ranges(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Two numbers that a dash, "to", "or" or "between … and" joins become one."""
    joined: list[Quantity] = []
    for quantity in quantities:
        whole = join_range(text, joined[-1], quantity) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(quantity)
    return joined


def join_range(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    """The range from one number to the other, or None where they are two numbers."""
    low, high = one.value.best, two.value.best
    gap = text[one.end : two.start]
    if low is None or high is None or len(gap) > 9 or "exact" not in (one.value.form, two.value.form):
        return None
    if two.scale >= 1000 > low and one.scale == 1:
        low *= two.scale
    left = text[max(0, one.start - 40) : one.start]
    between = BETWEEN.search(left) and gap.strip() == "and"
    if low >= high or load_grammar().change.search(left) or not (between or RANGE.fullmatch(gap)):
        return None
    if one.value.form == "range" or ("-" in gap and one.digits != two.digits):
        return None
    if gap.strip() == "or" and high > 2 * low:  # "five or six" is a range, "ten or a thousand" a choice
        return None
    return Quantity(one.start, two.end, CountValue(low, None, high, "range"), "numerals:range", one.digits)


def bind(text: str, quantity: Quantity) -> Quantity:
    """The quantity with the bound that stands before or behind it."""
    grammar = load_grammar()
    if quantity.value.best is None:
        return bind_vague(text, quantity, grammar)
    left = max(0, quantity.start - 45)
    before = grammar.before.search(text[left : quantity.start])
    after = grammar.after.match(text, quantity.end)
    match = after if after and (before is None or before.lastgroup == "about") else before
    if match is None or match.lastgroup is None:
        return quantity
    bound = grammar.profile.bounds[match.lastgroup]
    lead = left + before.start() if before else -1
    value = bounded(quantity.value.best, bound)
    # What a number is of weighs more than its bound: money is never people.
    rule = quantity.rule if quantity.unit else f"{FILE}:{PROFILE}.{match.lastgroup}"
    if match is after and not match[0][0].isspace():
        return replace(quantity, end=match.end(), value=value, rule=rule)
    return replace(quantity, value=value, rule=rule, lead=lead)


def bind_vague(text: str, quantity: Quantity, grammar: Grammar) -> Quantity:
    """A vague word or a range keeps its value under a bound; only its lead moves."""
    left = max(0, quantity.start - 45)
    before = grammar.before.search(text[left : quantity.start])
    return replace(quantity, lead=left + before.start()) if before else quantity


def bounded(number: int, bound: Bound) -> CountValue:
    """The range that a bound leaves; `best` is the text's own number where it is inside."""
    if bound.form == "at_least":
        return CountValue(number + bound.strict, None if bound.strict else number, None, "at_least")
    if bound.form == "up_to" and bound.strict:
        return CountValue(None, None, max(0, number - 1), "up_to")
    if bound.form == "up_to":
        return CountValue(None, number, number, "up_to")
    return around(number)


def join_bounds(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """ "Above 800 and below 900" is one range."""
    joined: list[Quantity] = []
    for quantity in quantities:
        last = joined[-1] if joined else None
        if last and meets(text, last, quantity):
            value = CountValue(last.value.low, None, quantity.value.high, "range")
            joined[-1] = replace(last, end=quantity.end, value=value, rule="numerals:range")
        else:
            joined.append(quantity)
    return joined


def meets(text: str, one: Quantity, two: Quantity) -> bool:
    """Whether a lower bound and the upper one right behind it belong together."""
    low, high = one.value.low, two.value.high
    if one.value.form != "at_least" or two.value.form != "up_to" or low is None or high is None:
        return False
    return low < high and two.lead >= 0 and PAIR.fullmatch(text[one.end : two.lead]) is not None
