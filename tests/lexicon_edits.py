"""Random edits of lexicons, with words out of texts, so that they matter: what an analyst might do, and worse."""

import csv
import json
import re
import tomllib
from collections.abc import Sequence
from io import StringIO
from random import Random
from typing import Any

Tables = dict[str, Any]
SCALARS = (
    "kind",
    "category",
    "status",
    "level",
    "reach",
    "what",
    "form",
    "role",
    "low",
    "armed",
    "vague",
    "type",
)


def edit(name: str, content: bytes, dice: Random, words: Sequence[str]) -> bytes:
    """The file with one to three of its entries added, removed or changed."""
    if name.endswith(".csv"):
        return edit_places(content, dice, words)
    tables = tomllib.loads(content.decode())
    inner = tables["house"]["words"] if name == "vague_numbers.toml" else tables
    for _ in range(dice.randint(1, 3)):
        dice.choice((add_entry, change_words, change_words, change_words, change_value, drop_entry))(
            inner, dice, words
        )
    return "\n".join(write_table((key,), table) for key, table in tables.items()).encode()


def drop_entry(tables: Tables, dice: Random, _words: Sequence[str]) -> None:
    """One entry less, where entries are many."""
    if len(tables) > 25:
        del tables[dice.choice(sorted(tables))]


def add_entry(tables: Tables, dice: Random, words: Sequence[str]) -> None:
    """A new entry like one that is there, under other words, somewhere in the file."""
    if len(tables) < 25:
        return
    model = dict(tables[dice.choice(sorted(tables))])
    for key, value in model.items():
        if key == "name":
            model[key] = dice.choice(words)
        elif is_list(value):
            model[key] = [dice.choice(words) for _ in value[:2]]
    items = list(tables.items())
    items.insert(dice.randrange(len(items)), (f"new-{dice.randrange(1000)}", model))
    tables.clear()
    tables.update(items)


def change_words(tables: Tables, dice: Random, words: Sequence[str]) -> None:
    """A word more or less in one list of an entry."""
    entry = tables[dice.choice(sorted(tables))]
    lists = [key for key, value in entry.items() if is_list(value)]
    if not lists:
        return
    key = dice.choice(sorted(lists))
    value = list(entry[key])
    if len(value) > 1 and dice.random() < 0.4:
        value.pop(dice.randrange(len(value)))
    else:
        value.insert(dice.randrange(len(value) + 1), dice.choice(words))
    entry[key] = value


def change_value(tables: Tables, dice: Random, _words: Sequence[str]) -> None:
    """A value of an entry that another entry of the file has."""
    key = dice.choice(SCALARS)
    having = [name for name in sorted(tables) if key in tables[name]]
    if len(having) > 1:
        tables[dice.choice(having)][key] = tables[dice.choice(having)][key]


def is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def edit_places(content: bytes, dice: Random, words: Sequence[str]) -> bytes:
    """places.csv with a row more, less, moved or renamed."""
    rows = list(csv.DictReader(StringIO(content.decode(), newline="")))
    fields = list(rows[0])
    row, what = dice.choice(rows), dice.choice(("add", "drop", "move", "alias"))
    name = dice.choice([word for word in words if word[0].isupper()] or ["Nowhere"])
    if what == "add":
        rows.append({**row, "id": f"new-{dice.randrange(1000)}", "name": name, "aliases": ""})
    elif what == "drop":
        rows.remove(row)
    elif what == "move":
        row["latitude"] = "12.5"
    else:
        row["aliases"] = "|".join(filter(None, (row["aliases"], name)))
    file = StringIO(newline="")
    writer = csv.DictWriter(file, fields, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def write_table(path: tuple[str, ...], table: Tables) -> str:
    """A table as TOML, those inside it behind it."""
    lines = [f"[{'.'.join(json.dumps(part) for part in path)}]"]
    deeper = []
    for key, value in table.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            deeper += [write_table((*path, key, name), inner) for name, inner in value.items()]
        else:
            lines.append(f"{json.dumps(key)} = {write_value(value)}")
    return "\n".join((*lines, "", *deeper))


def write_value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {write_value(v)}" for k, v in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def list_words(texts: Sequence[str], dice: Random) -> list[str]:
    """Runs of one to three words out of texts, as they stand there."""
    found = []
    for text in texts:
        words = re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", text)
        for _ in range(8):
            at = dice.randrange(max(1, len(words)))
            run = " ".join(words[at : at + dice.choice((1, 1, 2, 2, 3))])
            found.append(run if dice.random() < 0.4 else run.lower())
    return [word for word in found if len(word) > 1]
