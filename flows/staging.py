"""What a run has ready but not yet committed: JSON lines on disk, so that memory stays flat."""

import json
from collections.abc import Iterable, Mapping
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.lines import Line, Origin, article_line, reading_line, row_line
from flows.tables import typed
from models.article import Article
from models.event import EventRow

STAGED = ("articles", "events", "readings")
PIECE = 2000  # articles a file; the query engine holds one file at a time in memory


class Staging:
    """Articles and rows of one run in a folder, in pieces of some articles each. A context manager."""

    def __init__(self, folder: Path, run_id: str) -> None:
        self.folder = folder
        self.run_id = run_id
        self.articles = 0
        self.rows = 0
        self._files: dict[str, BufferedWriter] = {}

    def __enter__(self) -> Self:
        with typed(str(self.folder)):
            self.folder.mkdir(parents=True, exist_ok=True)
            for path in self.folder.glob("*.jsonl"):
                path.unlink()
            self._begin_piece()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for file in self._files.values():
            file.raw.close() if kind else file.close()

    def _begin_piece(self) -> None:
        """Closes the files at hand and opens the next ones."""
        for file in self._files.values():
            file.close()
        number = self.articles // PIECE
        self._files = {name: (self.folder / f"{name}-{number:05}.jsonl").open("wb") for name in STAGED}

    def pieces(self, table: str) -> list[Path]:
        """The table's files that hold something."""
        self.flush()
        return [path for path in sorted(self.folder.glob(f"{table}-*.jsonl")) if path.stat().st_size]

    def add(
        self,
        article: Article,
        rows: Iterable[EventRow],
        origin: Origin | None = None,
        findings: Mapping[str, str] | None = None,
        *,
        stored: bool = False,
    ) -> int:
        """Adds an article and its rows, and gives their number; where it is `stored`, the rows alone.

        `findings` are the hashes of what each stage found.
        """
        origin = origin or Origin()
        lines = [row_line(row, article.day, self.run_id, origin.article_run) for row in rows]
        with typed(str(self.folder)):
            if self.articles and self.articles % PIECE == 0:
                self._begin_piece()
            if not stored:
                write_line(self._files["articles"], article_line(article, origin, self.run_id))
            write_line(self._files["readings"], reading_line(article, origin, self.run_id, findings or {}))
            for line in lines:
                write_line(self._files["events"], line)
        self.articles += 1
        self.rows += len(lines)
        return len(lines)

    def flush(self) -> None:
        """Puts every line on disk."""
        with typed(str(self.folder)):
            for file in self._files.values():
                if not file.closed:
                    file.flush()


def write_line(file: BufferedWriter, line: Line) -> None:
    """One line of JSON. A lone surrogate, which no table can hold, becomes `?`: offsets stay right."""
    file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
