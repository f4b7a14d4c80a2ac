"""The work of one partition: articles in, rows in staged files out. Free of engines, so that any can run it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import process_time

from flows.lines import Line, article_line, reading_line, row_line
from flows.partitions import Partition
from flows.reextract_cases import Case, read_cases
from flows.reextract_desk import Desk, open_desk
from flows.reextract_job import Job
from flows.reextract_pages import Missing
from flows.reextract_results import SHOWN, Result, put_result, put_rows
from flows.table_files import TableFiles
from models.receipt import Failure


@dataclass(slots=True)
class Work:
    """What a partition has come to so far."""

    before: Mapping[str, Sequence[str]]  # article -> the event ids that it had
    articles: list[Line] = field(default_factory=list)
    events: list[Line] = field(default_factory=list)
    readings: list[Line] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


def read_partition(job: Job, partition: Partition) -> Result:
    """Reads what has to be read again, carries over the rest, and stages all rows. Raises DatelineError."""
    began = process_time()
    with open_desk(job) as desk:
        work, cases = Work(desk.list_events(partition)), desk.list_cases(partition)
        read_cases(desk, cases)
        for case in cases:
            take_case(job, work, case)
        return stage_work(partition, desk, work, began)


def take_case(job: Job, work: Work, case: Case) -> None:
    """Adds an article that is done. One whose page waits is not read by this run: it is out of its scope."""
    if case.missing:
        note_failure(work, case.origin.source, case.missing)
        work.counts += Counter({"articles": 1, case.way: 1, "unparsed": int(case.unparsed)})
        return
    count_case(work, case)
    if case.turned:
        work.articles.append(article_line(case.article, case.origin, job.run_id))
    work.readings.append(reading_line(case.article, case.origin, job.run_id, case.found))
    if case.rows is None:
        work.carried.append(case.stored_id)
    else:
        day, run = case.article.day, case.origin.article_run
        work.events += (row_line(row, day, job.run_id, run) for row in case.rows)


def note_failure(work: Work, source: str, missing: Missing) -> None:
    """Counts a page that could not be read."""
    work.reasons.setdefault(source, Counter())[missing.reason] += 1
    work.failures.append(
        Failure(source=source, item=missing.page, reason=missing.reason, message=missing.message)
    )


def count_case(work: Work, case: Case) -> None:
    """Counts what was done, and what became of the rows."""
    old = work.before.get(case.stored_id, ())
    ids = old if case.rows is None else [row.event_id for row in case.rows]
    work.counts += Counter(
        {
            "articles": 1,
            case.way: 1,
            "unparsed": int(case.unparsed),
            "before": len(old),
            "rows": len(ids),
            "added": len({*ids} - {*old}),
            "removed": len({*old} - {*ids}),
        }
    )


def stage_work(partition: Partition, desk: Desk, work: Work, began: float) -> Result:
    """Puts the partition's files where the driver finds them."""
    staged = TableFiles(desk.job.staged, there=True)
    wanted = [article_id for article_id in work.carried if work.before.get(article_id)]
    carried = desk.restamp(partition, wanted) if wanted else None
    files = {}
    if parses := desk.keep_parses(partition, staged):
        files["parses"] = parses
    for name, lines in (("articles", work.articles), ("events", work.events), ("readings", work.readings)):
        over = carried if name == "events" else None
        if lines or over is not None:
            files[name] = put_rows(staged, partition, desk.store.find(name), lines, over)
    result = Result(
        partition.name,
        dict(work.counts),
        {source: dict(reasons) for source, reasons in work.reasons.items()},
        tuple(work.failures[:SHOWN]),
        process_time() - began,
        files,
        {name: staged.written[name] for name in files.values()},
    )
    return put_result(staged, result)
