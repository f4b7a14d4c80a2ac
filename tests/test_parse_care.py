"""Care of the parse cache: what is there, what it covers, and what is pruned."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractors.extractor import Extractor
from flows.block_files import BlockFiles
from flows.parse_cache import ParseCache
from flows.parse_care import ParseCare
from flows.parse_index import ParseIndex
from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.errors import InputError
from models.run import Run
from tests.command import run
from tests.test_parse_cache import ARTICLES, NOW, TEXTS, fill, make_articles, warm


def test_a_writer_that_is_killed_leaves_no_block_that_can_be_seen(tmp_path: Path) -> None:
    """Its parts and unnamed blocks harm nobody; care of the cache takes them out once they are old."""
    code = (
        "import os, sys; from pathlib import Path; from flows.block_files import BlockFiles\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "BlockFiles(sys.argv[1]).write(b'half')"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert killed.returncode == -9
    (name,) = BlockFiles(str(tmp_path)).sizes()
    assert name.endswith(".part")
    care = ParseCare(Store(tmp_path))
    state = care.look()
    assert (state.strays, state.models) == (1, ())
    now = datetime.now(UTC)
    assert care.prune((), None, now, whole=False, dry=False).files == 0  # may be of a run that is under way
    assert care.prune((), None, now + timedelta(days=2), whole=False, dry=False).files == 1
    assert not BlockFiles(str(tmp_path)).sizes()


def commit(store: Store, extractor: Extractor, articles: list[Article], run_id: str, folder: Path) -> None:
    """An ingest run of these articles."""
    moment = datetime.now(UTC)
    with Staging(folder, run_id) as staged, store.writing():
        for one in extractor.read(articles, trace=True):
            staged.add(one.article, one.rows, findings=one.found)
        made = Run(
            run_id=run_id,
            kind="ingest",
            started=moment,
            ended=moment,
            complete=True,
            articles=len(articles),
            rows=staged.rows,
            stages=dict(extractor.stages),
        )
        store.commit(made, staged)


def test_care_of_the_cache(tmp_path: Path, extractor: Extractor) -> None:
    tables = tmp_path / "tables"
    store = Store(tables)
    commit(store, extractor, ARTICLES, "2026-03-01T00-00-00Z", tmp_path / "staging")
    fill(tables, extractor, ARTICLES[:1])
    fill(tables, extractor, make_articles("Rebels shelled a market that no article tells of."), "r2")
    cache = ParseCache(tables, "f" * 64)
    cache.expect(ARTICLES, known=False)
    cache.put(TEXTS[1], next(extractor.pipeline.parse([TEXTS[1]])), {})
    ParseIndex(tables).add(cache.flush(), NOW, "r3")

    care = ParseCare(store)
    state = care.look()
    shares = {share.newest: share for share in state.models}
    assert (shares[True].texts, shares[True].blocks, shares[False].texts) == (2, 2, 1)
    assert (state.covered, state.worth, state.strays, state.lost) == (1, 2, 0, 0)

    def prune(*keep: str, **options: bool) -> tuple[int, int]:
        done = care.prune(
            keep, None, datetime.now(UTC), whole=options.get("whole", False), dry=options.get("dry", False)
        )
        return done.texts, done.files

    with pytest.raises(InputError, match="no model"):
        prune("0123")
    assert prune("f", extractor.stages["parse"][:8], dry=True) == (1, 1)  # the text of no article
    assert prune(dry=True) == (2, 2)
    assert prune() == (2, 2)
    assert prune() == (0, 0)
    assert warm(tables, extractor, ARTICLES[:1])[1].hits == 1
    late = care.prune((), NOW + timedelta(days=1), datetime.now(UTC), whole=False, dry=True)
    assert (late.texts, late.files) == (1, 1)
    assert prune(whole=True) == (1, 1)
    assert warm(tables, extractor)[1].hits == 0


def test_the_commands(tmp_path: Path, extractor: Extractor) -> None:
    tables = tmp_path / "tables"
    commit(Store(tables), extractor, ARTICLES, "2026-03-01T00-00-00Z", tmp_path / "staging")
    fill(tables, extractor)
    shown = run("cache", "show", "--home", tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "2 texts in 1 blocks" in shown.stdout
    assert "covered: 100% of 2 texts" in shown.stdout
    pruned = run("cache", "prune", "--all", "--home", tmp_path)
    assert "dropped: 2 parses, 1 files" in pruned.stdout
