"""One writer at a time where no file can be locked: at an address, also of a real S3-like server."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.leases import FREE, Lease, hold_lease
from flows.store import Store
from models.errors import StoreError
from tests.buckets import Bucket
from tests.test_candidates import make_candidate, shown
from tests.test_store import ROOT, make_article, make_run, rows_of

HOLDER = """
import sys, time
from flows.store import Store
with Store(sys.argv[1]).writing("r1"):
    print("held", flush=True)
    time.sleep(600)
"""
WRITER = """
import sys, time
from flows.store import Store
from models.errors import StoreError
from tests.test_store import make_article, make_run, rows_of
for number in range(2):
    name = f"{sys.argv[2]}{number}"
    article = make_article(ord(sys.argv[2]) * 10 + number)
    while True:
        try:
            Store(sys.argv[1]).commit_run(make_run(name), [article], rows_of(article, name))
        except StoreError as error:
            assert "is writing" in str(error) or "at the same moment" in str(error), error
            time.sleep(0.05)
        else:
            break
"""


def forge(url: str, **changes: object) -> None:
    """Writes a lease as another machine would."""
    lease = Lease(url, "r9", locked=False)
    line = {"run_id": "r9", "host": "elsewhere", "place": "other pid:[1]", "pid": os.getpid()}
    expires = datetime.now(UTC) + timedelta(hours=1)
    lease._write(lease._open(), FREE | line | {"expires": expires} | changes)


def test_a_second_writer_is_refused_with_the_first_one_named(tmp_path: Path) -> None:
    url = tmp_path.as_uri()
    with (
        Store(url).writing("r1"),
        pytest.raises(StoreError, match=rf"run r1 \(process {os.getpid()} on .*\) is writing; wait for it"),
        Store(url).writing("r2"),
    ):
        pass
    with Store(url).writing("r2"):
        pass


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        ({}, False),
        ({"expires": datetime.now(UTC) - timedelta(seconds=1)}, True),
    ],
)
def test_another_machine_is_waited_for_until_its_lease_runs_out(
    tmp_path: Path, changes: dict[str, object], taken: bool
) -> None:
    store = Store(tmp_path.as_uri())
    forge(store.location, **changes)
    if not taken:
        with pytest.raises(StoreError, match="on elsewhere"), store.writing("r1"):
            pass
        return
    with store.writing("r1"):
        assert "run r9" in store.notes[0]
        assert store.notes[0].endswith("ended without a word")


def test_a_lease_is_renewed_and_one_that_was_lost_is_noticed(tmp_path: Path) -> None:
    store = Store(tmp_path.as_uri())
    with hold_lease(store.location, "r1", locked=False, lasts=0.6) as (lease, _):
        until = time.monotonic() + 30
        while lease.version < 3 and time.monotonic() < until:
            time.sleep(0.05)
        assert lease.version >= 3
        lease.check()
    with store.writing("r1"):
        forge(store.location)
        with pytest.raises(StoreError, match="run r1 lost the store to another run"):
            store.commit_run(make_run("r1"), [make_article()], [])
    assert store.runs() == []


def kill_holder(url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="is writing"), Store(url).writing("r2"):
            pass
        holder.send_signal(signal.SIGKILL)


def test_a_writer_that_was_killed_keeps_nobody_out(bucket: Bucket, tmp_path: Path) -> None:
    for url in (f"{bucket.url}/killed", (tmp_path / "tables").as_uri()):
        kill_holder(url)
        store = Store(url)
        store.commit_run(make_run("r2"), [make_article()], [])
        assert "run r1" in store.notes[0]


def test_two_writers_at_an_object_store_lose_and_double_nothing(bucket: Bucket) -> None:
    url = f"{bucket.url}/two"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, url, name], cwd=ROOT) for name in "ab"]
    assert [writer.wait(300) for writer in writers] == [0, 0]
    wanted = {(f"{name}{number}", f"{name}{number}") for name in "ab" for number in range(2)}
    assert shown(Store(url)) == wanted


def test_an_object_store_keeps_promotes_shows_the_past_and_drops(bucket: Bucket) -> None:
    store, article = Store(f"{bucket.url}/whole"), make_article()
    store.commit_run(make_run("r1"), [article], rows_of(article, "1", "2"))
    make_candidate(store, "r2", {article: ["1"]}, "r1")
    make_candidate(store, "r3", {article: ["3"]}, "r1")
    assert shown(store, "r2") == {("1", "r2")}
    before = datetime.now(UTC)
    store.promote("r2")
    assert shown(Store(f"{bucket.url}/whole")) == {("1", "r2")}
    assert {row.event_id for row in store.view(as_of=before).rows()} == {"1", "2"}
    assert [(one.run_id, one.row is None) for one in store.history("2")] == [("r1", False), ("r2", True)]
    store.drop("r3")
    assert store.tables.candidate("r3", "events").open() is None
    store.promote("r1")
    assert shown(store) == {("1", "r1"), ("2", "r1")}
    assert [line[0] for line in store.plan_articles().fetchall()] == [article.article_id]
    assert [one.article for one in store.read_articles("2024-03", [article.article_id])] == [article]
    digest = store.keep_lexicon(b"a = 1\n")
    assert store.keep_lexicon(b"a = 1\n") == digest
    assert (store.read_lexicon(digest), store.read_lexicon("0" * 64)) == (b"a = 1\n", None)
