"""The nightly run as a Prefect flow: one task a stage, retried only where the net or a disk may fail."""

from datetime import timedelta
from pathlib import Path

from flows.home import find_home
from flows.prefect_settings import settle_prefect

settle_prefect(find_home())

from prefect import flow, task  # noqa: E402 - reads its settings at import
from prefect.artifacts import create_markdown_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402

from flows.artifacts import write_markdown, write_summary  # noqa: E402
from flows.ingest import Work, ingest  # noqa: E402
from flows.progress import find_watch  # noqa: E402
from flows.reports import sum_run, write_report  # noqa: E402
from models.errors import DatelineError  # noqa: E402
from models.receipt import Receipt  # noqa: E402

RETRIES = {"plan": 2, "fetch": 2}  # the others are ours alone: what fails there fails again


def run_task(stage: str, work: Work) -> int:
    """Does a stage's work as a task, which hands on nothing but a number."""
    retries = RETRIES.get(stage, 0)
    settings = task(name=stage, retries=retries, retry_delay_seconds=10, cache_policy=NO_CACHE)
    return settings(work)()


@flow(name="ingest", validate_parameters=False)
def ingest_flow(
    sources_path: str, home: str, allow_private: bool = False, fresh: float = 6.0
) -> State[Receipt | DatelineError]:
    """Reads every source once. Completed where the receipt is ok, else Failed, so that somebody looks."""
    try:
        receipt = ingest(
            Path(sources_path),
            Path(home),
            allow_private=allow_private,
            progress=find_watch(),
            run=run_task,
            fresh=timedelta(hours=fresh),
        )
    except DatelineError as error:
        return Failed(message=str(error), data=error)
    run_task("report", lambda: show_receipt(Path(home), receipt))
    if receipt.ok:
        return Completed(message=write_summary(receipt), data=receipt)
    return Failed(message="; ".join(receipt.errors) or "stopped before its end", data=receipt)


def show_receipt(home: Path, receipt: Receipt) -> int:
    """Writes the run's page and puts the receipt on Prefect's pages; gives the number of its failures."""
    figures, summary = sum_run(home, receipt)
    write_report(home, receipt, figures, summary)
    create_markdown_artifact(
        write_markdown(receipt, figures, summary), key="receipt", description=f"Run {receipt.run_id}"
    )
    return len(receipt.failures)
