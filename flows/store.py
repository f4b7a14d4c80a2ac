"""The store of articles, event rows and runs. A run counts once it stands in `runs`, its last commit."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

from flows.candidates import Pieces, write_candidate
from flows.leases import Lease, hold_lease
from flows.lines import Origin, run_line
from flows.lock import hold_lock
from flows.promotion import Said, drop, promote
from flows.reviewed import add_holds, write_reviewed
from flows.staging import STAGED, Staging, write_line
from flows.store_reading import StoreReader
from flows.sweeping import sweep
from flows.tables import typed
from models.article import Article
from models.errors import StoreError
from models.event import EventRow
from models.hold import Hold
from models.run import Run

LOCK = ".lock"


class Store(StoreReader):
    """A table store in a folder, or at the address of an object store. One writer at a time holds it.

    `notes` tell what the last start of writing found of runs that were killed.
    """

    def __init__(self, location: str | Path) -> None:
        super().__init__(location)
        self.notes: list[str] = []
        self._lease: Lease | None = None

    @contextmanager
    def writing(self, run_id: str = "") -> Iterator[None]:
        """Holds the store and takes out what a killed run left. Raises StoreError where it cannot."""
        if self._lease:  # an inner part of what holds it already
            yield
            return
        folder = "://" not in self.location
        with ExitStack() as held:
            if folder:
                held.enter_context(hold_lock(Path(self.location) / LOCK))
            self._lease, notes = held.enter_context(hold_lease(self.location, run_id, locked=folder))
            try:
                self.notes = [*notes, *sweep(self.tables)]
                yield
            finally:
                self._lease = None

    def check(self) -> None:
        """Raises StoreError where the store is not ours to write, or no longer."""
        if self._lease is None:
            raise StoreError(f"{self.location}: is written only while it is held (Store.writing)")
        self._lease.check()

    def commit_run(self, run: Run, articles: Iterable[Article], rows: Iterable[EventRow]) -> None:
        """Stores a run's articles and their rows, all or nothing. Raises StoreError."""
        by_article: dict[str, list[EventRow]] = {}
        for row in rows:
            by_article.setdefault(row.article_id, []).append(row)
        with self.writing(run.run_id), tempfile.TemporaryDirectory() as folder:
            with Staging(Path(folder), run.run_id) as staged:
                for article in articles:
                    staged.add(article, by_article.pop(article.article_id, ()), Origin())
            if by_article:
                raise StoreError(f"run {run.run_id}: rows of {len(by_article)} articles that are not in it")
            self.commit(run, staged)

    def commit(self, run: Run, staged: Staging) -> None:
        """Adds what is staged. The line in `runs` comes last: without it the rest does not count."""
        with self.writing(run.run_id):
            self._refuse_twice(run)
            for name in STAGED:
                for piece in staged.pieces(name):
                    self.check()
                    self.tables.find(name).append(piece, run.run_id)
            self._close(run)

    def commit_candidate(self, run: Run, pieces: Pieces) -> None:
        """Stores a re-extraction as a candidate, all or nothing; it changes nothing that stands. Raises StoreError."""
        with self.writing(run.run_id):
            self._refuse_twice(run)
            write_candidate(self.tables, self.ledger(), run, pieces)
            self._close(run)

    def commit_reviewed(
        self, run: Run, candidate: str, out: Iterable[str], rows: Sequence[EventRow], holds: Sequence[Hold]
    ) -> None:
        """Stores a candidate as a review left it, all or nothing, with what it keeps. Raises StoreError."""
        with self.writing(run.run_id):
            self._refuse_twice(run)
            number = write_reviewed(self.tables, run, self.ledger().find(candidate), out, rows)
            add_holds(self.tables, run, holds)
            self._close(run.model_copy(update={"rows": number}))

    def _refuse_twice(self, run: Run) -> None:
        if run.run_id in self.run_ids():
            raise StoreError(f"{self.location}: run {run.run_id} is already stored")

    def _close(self, run: Run) -> None:
        """Writes the run's line."""
        self.check()
        self.tables.events.settle()
        events = self.tables.events.open()
        run = run.model_copy(update={"events_version": events.version() if events else None})
        with tempfile.TemporaryDirectory() as folder, typed(folder):
            record = Path(folder) / "runs.jsonl"
            with record.open("wb") as file:
                write_line(file, run_line(run))
            self.tables.runs.append(record, run.run_id)

    def promote(
        self, run_id: str, *, by: str = "", reason: str = "", anyway: bool = False, reviewed: bool = False
    ) -> Run:
        """Makes a candidate, or a run that was current before, the current one. Raises StoreError.

        What reviews hold is undone only where a person decided so: `reviewed`, or `anyway`.
        """
        with self.writing(run_id):
            return promote(self.tables, run_id, Said(by, reason), anyway, self.check, reviewed=reviewed)

    def drop(self, run_id: str, *, by: str = "", reason: str = "") -> Run:
        """Gives a candidate up; its tables go. Raises StoreError."""
        with self.writing(run_id):
            return drop(self.tables, run_id, Said(by, reason))

    def keep_lexicon(self, data: bytes) -> str:
        """Keeps the bytes of a lexicon that a run uses; gives the digest that they are found by."""
        digest = sha256(data).hexdigest()
        if self.lexicons().read(digest) != data:
            self.lexicons().keep(digest, data)
        return digest
