"""The policy of a review: what a decision on a group leaves out, and what needs no decision."""

from pathlib import Path

from pydantic import Field

from models.change import Frozen, Operation
from models.errors import ReviewError
from models.settings import read_settings


class Policy(Frozen):
    """Limits, as `review/policy.toml` explains them."""

    confidence: float = Field(ge=0, le=1)
    killed: int = Field(ge=0)
    accepted: tuple[Operation, ...]
    level: float = Field(gt=0, lt=1)


def read_policy(path: Path) -> Policy:
    """The policy of a file. Raises ReviewError, in one line that names the file and the key."""
    return read_settings(path, Policy, ReviewError)
