"""What an edit of a lexicon changed: the entries, and the forms by which texts are told that it can matter in."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any

from extractors.lexicon_forms import RULES
from extractors.text_forms import TextForms, collect
from models.casualty import PeopleEntry
from models.errors import LexiconError
from models.lexicon import read_entry
from models.lexicon_entries import MODELS
from models.numbers import Bound, VagueWord

Tables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is not as it was."""

    file: str
    id: str
    kind: str  # added, removed, changed


@dataclass(frozen=True, slots=True)
class FileChange:
    """What changed in a file; `forms` is None where every text may be touched."""

    file: str
    entries: tuple[EntryChange, ...]
    forms: TextForms | None

    def touches(self, text: str) -> bool:
        """Whether the change can matter in the text."""
        return self.forms is None or self.forms.stand_in(text)


def find_changes(file: str, old: bytes | None, new: bytes | None) -> FileChange:
    """The changes from one content of a file to another; None stands for a file that is not there."""
    before, after = read_tables(file, old), read_tables(file, new)
    if before is None or after is None:
        return FileChange(file, (), None)
    names = [*after, *(name for name in before if name not in after)]
    entries = tuple(
        EntryChange(file, name, kind_of(name, before, after))
        for name in names
        if before.get(name) != after.get(name)
    )
    if [n for n in before if n in after] != [n for n in after if n in before]:
        return FileChange(file, entries, None)
    return FileChange(file, entries, gather(file, [e.id for e in entries], before, after))


def kind_of(name: str, before: Tables, after: Tables) -> str:
    """What became of an entry."""
    return "added" if name not in before else "removed" if name not in after else "changed"


def read_tables(file: str, content: bytes | None) -> Tables | None:
    """The entries as written, by id; None where they cannot be read."""
    try:
        text = (content or b"").decode()
        if file.endswith(".csv"):
            return {row["id"]: row for row in csv.DictReader(StringIO(text, newline=""))}
        tables = tomllib.loads(text)
    except (KeyError, ValueError, csv.Error):
        return None
    return flatten(tables) if file == "vague_numbers.toml" else tables


def flatten(profiles: Tables) -> Tables | None:
    """The words and bounds of the profiles as entries, in the order in which their pattern tries them."""
    flat: dict[str, Any] = {}
    for name, profile in profiles.items():
        words = profile.get("words", {}) if isinstance(profile, dict) else None
        if not isinstance(words, dict) or not all(
            isinstance(w, dict) and w.get("forms") for w in words.values()
        ):
            return None
        for word in sorted(words, key=lambda word: (-max(map(len, words[word]["forms"])), word)):
            flat[f"{name}.words.{word}"] = words[word]
        flat |= {f"{name}.bounds.{bound}": table for bound, table in profile.get("bounds", {}).items()}
        flat[f"{name}.changes"] = profile.get("changes")
    return flat


def gather(file: str, names: list[str], before: Tables, after: Tables) -> TextForms | None:
    """The forms of the changed entries, old and new; None where every text may be touched."""
    rule = RULES.get(file)
    if rule is None:
        return None if names else collect()
    words, anywhere, places = list[str](), list[str](), list[str]()
    for name in names:
        try:
            forms = rule(*(read_one(file, name, tables.get(name)) for tables in (before, after)))
        except LexiconError:  # an entry of another release's shape
            return None
        if forms is None:
            return None
        for found, own in zip((words, anywhere, places), forms, strict=True):
            found.extend(own)
    return collect(words, anywhere, places)


def read_one(file: str, name: str, table: Any) -> Any:
    """An entry under its model. Raises LexiconError."""
    if table is None:
        return None
    if file == "vague_numbers.toml":
        if name.endswith(".changes"):
            return read_entry(file, name, {"words": table}, PeopleEntry)
        return read_entry(file, name, table, VagueWord if ".words." in name else Bound)
    return read_entry(file, name, table, MODELS[file])
