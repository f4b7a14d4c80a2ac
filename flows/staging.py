"""What a run has ready but not yet committed: JSON lines on disk, so that memory stays flat."""

import json
from collections.abc import Iterable
from io import BufferedWriter
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.lines import Line, Origin, article_line, row_line
from flows.tables import typed
from models.article import Article
from models.event import EventRow


class Staging:
    """Articles and rows of one run in a folder, a table a file. A context manager."""

    def __init__(self, folder: Path, run_id: str) -> None:
        self.folder = folder
        self.run_id = run_id
        self.articles = 0
        self.rows = 0
        self._files: dict[str, BufferedWriter] = {}

    def __enter__(self) -> Self:
        with typed(str(self.folder)):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._files = {name: self.path(name).open("wb") for name in ("articles", "events")}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for file in self._files.values():
            file.raw.close() if kind else file.close()

    def path(self, table: str) -> Path:
        """The table's file."""
        return self.folder / f"{table}.jsonl"

    def add(self, article: Article, rows: Iterable[EventRow], origin: Origin | None = None) -> int:
        """Adds an article and its rows, and gives their number."""
        lines = [row_line(row, article.day, self.run_id) for row in rows]
        with typed(str(self.folder)):
            write_line(self._files["articles"], article_line(article, origin or Origin(), self.run_id))
            for line in lines:
                write_line(self._files["events"], line)
        self.articles += 1
        self.rows += len(lines)
        return len(lines)

    def flush(self) -> None:
        """Puts every line on disk."""
        with typed(str(self.folder)):
            for file in self._files.values():
                file.flush()


def write_line(file: BufferedWriter, line: Line) -> None:
    """One line of JSON. A lone surrogate, which no table can hold, becomes `?`: offsets stay right."""
    file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
