"""Files of settings: whatever is wrong with one is told in one line."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from models.errors import ReviewError
from models.settings import read_settings


class Bounds(BaseModel):
    model_config = ConfigDict(extra="forbid")

    least: int
    names: dict[str, int] = {}


FAULTY = {
    "no file": (None, r"bounds\.toml: cannot be read \(No such file"),
    "no toml": (b"least", r"bounds\.toml: is no TOML \("),
    "no utf-8": (b'least = "\xff"', r"bounds\.toml: is no TOML \(.*utf-8"),
    "a key missing": (b"", r"bounds\.toml: 'least': Field required"),
    "a value": (b'least = "many"', r"bounds\.toml: 'least' is 'many': Input should be a valid integer"),
    "a value within": (b"least = 1\nnames.a = 0.5", r"bounds\.toml: 'names\.a' is 0\.5: "),
    "a long value": (b'least = "' + b"x" * 10_000 + b'"', r"'least' is 'x+\.\.\.x+': .{,99}$"),
    "a key of two lines": (b'least = 1\n"a\\nb" = 2', r"bounds\.toml: 'a\\nb' is 2: Extra inputs"),
}


@pytest.mark.parametrize(("text", "words"), FAULTY.values(), ids=FAULTY.keys())
def test_a_fault_is_one_line_that_names_file_and_key(tmp_path: Path, text: bytes | None, words: str) -> None:
    path = tmp_path / "bounds.toml"
    if text is not None:
        path.write_bytes(text)
    with pytest.raises(ReviewError, match=words) as caught:
        read_settings(path, Bounds, ReviewError)
    assert "\n" not in str(caught.value)


def test_what_is_right_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bounds.toml"
    path.write_text("least = 1\nnames.a = 2", encoding="utf-8")
    assert read_settings(path, Bounds, ReviewError) == Bounds(least=1, names={"a": 2})
