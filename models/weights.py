"""Weights of a trained score: what each sign adds to the odds. Written by a benchmark, never by hand."""

import tomllib
from collections.abc import Mapping
from math import exp
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from models.errors import LexiconError

Form = TypeVar("Form", bound=BaseModel)


class Weights(BaseModel):
    """A logistic score: intercept and weights in log odds; a sign that has no weight counts nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    weights: dict[str, float]

    def rate(self, signs: Mapping[str, float]) -> float:
        """The probability that the signs speak for, 0 to 1."""
        odds = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + exp(-max(min(odds, 30.0), -30.0)))


class WordWeights(BaseModel):
    """Weights of thousands of words, as a file keeps them: the words of each weight, with spaces between."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    words: dict[float, str]


def read_weights(path: Path) -> Weights:
    """The weights of a file. Raises LexiconError where it is missing or says something else."""
    return read_form(path, Weights)


def read_word_weights(path: Path) -> Weights:
    """The weights of a file of words. Raises LexiconError where it is missing or says something else."""
    found = read_form(path, WordWeights)
    weights = {word: weight for weight, words in found.words.items() for word in words.split()}
    return Weights(intercept=found.intercept, weights=weights)


def read_form(path: Path, form: type[Form]) -> Form:
    """What a file of weights says. Raises LexiconError."""
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise LexiconError(f"{path.name}: {reason}; restore the file from the release") from error
