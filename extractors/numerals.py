"""The number grammar: digits, number words and their multiples as one value each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

# The cardinals of English are a closed class; vague words are data (lexicons/vague_numbers.toml).
UNITS = {
    "zero": 0, "naught": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
SCALES = {
    "dozen": 12, "dozs": 12, "dzs": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "lakh": 10**5, "cr": 10**7, "crore": 10**7, "krore": 10**7, "koti": 10**7,
}  # fmt: skip
# Short signs count only behind a number; lower-case m is metres as often as millions.
SIGNS = {
    "k": 10**3, "K": 10**3, "M": 10**6, "mn": 10**6, "mil": 10**6, "mln": 10**6, "G": 10**9, "B": 10**9,
    "b": 10**9, "bn": 10**9, "bln": 10**9, "tn": 10**12, "tln": 10**12, "Cr": 10**7, "Kr": 10**7,
}  # fmt: skip
LARGEST = 10**15

DIGITS = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?: \d{3}){2,}(?!\d)"
    r"|\d{1,3}(?:[\u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?(?:e\d+)?"
)
LEXEME = re.compile(
    rf"(?P<digits>(?<![\w.])(?<!\d,)(?:{DIGITS}))(?:(?P<sign>\ {{0,2}}(?:{'|'.join(SIGNS)}))\b)?"
    rf"|\b(?:(?P<unit>{'|'.join(UNITS)})|(?P<ten>{'|'.join(TENS)})|(?P<scale>{'|'.join(SCALES)})s?"
    r"|(?P<half>half|quarter))\b",
    re.IGNORECASE,
)
GAP = re.compile(r"(?:\s+|\s*-\s*)(?:and\s+)?|,\s+", re.IGNORECASE)
ARTICLE = re.compile(r"(?:^|(?<=\W))(?:an?)\s+\Z", re.IGNORECASE)
PART_OF_SCALE = re.compile(r"\s+(?:an?\s+)?\Z|-\Z")
AND_A = re.compile(r"\s+and\s+an?\s+\Z", re.IGNORECASE)
POINT = re.compile(r"\s+point\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written: its offsets and value; `digits` tells 12 from twelve."""

    start: int
    end: int
    value: Fraction
    digits: bool = False
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One part of a number. `kind` is the name of its group in LEXEME."""

    start: int
    end: int
    kind: str
    value: Fraction


def find_numerals(text: str) -> list[Numeral]:
    """Every number of the text, the longest reading of each, in order."""
    lexemes = list(split_lexemes(text))
    found: list[Numeral] = []
    place = 0
    while place < len(lexemes):
        numeral, place = read_numeral(text, lexemes, place)
        if numeral and numeral.value < LARGEST:
            found.append(numeral)
    return found


def split_lexemes(text: str) -> Iterator[Lexeme]:
    """The parts that numbers are made of."""
    for match in LEXEME.finditer(text):
        word = match[0].lower()
        if match["digits"]:
            yield from split_digits(match)
        elif match["unit"]:
            yield Lexeme(match.start(), match.end(), "unit", Fraction(UNITS[word]))
        elif match["ten"]:
            yield Lexeme(match.start(), match.end(), "ten", Fraction(TENS[word]))
        elif match["half"]:
            yield Lexeme(match.start(), match.end(), "half", Fraction(1, 2 if word == "half" else 4))
        else:
            yield Lexeme(match.start(), match.end(), "scale", Fraction(SCALES[match["scale"].lower()]))


def split_digits(match: re.Match[str]) -> Iterator[Lexeme]:
    """Digits, and the short sign behind them as a scale where it is spelt as one."""
    value = Fraction(re.sub(r"[,\s]", "", match["digits"]))
    yield Lexeme(match.start(), match.end("digits"), "digits", value)
    sign = (match["sign"] or "").strip()
    if sign in SIGNS:
        yield Lexeme(match.start("sign"), match.end(), "scale", Fraction(SIGNS[sign]))


def read_numeral(text: str, lexemes: list[Lexeme], place: int) -> tuple[Numeral | None, int]:
    """The number that begins at that lexeme, and the place of the lexeme behind it."""
    first = lexemes[place]
    if first.kind == "half":
        return read_half(text, lexemes, place)
    if first.kind == "scale":
        return read_bare_scale(text, lexemes, place)
    numeral, place = extend(text, lexemes, place + 1, first)
    return numeral, place


def read_half(text: str, lexemes: list[Lexeme], place: int) -> tuple[Numeral | None, int]:
    """ "Half a dozen", "half a million"; a half of anything else is no whole number."""
    half = lexemes[place]
    after = lexemes[place + 1] if place + 1 < len(lexemes) else None
    if after is None or after.kind != "scale" or not PART_OF_SCALE.match(text[half.end : after.start]):
        return None, place + 1
    article = ARTICLE.search(text[: half.start])
    start = article.start() if article and after.value > 12 else half.start
    return Numeral(start, after.end, half.value * after.value), place + 2


def read_bare_scale(text: str, lexemes: list[Lexeme], place: int) -> tuple[Numeral | None, int]:
    """ "A hundred" and "hundred thousand"; the vague "hundreds" and a lone "million" are no number."""
    scale = lexemes[place]
    if text[scale.end - 1] in "sS":
        return None, place + 1
    article = ARTICLE.search(text[max(0, scale.start - 8) : scale.start])
    start = scale.start - len(article[0]) if article else scale.start
    first = Lexeme(start, scale.end, "scale", scale.value)
    numeral, after = extend(text, lexemes, place + 1, first)
    return (numeral, after) if article or after > place + 1 else (None, after)


def extend(text: str, lexemes: list[Lexeme], place: int, first: Lexeme) -> tuple[Numeral, int]:
    """The number that goes on from `first`: `total` is closed by a scale, `current` still open."""
    last, total, current = first, Fraction(0), first.value
    while place < len(lexemes):
        after = lexemes[place]
        if after.kind == "half" and AND_A.search(text[last.end : after.start]):
            more, after, place = add_half(text, lexemes, place, last)
            current, last = current + more, after
        elif after.kind == "unit" and POINT.search(text[last.end : after.start]) and last.kind != "scale":
            current, last = current + after.value / 10, after
        elif not follows(text, lexemes, place, last):
            break
        elif after.kind != "scale":
            current, last = current + after.value, after
        else:
            total, current = multiply(total, current, after.value)
            last = after
        place += 1
    value = total + current
    scale = int(last.value) if last.kind == "scale" and last is not first else 1
    return Numeral(first.start, last.end, value, first.kind == "digits", scale), place


def add_half(text: str, lexemes: list[Lexeme], place: int, last: Lexeme) -> tuple[Fraction, Lexeme, int]:
    """What "and a half" adds: to a unit one half, to a million half a million; its last lexeme and place."""
    half = lexemes[place]
    beyond = lexemes[place + 1] if place + 1 < len(lexemes) else None
    if last.kind != "scale":
        return half.value, Lexeme(half.start, half.end, "unit", half.value), place
    if beyond and beyond.kind == "scale" and text[half.end : beyond.start].isspace():
        return half.value * beyond.value, beyond, place + 1
    return half.value * last.value, half, place


def multiply(total: Fraction, current: Fraction, scale: Fraction) -> tuple[Fraction, Fraction]:
    """Hundreds stay open ("two hundred thousand"), greater scales close what stands before them."""
    if scale < 1000 and current:
        return total, current * scale
    if current:
        return total + current * scale, Fraction(0)
    return total * scale, Fraction(0)


def follows(text: str, lexemes: list[Lexeme], place: int, last: Lexeme) -> bool:
    """Whether the lexeme goes on with the number that `last` ends."""
    after = lexemes[place]
    gap = text[last.end : after.start]
    if gap and not GAP.fullmatch(gap):
        return False
    joined = "and" in gap.lower() or "," in gap
    if last.kind == "scale" and "-" in gap:
        return False
    if after.kind == "scale":
        return not joined and "-" not in gap.strip(" -") and not (last.kind == "scale" and last.value == 12)
    if last.kind == "ten":
        return after.kind == "unit" and 0 < after.value < 10 and not joined
    if last.kind != "scale" or last.value == 12 or after.value >= last.value:
        return False
    if "," in gap and (last.value < 1000 or after.kind == "digits"):
        return False
    beyond = lexemes[place + 1] if place + 1 < len(lexemes) else None
    is_scaled = beyond is not None and beyond.kind == "scale" and text[after.end : beyond.start].isspace()
    return not (is_scaled and beyond is not None and beyond.value == last.value)
