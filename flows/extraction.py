"""The work of `dateline extract`: documents in, rows or mentions out, failures counted."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extractors import extract_events, extract_mentions, load_extractor
from extractors.language import can_read
from flows.documents import Given, read_documents
from flows.formats import write_mentions, write_rows
from flows.home import find_gazetteer
from flows.inputs import Kind
from flows.outputs import complain
from flows.progress import follow
from models.article import Article, Published
from models.errors import DatelineError, InputError

if TYPE_CHECKING:  # the real import takes a second, and comes when there is something to read
    from extractors.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Job:
    """What the command line asks for."""

    names: tuple[str, ...]
    kind: Kind
    form: Literal["table", "jsonl", "csv", "parquet"]
    output: Path | None
    mentions: bool
    url: str | None
    published: Published | None
    model: str | None
    allow_private: bool = False


@dataclass(slots=True)
class Tally:
    """Documents that were read, and those that could not be."""

    read: int = 0
    failed: int = 0
    foreign: int = 0

    @property
    def exit_code(self) -> int:
        """0 all read, 1 some failed, 2 nothing was read."""
        return 0 if not self.failed else 1 if self.read else 2


def run_job(job: Job) -> int:
    """Extracts and writes; gives the exit code. Raises a DatelineError where nothing can be done at all."""
    tally = Tally()
    documents = read_documents(job.names, Given(job.kind, job.url, job.published, job.allow_private))
    articles = keep_articles(documents, tally)
    first = next(articles, None)  # before the model is loaded: a wrong name answers at once
    if first is not None:
        write(job, load_extractor(find_gazetteer(), job.model), chain([first], articles))
    elif not tally.failed:
        raise InputError("no documents in the input")
    report(tally)
    return tally.exit_code


def write(job: Job, extractor: "Extractor", articles: Iterable[Article]) -> None:
    """Everything that is found, in the format asked for."""
    articles = follow(articles, free=job.output is not None or not sys.stdout.isatty())
    if job.mentions:
        found = extract_mentions(extractor, articles)
        write_mentions(found, "jsonl" if job.form == "jsonl" else "table", job.output)
    elif job.form == "parquet":
        from flows.parquet import write_parquet  # noqa: PLC0415 - the table libraries take half a second

        write_parquet(extract_events(extractor, articles), job.output)
    else:
        write_rows(extract_events(extractor, articles), job.form, job.output)


def keep_articles(documents: Iterable[Article | DatelineError], tally: Tally) -> Iterator[Article]:
    """The articles; errors are told and counted."""
    for found in documents:
        if isinstance(found, Article):
            tally.read += 1
            tally.foreign += not can_read(found.language)
            yield found
        else:
            tally.failed += 1
            complain(str(found))


def report(tally: Tally) -> None:
    """How many documents failed or are in another language, where any are."""
    total = tally.read + tally.failed
    if tally.foreign:
        sys.stderr.write(
            f"{tally.foreign} of {total} documents are not in English: no rows are read from them\n"
        )
    if tally.failed and total > 1:
        sys.stderr.write(f"{tally.failed} of {total} documents could not be read\n")
