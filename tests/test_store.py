"""The tables: what goes in comes out; what was not committed does not count; faults are one line."""

import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from flows.staging import Staging
from flows.store import Store
from models.article import Article
from models.errors import StoreError
from models.event import COLUMNS, EventRow
from models.frame import to_frame
from models.run import Run
from tests.rows import make_full_row, make_hostile_row

ROOT = Path(__file__).resolve().parent.parent
NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)


def make_run(run_id: str, **changes: object) -> Run:
    fields = {"kind": "ingest", "started": NOON, "ended": NOON, "complete": True, "articles": 1, "rows": 1}
    return Run.model_validate(fields | {"run_id": run_id, "outcomes": {"new": 1}} | changes)


def make_article(number: int = 0, published: datetime | date | None = NOON) -> Article:
    return Article(f"Two men died in village {number}.", f"doc-{number}", published=published)


def rows_of(article: Article, *events: str) -> list[EventRow]:
    known = {"article_id": article.article_id, "published": article.published}
    return [make_full_row(event_id=event, **known) for event in events]


@pytest.mark.parametrize("folder", ["a place", "café", "a+b", "what?", "50#", "it's"])
def test_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    store, article = Store(tmp_path / folder), make_article()
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    assert [row.event_id for row in Store(tmp_path / folder).rows()] == ["1"]


def test_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    store = Store(tmp_path)
    made = [make_full_row(event_id="1"), make_hostile_row().model_copy(update={"event_id": "2"})]
    article = Article("a\x00b \u202e c", made[0].article_id)
    rows = [row.model_copy(update={"article_id": article.article_id}) for row in made]
    store.commit_run(make_run("r1"), [article], rows)
    back = {row.event_id: row for row in store.rows()}
    assert back == {row.event_id: row.model_copy(update={"run_id": "r1"}) for row in rows}
    assert store.find_event("2") == back["2"]
    assert store.find_event("3") is None
    assert store.find_article(article.article_id) == article
    assert store.runs() == [make_run("r1", events_version=0)]


@pytest.mark.parametrize(
    "published",
    [
        None,
        date(2024, 3, 5),
        datetime(2024, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=3, minutes=30))),
        datetime(2024, 3, 5, 12),  # noqa: DTZ001 - pages without a zone exist
    ],
)
def test_publication_keeps_its_zone_or_bare_day(tmp_path: Path, published: datetime | date | None) -> None:
    store, article = Store(tmp_path), make_article(published=published)
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    (row,) = store.rows()
    assert row.published == published
    assert store.find_article(article.article_id) == article


def test_files_are_parted_by_month_of_publication_where_it_was_published(tmp_path: Path) -> None:
    east = timezone(timedelta(hours=9))
    article = make_article(published=datetime(2024, 3, 1, 2, tzinfo=east))  # still February in Greenwich
    Store(tmp_path).commit_run(make_run("r1"), [article, make_article(1, None)], rows_of(article, "1"))
    assert [path.name for path in sorted((tmp_path / "articles").glob("month=*"))] == [
        "month=2024-03",
        "month=unknown",
    ]


def test_frame_is_typed_with_rows_and_without(tmp_path: Path) -> None:
    store, article = Store(tmp_path), make_article()
    empty = store.read_events()
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    frame = store.read_events("r1")
    wanted = to_frame(store.rows()).dtypes
    assert tuple(frame.columns) == COLUMNS
    assert len(empty) == 0
    assert (frame.dtypes == wanted).all()
    assert (empty.dtypes == wanted).all()
    assert frame.loc[0, "actors"][0]["name"] == "Free Valley Front"
    assert len(store.read_events("other")) == 0


def test_newest_run_wins_and_each_run_can_be_read(tmp_path: Path) -> None:
    store, first, second = Store(tmp_path), make_article(1), make_article(2)
    store.commit_run(make_run("r1"), [first], rows_of(first, "same", "old"))
    store.commit_run(make_run("r2"), [second], rows_of(second, "same"))
    assert {(row.event_id, row.run_id) for row in store.rows()} == {("same", "r2"), ("old", "r1")}
    assert {row.event_id for row in store.rows("r1")} == {"same", "old"}
    assert store.known([first.article_id, "none"]) == {first.article_id}
    assert store.known([]) == set()


def test_a_run_is_stored_once(tmp_path: Path) -> None:
    store, article = Store(tmp_path), make_article()
    store.commit_run(make_run("r1"), [article], [])
    with pytest.raises(StoreError, match="run r1 is already stored"):
        store.commit_run(make_run("r1"), [article], [])
    with pytest.raises(StoreError, match="rows of 1 articles that are not in it"):
        store.commit_run(make_run("r2"), [], rows_of(article, "1"))
    assert [run.run_id for run in store.runs()] == ["r1"]


