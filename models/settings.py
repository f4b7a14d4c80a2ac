"""Files of settings: TOML that one model checks as a whole."""

import reprlib
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from models.errors import DatelineError

Form = TypeVar("Form", bound=BaseModel)


def read_settings(path: Path, form: type[Form], fault: type[DatelineError]) -> Form:
    """What the file says. Raises `fault` in one line that names the file, and the first key that is wrong."""
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise fault(f"{path.name}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        raise fault(f"{path.name}: {explain_first(error)}") from error
    except ValueError as error:  # of TOML, or of UTF-8
        raise fault(f"{path.name}: is no TOML ({error})") from error


def explain_first(error: ValidationError) -> str:
    """The first fault: its key, the value where it is a plain one, and what is wrong."""
    first = error.errors()[0]
    key, value = ".".join(map(str, first["loc"])), first["input"]
    said = f" is {reprlib.repr(value)}" if isinstance(value, str | int | float) else ""
    return f"{key!r}{said}: {first['msg']}"
