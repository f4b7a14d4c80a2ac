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
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: 10 * number
    for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}
DECADES = {
    word: 10 * number
    for number, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
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
