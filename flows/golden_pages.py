"""A folder of pages with a golden each: which there are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from flows.inputs import kind_of, list_folder
from models.errors import InputError

ENDING = ".expected.json"
LONGEST = 100  # characters of a document's id in a file's name


@dataclass(frozen=True, slots=True)
class GoldenPage:
    """A page, or a line of JSONL, by its name: the path below the folder, without ending."""

    name: str
    path: Path
    line: bytes | None = None


def list_pages(folder: Path) -> list[GoldenPage]:
    """The pages of a folder by name. Raises InputError, also where two would have one golden."""
    pages: dict[str, GoldenPage] = {}
    for one in list_folder(folder, "auto"):
        assert one.path is not None
        for page in split_file(folder, one.path):
            if other := pages.get(page.name):
                raise InputError(
                    f"{page.path} and {other.path} would share {page.name}{ENDING}; rename one of them"
                )
            pages[page.name] = page
    return [pages[name] for name in sorted(pages)]


def split_file(folder: Path, path: Path) -> Iterator[GoldenPage]:
    """The pages that a file holds: one, or one a line. Raises InputError."""
    name = path.relative_to(folder).with_suffix("").as_posix()
    kind = kind_of(path)
    if kind == "warc":
        raise InputError(f"{path}: a WARC file has no goldens; `dateline archive export` takes pages out")
    if kind != "jsonl":
        yield GoldenPage(name, path)
        return
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            yield GoldenPage(f"{name}.{name_line(line, number)}", path, line)


def name_line(line: bytes, number: int) -> str:
    """The document's id as a part of a file's name; else the number of its line."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return str(number)
    given = record.get("doc_id") if isinstance(record, dict) else None
    return quote(str(given), safe="")[:LONGEST] if isinstance(given, str | int) else str(number)


def find_golden(folder: Path, name: str) -> Path:
    """Where the golden of a page stands."""
    return folder / f"{name}{ENDING}"


def list_goldens(folder: Path) -> list[str]:
    """Names of all goldens that are kept; hidden folders are passed over."""
    names = (path.relative_to(folder).as_posix().removesuffix(ENDING) for path in folder.rglob(f"*{ENDING}"))
    return sorted(name for name in names if not name.startswith(".") and "/." not in name)


def read_file(path: Path) -> bytes | None:
    """The bytes of a golden that is kept, or None. Raises InputError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
