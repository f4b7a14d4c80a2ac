"""Parts of the tests of GeoNames imports: a small gazetteer, and files written for a test."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from command import run

from extractors.gazetteer import Gazetteer
from flows.home import find_gazetteer
from models.place import Candidate

FIXTURES = Path(__file__).parent.parent / "fixtures" / "geonames"
PLACES, NAMES = FIXTURES / "places.txt", FIXTURES / "names.txt"
RAQQA = "geonames:172957"
VILLAGE = "990000077\tTall Qamrun\tTall Qamrun\t\t36.2\t38.3\tP\tPPL\tSY\t\t04\t\t\t\t0\t\t300\t\t2026-11-01"


@pytest.fixture(scope="module")
def syria(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built gazetteer without what lies outside Syria."""
    built, path = find_gazetteer(), tmp_path_factory.mktemp("syria") / "gazetteer.sqlite"
    assert built.exists(), "the gazetteer is missing: run `make setup`"
    shutil.copyfile(built, path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("DELETE FROM place WHERE country <> 'SYR'")
    connection.execute("DELETE FROM name WHERE place NOT IN (SELECT id FROM place)")
    connection.execute("DELETE FROM loose WHERE place NOT IN (SELECT id FROM place)")
    connection.execute("VACUUM")
    connection.close()
    return path


@pytest.fixture
def home(tmp_path: Path, syria: Path) -> Path:
    """A home of its own with that gazetteer."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(syria, folder / "gazetteer.sqlite")
    return folder


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, syria: Path) -> Gazetteer:
    """That gazetteer with the fixtures' places and names, which is only read."""
    folder = tmp_path_factory.mktemp("imported")
    shutil.copyfile(syria, folder / "gazetteer.sqlite")
    assert run("gazetteer", "import", PLACES, NAMES, home=folder).returncode == 0
    return open_home(folder)


def read_bytes(home: Path) -> bytes:
    return (home / "gazetteer.sqlite").read_bytes()


def open_home(home: Path) -> Gazetteer:
    return Gazetteer(sqlite3.connect(home / "gazetteer.sqlite"))


def find_one(gazetteer: Gazetteer, name: str, kind: str = "settlement") -> Candidate:
    [found] = [candidate for candidate in gazetteer.find(name) if candidate.kind == kind]
    return found


def write_lines(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def change(column: int, cell: str) -> str:
    cells = VILLAGE.split("\t")
    cells[column] = cell
    return "\t".join(cells)
