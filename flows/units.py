"""Units for systemd, out of `flows/systemd/`, with the paths of this installation in them."""

import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template

from flows.outputs import replace_file, typed

FOLDER = Path(__file__).resolve().parent / "systemd"
SECRETS = "alerts.env"  # in the home: NAME=value lines, for the `env` keys of alerts.toml
NEXT = "systemctl --user daemon-reload && systemctl --user enable --now dateline.timer dateline-watch.timer"


def make_units(sources: Path, home: Path) -> dict[str, str]:
    """The units by file name."""
    place = home.resolve()
    values = {
        "command": quote(str(Path(sys.executable).with_name("dateline"))),
        "sources": quote(str(sources.resolve())),
        "environment": quote(f"DATELINE_HOME={place}", dollars=False),
        "secrets": str(place / SECRETS).replace("%", "%%"),
    }
    return {path.name: Template(path.read_text(encoding="utf-8")).substitute(values) for path in list_units()}


def list_units() -> list[Path]:
    """The templates, by name."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix in {".service", ".timer"})


def quote(word: str, *, dollars: bool = True) -> str:
    """The word as one word of a unit file, whatever stands in it; only a command reads `$` as a variable."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    escaped = escaped.replace("$", "$$") if dollars else escaped
    return f'"{escaped}"'


def print_units(units: Mapping[str, str]) -> str:
    """All units, each under its name."""
    return "\n".join(f"### {name}\n{text}" for name, text in units.items())


def write_units(units: Mapping[str, str], folder: Path) -> str:
    """Writes them into the folder; gives what to do next. Raises OutputError."""
    with typed(str(folder)):
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in units.items():
        with replace_file(folder / name) as part, typed(str(folder / name)):
            part.write_text(text, encoding="utf-8")
    return f"{len(units)} units in {folder}; next:\n{NEXT}\n"
