"""A user's own GeoNames files: their places are found afterwards, and nothing is doubled."""

from pathlib import Path

import pytest
from command import run

from extractors.gazetteer import Gazetteer
from extractors.phrases import LEXICONS
from extractors.pipeline import Pipeline
from extractors.places import compile_places, find_places
from flows.geonames_import import name_imports
from models.mention import PlaceValue
from tests.geonames import NAMES, PLACES, RAQQA, VILLAGE, find_one, open_home, read_bytes, write_lines


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