def test_what_was_not_committed_does_not_count_and_is_swept(tmp_path: Path) -> None:
    store, article = Store(tmp_path / "tables"), make_article()
    with Staging(tmp_path / "staging", "killed") as staged:
        staged.add(article, rows_of(article, "1"))
        for name in ("articles", "events"):
            store.tables.find(name).append(*staged.pieces(name), "killed")
    assert store.known([article.article_id]) == set()
    assert list(store.rows()) == []
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    assert store.tables.events.scan("run_id").fetchall() == [("r1",)]


def test_an_address_is_read_as_a_folder_is(tmp_path: Path) -> None:
    here, there, article = Store(tmp_path), Store(tmp_path.as_uri()), make_article()
    there.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    assert list(there.rows()) == list(here.rows())
    assert there.find_article(article.article_id) == article
    assert there.known([article.article_id]) == {article.article_id}


def test_second_writer_is_refused_with_the_first_one_named(tmp_path: Path) -> None:
    with Store(tmp_path).writing(), pytest.raises(StoreError) as caught, Store(tmp_path).writing():
        pass
    assert str(caught.value) == f"{tmp_path}: another run (process {os.getpid()}) is writing; wait for it"
    with Store(tmp_path).writing():
        pass


def test_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        Store(tmp_path / "file" / "tables").commit_run(make_run("r1"), [make_article()], [])


def commit_as_stranger(folder: Path, queue: "multiprocessing.Queue[str]") -> None:
    if os.geteuid() == 0:  # to whom every folder is open
        os.setuid(65534)
    try:
        Store(folder).commit_run(make_run("r2"), [make_article(2)], [])
    except StoreError as error:
        queue.put(str(error))


def test_read_only_store_is_one_line_and_can_still_be_read(tmp_path: Path) -> None:
    store = Store(tmp_path / "tables")
    store.commit_run(make_run("r1"), [make_article()], [])
    for folder in (tmp_path / "tables", *(tmp_path / "tables").rglob("*")):
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    child = context.Process(target=commit_as_stranger, args=(tmp_path / "tables", queue))
    child.start()
    child.join(60)
    assert queue.get(timeout=5) == f"{tmp_path / 'tables'}: cannot be written (Permission denied)"
    assert [run.run_id for run in store.runs()] == ["r1"]


def test_damaged_table_is_one_line(tmp_path: Path) -> None:
    store, article = Store(tmp_path), make_article()
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    for path in (tmp_path / "events").glob("month=*/*.parquet"):
        path.write_bytes(b"not a table")
    with pytest.raises(StoreError) as caught:
        list(store.rows())
    assert "\n" not in str(caught.value)
    with pytest.raises(StoreError):
        store.read_events()


def commit_on_small_disk(folder: Path, queue: "multiprocessing.Queue[str]") -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    noise = "".join(chr(0x4E00 + (number * number * 7919) % 20_000) for number in range(30_000))
    try:
        Store(folder).commit_run(make_run("full"), [Article(noise, "big")], [])
    except StoreError as error:
        queue.put(str(error))


def test_full_disk_is_one_line_and_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store, article = Store(tmp_path), make_article()
    store.commit_run(make_run("r1"), [article], rows_of(article, "1"))
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    child = context.Process(target=commit_on_small_disk, args=(tmp_path, queue))
    child.start()
    child.join(60)
    assert "the disk is full" in queue.get(timeout=5)
    assert [run.run_id for run in store.runs()] == ["r1"]
    assert len(list(store.rows())) == 1


WRITER = """
import sys
from pathlib import Path
from flows.store import Store
from tests.test_store import make_article, make_run, rows_of
store = Store(sys.argv[1])
for number in range(int(sys.argv[2]), 10_000):
    articles = [make_article(number * 50 + i) for i in range(50)]
    rows = [row for a in articles for row in rows_of(a, a.article_id)]
    store.commit_run(make_run(f"r{number:05}", articles=50, rows=50), articles, rows)
    print(number, flush=True)
"""


def test_kill_9_loses_and_doubles_nothing(tmp_path: Path) -> None:
    acknowledged = -1
    for pause in (0.03, 0.11, 0.2):
        command = [sys.executable, "-c", WRITER, str(tmp_path), str(acknowledged + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged + 1, *(int(line) for line in writer.stdout)])
        store = Store(tmp_path)
        stored = [run.run_id for run in store.runs()]
        assert stored[: acknowledged + 1] == [f"r{number:05}" for number in range(acknowledged + 1)]
        assert len(stored) <= acknowledged + 2  # one may have been committed and not yet said
        acknowledged = len(stored) - 1
        assert len(list(store.rows())) == 50 * len(stored)
