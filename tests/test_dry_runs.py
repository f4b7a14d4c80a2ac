"""What only tells what it would do: not one file or folder is another behind it, and a run may be writing meanwhile."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import move

import pytest

from extractors.extractor import Extractor
from flows.lock import hold_lock
from flows.parse_care import ParseCare
from flows.receipts import find_store
from flows.reextract import reextract
from flows.reextract_estimate import estimate
from flows.reextract_start import Asked
from flows.reextractions import Command, run_command
from flows.store import Store
from models.errors import InputError
from models.scope import Scope
from tests.reextraction import change, copy_home, make_aged_home
from tests.test_reextract_kills import Killed

NUMBER = 9
DRY = Command(Scope(), workers=1, dry=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A home after one night, of which the reader has changed since."""
    folder = tmp_path_factory.mktemp("archive")
    aged = make_aged_home(folder, NUMBER, extractor)
    return copy_home(aged, folder / "home", change(extractor, "assembly"))


def list_all(folder: Path) -> dict[str, tuple[int, int]]:
    """Files and folders with their sizes and the times of their last change: a folder's tells of what came and went."""
    found = [folder, *folder.rglob("*")]
    return {str(path): (os.lstat(path).st_size, os.lstat(path).st_mtime_ns) for path in found}


@contextmanager
def held(home: Path, where: str) -> Iterator[None]:
    """The home as it is while a run writes, or while none does."""
    with ExitStack() as held:
        if where == "beside a run":
            held.enter_context(hold_lock(home / "reextract" / ".lock"))
            held.enter_context(Store(find_store(home)).writing("20261201T000000Z-bbbb"))
        yield


@pytest.mark.parametrize("where", ["alone", "beside a run", "at a URL"])
def test_a_dry_run_writes_nothing_and_waits_for_nobody(
    home: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place = copy_home(home, tmp_path / "home", change(extractor, "assembly"))
    if where == "at a URL":
        move(place / "tables", tmp_path / "tables")
        monkeypatch.setenv("DATELINE_TABLES", (tmp_path / "tables").as_uri())
    with held(place, where):
        before = list_all(tmp_path)
        assert run_command(DRY, place) == 0
        pruned = ParseCare(Store(find_store(place))).prune((), None, datetime.now(UTC), whole=True, dry=True)
        assert pruned.texts > 0
        assert list_all(tmp_path) == before


def test_a_dry_run_tells_of_what_a_killed_run_has_done(home: Path) -> None:
    def kill(stage: str, done: int, _total: int, _note: object = None, /) -> None:
        if stage == "extract" and done >= 3:
            raise Killed

    with pytest.raises(Killed):
        reextract(home, Asked(Scope()), progress=kill)
    before = list_all(home)
    told = estimate(home, Asked(Scope()), 1)
    assert told.goes_on
    assert list_all(home) == before


@pytest.mark.parametrize("url", [False, True])
def test_a_dry_run_makes_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: bool) -> None:
    if url:
        monkeypatch.setenv("DATELINE_TABLES", (tmp_path / "tables").as_uri())
    with pytest.raises(InputError, match="no run to re-extract"):
        run_command(DRY, tmp_path / "nowhere")
    care = ParseCare(Store(find_store(tmp_path / "nowhere")))
    assert care.prune((), None, datetime.now(UTC), whole=True, dry=True).files == 0
    assert not list(tmp_path.iterdir())
