"""Plain arithmetic on days: weeks, months, quarters, seasons, their thirds and their neighbours."""

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]

DAY = timedelta(days=1)
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}


def month_of(year: int, month: int) -> Days:
    """First and last day of the month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_from(year: int, month: int, count: int) -> Days:
    """First and last day of so many months."""
    start = date(year, month, 1)
    return start, add_months(start, count) - DAY


def year_of(year: int) -> Days:
    """First and last day of the year."""
    return date(year, 1, 1), date(year, 12, 31)


def week_of(day: date) -> Days:
    """Monday and Sunday of the day's week."""
    monday = day - day.weekday() * DAY
    return monday, monday + 6 * DAY


def quarter_of(day: date) -> Days:
    """First and last day of the day's quarter."""
    return months_from(day.year, 3 * ((day.month - 1) // 3) + 1, 3)


def season_of(year: int, month: int) -> Days:
    """The three months of the season that begins in that month; winter ends in the year behind."""
    return months_from(year, month, 3)


def unit_of(day: date, unit: str) -> Days:
    """The calendar unit that holds the day."""
    if unit == "week":
        return week_of(day)
    if unit == "fortnight":
        monday = week_of(day)[0]
        return monday, monday + 13 * DAY
    if unit == "weekend":
        return weekend_of(day)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        return quarter_of(day)
    if unit == "season":
        return season_holding(day)
    if unit in ("year", "decade", "century"):
        length = MONTHS_IN[unit] // 12
        first = day.year - day.year % length
        return date(first, 1, 1), date(first + length - 1, 12, 31)
    return day, day


def season_holding(day: date) -> Days:
    """The season of whole months that holds the day."""
    first = day.month - day.month % 3
    return season_of(day.year, first) if first else season_of(day.year - 1, 12)


def weekend_of(day: date) -> Days:
    """Saturday and Sunday of the day's week."""
    saturday = week_of(day)[0] + 5 * DAY
    return saturday, saturday + DAY


def long_weekend_of(day: date) -> Days:
    """The weekend at a holiday, with the holiday where it is a Friday or a Monday."""
    if day.weekday() == 0:
        return day - 2 * DAY, day
    saturday, sunday = weekend_of(day)
    return min(saturday, day) if day.weekday() == 4 else saturday, sunday


def add_months(day: date, count: int) -> date:
    """The day so many months on; the 31st becomes the last of a shorter month."""
    months = 12 * day.year + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_units(day: date, unit: str, count: int) -> date:
    """The day so many units on."""
    if unit == "workday":
        return add_workdays(day, count)
    if unit in DAYS_IN:
        return day + count * DAYS_IN[unit] * DAY
    return add_months(day, count * (3 if unit == "season" else MONTHS_IN[unit]))


def move_days(days: Days, unit: str, count: int) -> Days:
    """The interval so many units on; whole months stay whole."""
    start, end = days
    whole = start.day == 1 and (end + DAY).day == 1
    if whole and unit not in DAYS_IN:
        return add_units(start, unit, count), add_units(end + DAY, unit, count) - DAY
    return add_units(start, unit, count), add_units(end, unit, count)


def part_of(days: Days, which: str) -> Days:
    """The early, mid or late part: thirds of a month at the 10th and 20th, of longer periods in months."""
    start, end = days
    length = (end - start).days + 1
    if length <= 7:
        cuts = (start + 3 * DAY, start + (length * 4 // 7) * DAY) if length == 7 else (start + DAY, end)
    elif length <= 31 and start.day == 1:
        cuts = start + 10 * DAY, start + 20 * DAY
    elif length > 3000:  # the early eighties are four years, the late ones three
        cuts = add_months(start, 12 * round(length / 913)), add_months(start, 12 * round(length / 522))
    elif start.day == 1 and (months := round(length / 30.44)) >= 3:
        cuts = add_months(start, months // 3), add_months(start, 2 * months // 3)
    else:
        cuts = start + length // 3 * DAY, start + 2 * length // 3 * DAY
    parts = {"early": (start, cuts[0] - DAY), "mid": (cuts[0], cuts[1] - DAY), "late": (cuts[1], end)}
    first, last = parts[which]
    return (first, last) if first <= last else (start, end)


def half_of(days: Days, number: int) -> Days:
    """The first or second half."""
    start, end = days
    if start.day == 1 and (end + DAY).day == 1 and (end - start).days > 31:
        middle = add_months(start, round((end - start).days / 30.44) // 2)
    else:
        middle = start + ((end - start).days + 1) // 2 * DAY
    return (start, middle - DAY) if number == 1 else (middle, end)


def weekday_in(days: Days, weekday: int, rank: int) -> date | None:
    """The nth of that weekday in the interval, from the end where the rank is negative."""
    start, end = days
    if rank > 0:
        day = start + (weekday - start.weekday()) % 7 * DAY + 7 * (rank - 1) * DAY
    else:
        day = end - (end.weekday() - weekday) % 7 * DAY + 7 * (rank + 1) * DAY
    return day if start <= day <= end else None


def nth_unit(days: Days, unit: str, rank: int) -> Days | None:
    """The nth unit of the interval. A week belongs to the month or year that holds its Thursday."""
    start, end = days
    if unit == "week":
        thursday = weekday_in(days, 3, rank)
        return week_of(thursday) if thursday else None
    if unit == "weekend":
        saturday = weekday_in(days, 5, rank)
        return weekend_of(saturday) if saturday else None
    if unit == "half":
        return half_of(days, 1 if rank == 1 else 2)
    day = add_units(start, unit, rank - 1) if rank > 0 else add_units(end + DAY, unit, rank)
    found = unit_of(day, unit)
    return found if start <= found[0] and found[1] <= end else None


def first_units(days: Days, unit: str, count: int) -> Days:
    """The first so many units of the interval; the last ones where the count is negative."""
    start, end = days
    if count > 0:
        return start, min(add_units(start, unit, count) - DAY, end)
    return max(add_units(end + DAY, unit, count), start), end


def add_workdays(day: date, count: int) -> date:
    """The day so many days on, Saturdays and Sundays left out."""
    step = DAY if count > 0 else -DAY
    while count:
        day += step
        if day.weekday() < 5:
            count -= 1 if step > timedelta() else -1
    return day


def easter_of(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian reckoning."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * days) // 451
    month, day = divmod(moon + days - 7 * shift + 114, 31)
    return date(year, month, day + 1)
