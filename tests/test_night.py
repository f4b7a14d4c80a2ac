"""`dateline ingest`, `runs` and `explain` on one small night."""

import re
from pathlib import Path

from command import STORY, run


def write_page(folder: Path) -> None:
    folder.mkdir()
    head = '<meta property="article:published_time" content="2024-03-05T06:30:00+03:00">'
    page = f"<!doctype html><html lang=en><head><title>Checkpoint</title>{head}</head><body><article>"
    (folder / "a.html").write_text(
        f"{page}<h1>Checkpoint</h1><p>{STORY}</p></article></body></html>", encoding="utf-8"
    )
    (folder / "empty.html").write_text("", encoding="utf-8")


def test_a_night_is_run_listed_and_explained(tmp_path: Path) -> None:
    write_page(tmp_path / "pages")
    sources = tmp_path / "sources.toml"
    sources.write_text('[pages]\nkind = "folder"\npath = "pages"\nlanguage = "en"\n', encoding="utf-8")
    home = tmp_path / "home"
    night = ("ingest", "--no-prefect", "--sources", sources, "--home", home)
    first = run(*night)
    assert first.returncode == 0, first.stderr
    assert "Bannu" in first.stdout
    report = Path(first.stdout.splitlines()[-1].removeprefix("report: "))
    assert "Checkpoint" in report.read_text(encoding="utf-8")
    second = run(*night)
    assert second.returncode == 0
    assert "Bannu" not in second.stdout
    assert f"no new event rows; the last are in {report}" in second.stdout
    listed = run("runs", "--home", home).stdout.splitlines()
    assert len(listed) == 3
    assert listed[1].split()[0] == report.stem or listed[2].split()[0] == report.stem
    found = re.search(r"<code>([0-9a-f]{16})</code>", report.read_text(encoding="utf-8"))
    assert found
    assert "Bannu" in run("explain", found[1], "--home", home).stdout
    assert run("explain", "0" * 16, "--home", home).returncode == 2
    again = run("reextract", "--no-prefect", "--workers", "0", "--home", home)
    assert again.returncode == 0, again.stderr
    assert "nothing can have changed since run" in again.stdout
