"""What is worth telling of a run: how it ended, that it crashed, that the one before it died or was missed."""

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from flows.alerts import Message, tell
from flows.outputs import complain
from flows.receipts import find_store, save_receipt
from flows.silence import write_age
from flows.store import Store
from models.hook import Alerts, Occasion
from models.receipt import Receipt

MARK = "run"  # in the staging folder, which outlives only a run that was killed
RUN_ID = re.compile(r"[0-9A-Za-z-]{1,60}")


@dataclass(frozen=True, slots=True)
class CrashAlarm:
    """Tells of what ends the block, unless a person ended it."""

    alerts: Alerts

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or not issubclass(kind, Exception):
            return
        message = Message(
            frozenset({"crashed"}), f"{name_us()}: a run crashed", (f"{kind.__name__}: {error}",)
        )
        for fault in tell(self.alerts.hooks, message).unsent:
            complain(f"alert {fault}")


def name_us() -> str:
    """Which of an operator's machines speaks."""
    return f"dateline on {socket.gethostname()}"


def close_alarm(home: Path, alerts: Alerts, receipt: Receipt, before: Iterable[Occasion]) -> Receipt:
    """Tells of the run where somebody wants to know; the receipt then says who was told."""
    occasions: set[Occasion] = {"done", *before}
    if not receipt.ok:
        occasions.add("failed")
    if receipt.silent:
        occasions.add("silent")
    delivery = tell(alerts.hooks, Message(frozenset(occasions), write_title(receipt), write_lines(receipt)))
    if not (delivery.sent or delivery.unsent):
        return receipt
    for fault in delivery.unsent:
        complain(f"alert {fault}")
    told = receipt.model_copy(update={"sent": delivery.sent, "unsent": delivery.unsent})
    return save_receipt(home, told)


def write_title(receipt: Receipt) -> str:
    """How the run ended, in one line."""
    state = "ok" if receipt.ok else "stopped before its end" if receipt.stopped else "with errors"
    return f"{name_us()}: run {receipt.run_id} {state}"


def write_lines(receipt: Receipt) -> tuple[str, ...]:
    """What a person has to look at, then the figures."""
    outcomes = ", ".join(f"{number} {outcome}" for outcome, number in receipt.outcomes.items() if number)
    reasons = ", ".join(f"{reason} {number}" for reason, number in receipt.reasons.items())
    return (
        *(f"! {error}" for error in receipt.errors),
        *(f"silent: {source}: {why}" for source, why in receipt.silent.items()),
        *(f"note: {note}" for note in receipt.notes),
        f"{receipt.total.items} items: {outcomes or 'none'}; {receipt.rows} event rows",
        *([f"reasons: {reasons}"] if reasons else []),
    )


def look_back(alerts: Alerts, store: Store, folder: Path, now: datetime) -> dict[Occasion, str]:
    """What became of the run before this one: it died half-way, or it was not there."""
    found: dict[Occasion, str] = {}
    died = read_mark(folder)
    runs = store.runs()
    if died and died not in {run.run_id for run in runs}:
        found["crashed"] = (
            f"run {died} died before its commit; the pages that it had fetched are in the archive"
        )
    if alerts.missed_after and (late := tell_missed(store, alerts.missed_after, now)):
        found["missed"] = late
    return found


def read_mark(folder: Path) -> str:
    """The id of the run that left the staging folder behind; empty where none did."""
    try:
        with (folder / MARK).open(encoding="utf-8", errors="replace") as file:
            written = file.read(100).strip()
    except OSError:
        return ""
    return written if RUN_ID.fullmatch(written) else "?"


def tell_missed(store: Store, hours: float, now: datetime) -> str:
    """When the last night ended, where that is longer ago than so many hours; empty where it is not."""
    runs = [run for run in store.runs() if run.kind == "ingest"]
    if not runs:
        return "there has been no run yet"
    age = now - max(run.ended for run in runs)
    if age <= timedelta(hours=hours):
        return ""
    return f"the last run ended {write_age(age)} ago, expected within {hours:g} h"


def check_missed(home: Path, alerts: Alerts, hours: float, now: datetime) -> str:
    """The same for whoever watches from outside: tells the hooks too. Raises StoreError."""
    late = tell_missed(Store(find_store(home)), hours, now)
    if late:
        title = f"{name_us()}: a run was missed"
        for fault in tell(alerts.hooks, Message(frozenset({"missed"}), title, (late,))).unsent:
            complain(f"alert {fault}")
    return late
