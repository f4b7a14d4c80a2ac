"""The archive read again by what was kept of the finders: what did not change is not found again, and all else is."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from extractors.stages import LOSSES
from extractors.weapons import compile_weapons
from flows.block_files import BlockFiles
from flows.parse_care import ParseCare
from flows.parse_index import ParseIndex
from flows.receipts import find_store
from flows.reextract_estimate import FINDING, estimate
from flows.reextract_start import Asked
from flows.store import Store
from models.scope import Scope
from tests.reextraction import age_home, change, copy_home, fill_home, make_pages, rows_of, run_again

WHOLE = Asked(Scope())
ARMED = "<p>Rebels with mortars and machine guns shelled the fort on Tuesday and killed {n} soldiers.</p></article>"
NUMBER = 6


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, extractor: Extractor) -> Path:
    """A home as a reader left it whose lexicon of weapons was empty: so it found none, and kept that."""
    folder = tmp_path_factory.mktemp("archive")
    pages = make_pages(range(NUMBER))
    armed = {
        name: page.replace("</article>", ARMED.format(n=n + 2))
        for n, (name, page) in enumerate(pages.items())
    }
    full = fill_home(folder, armed, extractor)
    unarmed = replace(extractor, finders=replace(extractor.finders, weapons=compile_weapons({})))
    age_home(full, folder / "aged", unarmed, stages=extractor.stages)
    return folder / "aged"


def count_weapons(home: Path, run_id: str) -> int:
    return sum(len(row.weapons) for row in rows_of(home, run_id))


@pytest.mark.parametrize(("stages", "found"), [(("assembly",), False), (("assembly", "weapons"), True)])
def test_only_finders_that_changed_are_asked(
    home: Path, tmp_path: Path, extractor: Extractor, stages: tuple[str, ...], *, found: bool
) -> None:
    copy_home(home, tmp_path, change(extractor, *stages))
    receipt, again = run_again(tmp_path, WHOLE)
    assert (again.read, again.parsed) == (NUMBER, 0)
    forced, _ = run_again(tmp_path, Asked(Scope(), force=True))
    assert (count_weapons(tmp_path, receipt.run_id) == count_weapons(tmp_path, forced.run_id)) is found
    assert (rows_of(tmp_path, receipt.run_id) == rows_of(tmp_path, forced.run_id)) is found


def test_a_fresh_parse_goes_by_nothing_that_is_kept(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    receipt, again = run_again(tmp_path, Asked(Scope(), fresh=True))
    assert (again.read, again.parsed) == (0, NUMBER)
    forced, _ = run_again(tmp_path, Asked(Scope(), force=True))
    assert rows_of(tmp_path, receipt.run_id) == rows_of(tmp_path, forced.run_id)
    assert count_weapons(tmp_path, forced.run_id) > count_weapons(home, "20261201T000000Z-aaaa")


def test_where_no_parse_is_kept_nothing_is_written(
    home: Path, tmp_path: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_home(home, tmp_path, change(extractor, "weapons"))
    monkeypatch.setenv("DATELINE_PARSES", "off")
    before = BlockFiles(str(find_store(tmp_path))).sizes()
    run_again(tmp_path, Asked(Scope(), fresh=True))
    assert BlockFiles(str(find_store(tmp_path))).sizes() == before
    assert len(ParseIndex(find_store(tmp_path)).scan()) == NUMBER


def test_another_address_of_the_same_text_is_read_by_its_own_country(
    tmp_path: Path, extractor: Extractor
) -> None:
    page = make_pages([1])["0001"].replace(
        "</article>", "<p>Rebels shelled Kingston on Tuesday.</p></article>"
    )
    full = fill_home(tmp_path, {"a": page}, extractor)
    elsewhere = partial(replace, url="https://news.example.au/1")
    age_home(full, tmp_path / "aged", extractor, elsewhere, stages=change(extractor, "assembly"))
    assert rows_of(tmp_path / "aged")[1].latitude != rows_of(full)[1].latitude
    receipt, again = run_again(tmp_path / "aged", Asked(Scope(), pages=True))
    assert again.pages == 1
    assert rows_of(tmp_path / "aged", receipt.run_id) == rows_of(full)


def test_an_estimate_tells_finders_that_are_asked(home: Path, tmp_path: Path, extractor: Extractor) -> None:
    copy_home(home, tmp_path, change(extractor, "assembly"))
    known, asked = (estimate(tmp_path, Asked(Scope(), force=force), 1).seconds for force in (False, True))
    assert asked == pytest.approx(known + NUMBER * FINDING / 1000)


def test_what_is_found_anew_is_kept_for_the_next_run(
    home: Path, tmp_path: Path, extractor: Extractor
) -> None:
    copy_home(home, tmp_path, change(extractor, "weapons", LOSSES))
    store = find_store(tmp_path)
    numbers = []
    for asked in (WHOLE, Asked(Scope(), force=True)):
        run_again(tmp_path, asked)
        numbers.append((len(ParseIndex(store).scan()), len(BlockFiles(str(store)).sizes())))
    assert len(ParseIndex(store).newest(BlockFiles(str(store)).sizes())) == NUMBER
    assert numbers == [(2 * NUMBER, 1 + 2), (2 * NUMBER, 1 + 2)]  # two partitions wrote a block each
    done = ParseCare(Store(store)).prune((), None, datetime.now(UTC), whole=False, dry=False)
    assert (done.texts, done.files) == (NUMBER, 1)  # as they were before
    _, again = run_again(tmp_path, Asked(Scope(), force=True))
    assert (again.read, again.parsed) == (NUMBER, 0)
