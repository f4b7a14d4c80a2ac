"""Dates and instants as machines write them: ISO 8601 and its loose forms, and RFC 2822."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from models.article import Published

LOOSE_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
SPACED_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
LONG_FRACTION = re.compile(r"(\.\d{6})\d+")
DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}(?!\d)")


def read_instant(text: str | None) -> Published | None:
    """An instant with its zone, else the day; None where the text is neither.

    A time without a zone gives the day alone: which instant it means cannot be known.
    """
    if not text or len(text) > 60:
        return None
    found = read_iso(text.strip()) or read_mail_date(text.strip())
    if isinstance(found, datetime) and found.tzinfo is None:
        return found.date()
    return found


def read_iso(text: str) -> Published | None:
    """ISO 8601, also with a space before the offset, with "UTC", or with more than six decimals."""
    text = LOOSE_ZONE.sub("+00:00", text) if ":" in text else text
    text = LONG_FRACTION.sub(r"\1", SPACED_OFFSET.sub(r"\1", text))
    day = DAY.match(text)
    if not day:
        return None
    try:
        return datetime.fromisoformat(text) if len(text) > len(day[0]) else date.fromisoformat(text)
    except ValueError:
        return read_day(day[0])


def read_day(text: str) -> date | None:
    """A calendar day, None where there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_mail_date(text: str) -> datetime | None:
    """RFC 2822 ("Tue, 05 Mar 2024 14:10:00 +0300"), as feeds write it."""
    try:
        return parsedate_to_datetime(text.removesuffix("-0000") + "+0000" * text.endswith("-0000"))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day_of(published: Published) -> date:
    """The day in the zone as written."""
    return published.date() if isinstance(published, datetime) else published
