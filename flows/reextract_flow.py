"""The re-extraction as a Prefect flow: one task a stage, whatever the size of the archive."""

import time
from pathlib import Path
from uuid import UUID

from flows.home import find_home
from flows.prefect_settings import settle_prefect

settle_prefect(find_home())

from prefect import flow  # noqa: E402 - reads its settings at import
from prefect.artifacts import (  # noqa: E402
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.states import Completed, Failed  # noqa: E402

from flows.artifacts import write_markdown, write_summary  # noqa: E402
from flows.backends import find_backend  # noqa: E402
from flows.nightly import run_task  # noqa: E402
from flows.progress import Note, Watch, find_watch  # noqa: E402
from flows.reextract import reextract  # noqa: E402
from flows.reextract_start import Asked  # noqa: E402
from models.errors import DatelineError  # noqa: E402
from models.receipt import Receipt  # noqa: E402
from models.scope import Scope  # noqa: E402

PACE = 5.0  # seconds between two words to the server


class Shown:
    """Progress as an artifact on Prefect's pages, and on the screen where the flow was started from one."""

    def __init__(self, screen: Watch) -> None:
        self.screen = screen
        self.artifact: UUID | None = None
        self.last = 0.0

    def __call__(self, stage: str, done: int, total: int, note: Note = str, /) -> None:
        """Draws how far the stage is, and tells the server now and then."""
        self.screen(stage, done, total, note)
        now = time.monotonic()
        if stage != "extract" or not total or (now - self.last < PACE and done < total):
            return
        self.last, share = now, 100.0 * done / total
        if self.artifact is None:
            self.artifact = create_progress_artifact(progress=share, key="reextraction")  # type: ignore[assignment]
        else:
            update_progress_artifact(self.artifact, progress=share)


@flow(name="reextract", validate_parameters=False)
def reextract_flow(
    home: str,
    scope: dict[str, object] | None = None,
    fresh: bool = False,
    force: bool = False,
    pages: bool = False,
    workers: int | None = None,
    dask: str | None = None,
) -> State[Receipt | DatelineError | str]:
    """Reads the archive again into a candidate. Completed where the receipt is ok, else Failed."""
    try:
        found = reextract(
            Path(home),
            Asked(Scope.model_validate(scope or {}), fresh=fresh, force=force, pages=pages),
            backend=find_backend(workers, dask),
            progress=Shown(find_watch()),
            run=run_task,
        )
    except DatelineError as error:
        return Failed(message=str(error), data=error)
    if isinstance(found, str):
        return Completed(message=found, data=found)
    run_task("report", lambda: show_receipt(found))
    if found.ok:
        return Completed(message=write_summary(found), data=found)
    return Failed(message="; ".join(found.errors) or "stopped before its end", data=found)


def show_receipt(receipt: Receipt) -> int:
    """Puts the receipt on Prefect's pages; gives the number of its failures."""
    create_markdown_artifact(write_markdown(receipt), key="receipt", description=f"Run {receipt.run_id}")
    return len(receipt.failures)
