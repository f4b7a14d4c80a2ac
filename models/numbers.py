"""Number lexicons, as analysts write them: vague words, bounds, and what makes a number no count."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.terms import CountForm


class NumberPart(BaseModel):
    """Base of the entries: frozen, and no key that is not defined here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class VagueWord(NumberPart):
    """A word such as "dozens"; `low` is the least that it stands for."""

    forms: tuple[str, ...] = Field(min_length=1, description="lower case")
    low: int = Field(ge=1)
    best: int | None = Field(default=None, ge=1, description="where the word is a number after all")
    alone: bool = Field(default=True, description="a number without a multiple or people behind it")
    multiplies: bool = Field(default=True, description="whether it stands before hundred, thousand …")

    @model_validator(mode="after")
    def best_is_no_less(self) -> "VagueWord":
        """A best value below the least one is a slip."""
        if self.best is not None and self.best < self.low:
            raise ValueError("best is less than low")
        return self


class Bound(NumberPart):
    """Words that make a bound of the number beside them."""

    form: CountForm
    strict: bool = Field(default=False, description="whether the number itself is left out")
    before: tuple[str, ...] = Field(default=(), description="lower case, in front of the number")
    after: tuple[str, ...] = Field(default=(), description="lower case, behind the number")


class VagueProfile(NumberPart):
    """One codebook's reading of vague numbers."""

    words: dict[str, VagueWord]
    bounds: dict[str, Bound]
    changes: tuple[str, ...] = Field(description='words before a "from A to B" that is a change, no range')


class NumberContext(NumberPart):
    """Words beside a number that make it part of a date, a sum of money, a name …"""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    keep: bool = Field(default=False, description="still a count, but of money, shares or measures")
    exact: bool = Field(default=False, description="matched only in this case")
    digits: bool = Field(default=False, description="holds for numbers in digits only")
