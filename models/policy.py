"""The policy of a review: what a decision on a group leaves out, and what needs no decision."""

import tomllib
from pathlib import Path

from pydantic import Field, ValidationError

from models.change import Frozen, Operation
from models.errors import ReviewError


class Policy(Frozen):
    """Limits, as `review/policy.toml` explains them."""

    confidence: float = Field(ge=0, le=1)
    killed: int = Field(ge=0)
    accepted: tuple[Operation, ...]
    level: float = Field(gt=0, lt=1)


def read_policy(path: Path) -> Policy:
    """The policy of a file. Raises ReviewError, in one line that names the file and the key."""
    try:
        return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ReviewError(f"{path.name}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReviewError(f"{path.name}: {error}") from error
    except ValidationError as error:
        fault = error.errors()[0]
        raise ReviewError(f"{path.name}: '{'.'.join(map(str, fault['loc']))}': {fault['msg']}") from error
