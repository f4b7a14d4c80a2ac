"""Time expressions: found in the text, resolved to closed intervals of days."""

from extractors.dates.composition import resolve
from extractors.dates.dateline import find_dateline_date
from extractors.dates.finder import find_dates
from extractors.dates.narrative import resolve_all
from extractors.dates.unread import read_unread

__all__ = ["find_dateline_date", "find_dates", "read_unread", "resolve", "resolve_all"]
