"""Adds a source to the operator's file of sources, which is theirs: text is appended, nothing is rewritten."""

import json
import re
import tomllib
from collections.abc import Container
from pathlib import Path

from flows.page_keys import key_of
from flows.warc_pages import find_domain
from models.errors import OutputError, SourceError
from models.source import Source, read_source

KEYS = ("kind", "url", "path", "publisher", "language", "country")
NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


def add_source(path: Path, source: Source, name: str | None = None) -> tuple[str, str]:
    """Appends the source to the file and gives its name and the text.

    Raises SourceError where the file is not valid, has the address already or has the name; OutputError.
    """
    text = read_text(path)
    present = read_tables(path, text)
    for other in present.values():
        if other.url and source.url and key_of(other.url) == key_of(source.url):
            raise SourceError(f"{path.name}: [{other.id}] has {other.url} already")
    chosen = name or make_name(source, present.keys())
    if not NAME.fullmatch(chosen):
        raise SourceError(f"{path.name}: {chosen!r} is no name for a source; use letters, digits, - and _")
    if chosen in present:
        raise SourceError(f"{path.name}: [{chosen}] is there already; choose another name by --name")
    block = write_block(chosen, source)
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    added = (gap + block).replace("\n", "\r\n" if "\r\n" in text else "\n")
    read_tables(path, text + added)
    try:
        with path.open("ab") as file:
            file.write(added.encode("utf-8"))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error
    return chosen, block


def read_text(path: Path) -> str:
    """The file as it is, empty where there is none yet. Raises SourceError."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SourceError(f"{path.name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: {error}") from error


def read_tables(path: Path, text: str) -> dict[str, Source]:
    """The sources of the text. Raises SourceError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path.name}: {error}") from error
    return {name: read_source(path.name, name, table) for name, table in tables.items()}


def make_name(source: Source, taken: Container[str]) -> str:
    """A name that the file does not have: the outlet's, else the site's."""
    assert source.url
    site = find_domain(source.url.partition("://")[2].partition("/")[0].partition(":")[0])
    plain = "-".join(re.findall("[a-z0-9]+", (source.publisher or "").lower()))[:40].strip("-")
    plain = plain or "-".join(re.findall("[a-z0-9]+", site.lower()))[:40] or "site"
    names = (plain if number == 1 else f"{plain}-{number}" for number in range(1, 10_000))
    return next(name for name in names if name not in taken)


def write_block(name: str, source: Source) -> str:
    """The source as a table of TOML."""
    given = {key: getattr(source, key) for key in KEYS}
    lines = [f"{key} = {quote(value)}" for key, value in given.items() if value]
    return "\n".join([f"[{name}]", *lines, "paused = false", ""])


def quote(text: str) -> str:
    """The text as a string of TOML, whose escapes are those of JSON and longer ones for what cannot be seen."""
    plain = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08X}" for letter in plain)
