"""Time expressions: found in the text, resolved to closed intervals of days."""

from extractors.dates.composition import resolve
from extractors.dates.dateline import find_dateline_date
from extractors.dates.finder import find_dates
from extractors.dates.narrative import resolve_all

__all__ = ["find_dateline_date", "find_dates", "resolve", "resolve_all"]
