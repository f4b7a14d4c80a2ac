"""The date in an agency's dateline: "BAGHDAD, Nov 21 (Reuters) -", "San Salvador, 3 Jan 90 -- [Report]"."""

import re

from extractors.dates.explicit import read_day_month, read_month_day
from extractors.dates.reading import Reading, express
from extractors.dates.tokens import Tokens, split_tokens
from models.mention import Mention

HEAD = 200  # a dateline opens the text, behind a headline at most
NO_PLACE = "(?:On|By|In|At|Since|Until|From|Before|After|Around|About|Late|Early)"
LINE = re.compile(
    rf"^\W{{0,4}}(?!{NO_PLACE}\s)"
    r"(?P<place>[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|de|del|la|las|los|al|el|of|the|city)){0,6}?)[,.]?\s+"
    r"(?:\([^)\n]{2,25}\)\s*[-–—,]*\s*)?"
    r"(?P<date>(?i:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    r"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}|"
    r"\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?)(?:,?\s+(?:\d{4}|\d\d))?))"
    r"\s*(?:\([^)\n]{2,40}\)|\[[^\]\n]{2,60}\])?(?:\s+[-–_]|\s*(?:--|[—:\[(]))",
    re.MULTILINE,
)


def find_dateline_date(text: str) -> Mention | None:
    """The dateline's date where the text opens with one."""
    found = LINE.search(text[: HEAD + 80])
    if found is None or found.start() > HEAD:
        return None
    start, end = found.span("date")
    reading = read_head(text[start:end])
    if reading is None:
        return None
    return Mention("date", start, end, text[start:end], "dates:dateline", reading.value)


def read_head(words: str) -> Reading | None:
    """The day that the words name; two digits behind it are its year."""
    tokens = split_tokens(words)
    first = next((i for i in range(len(tokens.spans)) if read_either(tokens, i)), None)
    reading = read_either(tokens, first) if first is not None else None
    if reading is None or reading.end == len(tokens.spans):
        return reading
    year = tokens.number(len(tokens.spans) - 1)
    if reading.value.get("year") is not None or year is None:
        return reading
    parts = {name: part for name, part in reading.value.parts if name != "year"}
    return Reading(express("day", year=year, **parts), len(tokens.spans))


def read_either(tokens: Tokens, index: int) -> Reading | None:
    """A day before or behind its month."""
    return read_day_month(tokens, index) or read_month_day(tokens, index)
