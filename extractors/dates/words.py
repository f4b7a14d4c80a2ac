"""The closed sets of English that tell time: months, weekdays, units, numbers, ordinals, seasons."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tues", "tue"),
            ("wednesday", "weds", "wed"),
            ("thursday", "thurs", "thur", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
UNITS = {
    form: unit
    for unit in ("day", "week", "fortnight", "month", "quarter", "year", "decade", "century", "weekend")
    for form in (unit, f"{unit}s")
} | {"centuries": "century", "yr": "year", "yrs": "year", "qtr": "quarter", "night": "day", "nights": "day"}
CLOCK_UNITS = {"hour", "hours", "minute", "minutes"}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern half
PARTS_OF_DAY = {
    "morning",
    "afternoon",
    "evening",
    "night",
    "dawn",
    "dusk",
    "noon",
    "midday",
    "midnight",
    "lunchtime",
    "overnight",
    "sunrise",
    "sunset",
}
NUMBERS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
DECADES = {
    word: 10 * number
    for number, word in enumerate(
        ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), 2
    )
}
EARLY = {"early", "beginning", "start"}
MIDDLE = {"mid", "middle"}
LATE = {"late", "end", "close", "latter"}
ANYWHERE = {"earlier", "later"}
LAST = {"last", "past", "previous", "preceding"}
THIS = {"this", "current", "present"}
NEXT = {"next", "coming", "upcoming", "following"}
SHIFTS = dict.fromkeys(LAST, -1) | dict.fromkeys(THIS, 0) | dict.fromkeys(NEXT, 1)
PREPOSITIONS = {
    *("in", "on", "of", "at", "by", "since", "until", "till", "til", "from", "to", "through", "throughout"),
    *("during", "before", "after", "between", "and", "or", "around", "about", "for", "as", "circa", "ca"),
    *("near", "towards", "toward", "within", "into", "over", "beginning", "starting", "past", "both"),
}
