"""A holiday or named day, as dates.toml writes it."""

from pydantic import Field, model_validator

from models.lexicon import Entry


class HolidayEntry(Entry):
    """A named day: by month and day, by the nth weekday of a month, by days from Easter; one year or all."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    weekday: int | None = Field(default=None, ge=0, le=6, description="Monday is 0")
    nth: int | None = Field(default=None, ge=-1, le=5, description="-1 is the last of the month")
    shift: int = Field(default=0, description="days behind that weekday")
    easter: int | None = Field(default=None, description="days from Western Easter Sunday")
    year: int | None = Field(default=None, description="the one year of a day like 9/11")

    @model_validator(mode="after")
    def names_a_day(self) -> "HolidayEntry":
        """A day must follow from the entry."""
        if self.easter is None and (self.month is None or (self.day is None) == (self.nth is None)):
            raise ValueError("needs month and day, month, weekday and nth, or easter")
        return self
