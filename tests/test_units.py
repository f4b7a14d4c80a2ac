"""The units for systemd: whole, with this installation's paths, and right by systemd's own word."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, run

from flows.units import make_units, quote

ODD = 'a "home" with $odd %signs'


def write(folder: Path) -> Path:
    home = folder / ODD
    done = run("units", "--home", home, "--sources", folder / "feeds.toml", "--output", folder / "units")
    assert done.returncode == 0, done.stderr
    assert "systemctl --user enable --now dateline.timer" in done.stdout
    return folder / "units"


def test_units_are_written_whole_and_name_what_exists(tmp_path: Path) -> None:
    folder = write(tmp_path)
    names = {path.name for path in folder.iterdir()}
    assert {"dateline.service", "dateline.timer", "dateline-serve.service", "dateline-watch.timer"} <= names
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "[Unit]" in text
        if path.suffix == ".timer":
            assert path.with_suffix(".service").name in names
            assert "OnCalendar=" in text
            continue
        started = re.findall(r'^ExecStart="([^"]+)" (\w+)', text, re.MULTILINE)
        assert [command for command, _ in started] == [COMMAND]
        assert run(started[0][1], "--help").returncode == 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    paths = sorted(write(tmp_path).iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *paths], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "dateline" in line]
    assert (ours, done.returncode) == ([], 0)


def test_hostile_paths_stay_one_word() -> None:
    assert quote(ODD) == r'"a \"home\" with $$odd %%signs"'
    units = make_units(Path("/x/feeds.toml"), Path("/h/$o %s"))
    assert 'Environment="DATELINE_HOME=/h/$o %%s"' in units["dateline.service"]
    assert "EnvironmentFile=-/h/$o %%s/alerts.env" in units["dateline.service"]
    assert not re.search(r"(?<!\$)\$[a-z]", "".join(units.values()).replace("/h/$o", ""))
