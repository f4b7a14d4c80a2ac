"""What the stages of one re-extraction share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from extractors.carrying import Carry
from flows.backends import Backend
from flows.night import Progress
from flows.outputs import remark
from flows.reextract_plan import Plan
from flows.reextract_results import Result, add_counts
from flows.reextract_shelf import Shelf
from flows.reextract_start import Asked
from flows.stop import Stop
from flows.store import Store
from flows.store_tables import Tables
from flows.table_files import TableFiles
from models.again import WAYS
from models.errors import StoreError
from models.receipt import Failure


@dataclass(slots=True)
class Round:
    """One re-extraction: its tools, and what it has done so far."""

    home: Path
    store: Store
    tables: Tables
    shelf: Shelf
    asked: Asked
    backend: Backend
    stop: Stop
    progress: Progress
    started: datetime
    size: int  # articles a partition
    _plan: Plan | None = None
    resumed: bool = False  # the plan is that of a run that was killed or stopped
    carries: Mapping[str, Carry] = field(default_factory=dict)
    done: dict[str, Result] = field(default_factory=dict)
    losses: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """The plan, once it is made."""
        if self._plan is None:
            raise StoreError("the re-extraction is not planned yet")
        return self._plan

    @plan.setter
    def plan(self, plan: Plan) -> None:
        self._plan = plan

    @property
    def began(self) -> datetime:
        """When the run was started, whether or not it has been stopped in between."""
        return datetime.fromisoformat(self.plan.began) if self.plan.began else self.started

    @property
    def results(self) -> TableFiles:
        """What the workers of this run leave: apart, for on a cluster a task of a run that was stopped may go on."""
        return self.shelf.open(self.plan).below(self.plan.run_id)

    def say(self, words: str) -> None:
        """Tells what the back-end has to say at once, and in the receipt."""
        self.notes.append(words)
        remark(words)

    def tell_ways(self) -> str:
        """Articles by what was done with them."""
        counts = add_counts(self.done.values())
        return ", ".join(f"{counts[way]} {way}" for way in WAYS if counts.get(way))
