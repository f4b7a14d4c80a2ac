"""Weights of a trained score: what each sign adds to the odds. Written by a benchmark, never by hand."""

import tomllib
from collections.abc import Mapping
from math import exp
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import LexiconError


class Weights(BaseModel):
    """A logistic score: intercept and weights in log odds; a sign that has no weight counts nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    weights: dict[str, float]

    def rate(self, signs: Mapping[str, float]) -> float:
        """The probability that the signs speak for, 0 to 1."""
        odds = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + exp(-max(min(odds, 30.0), -30.0)))


def read_weights(path: Path) -> Weights:
    """The weights of a file. Raises LexiconError where it is missing or says something else."""
    try:
        return Weights.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise LexiconError(f"{path.name}: {reason}; restore the file from the release") from error
