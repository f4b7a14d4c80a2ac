"""Where killed and stopped re-extractions leave what they have done: a folder for each command, and for each home.

Tables at a URL are shared by homes on many machines. A home goes on with its own runs alone, and touches no other's.
"""

import re
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from flows.outputs import replace_file, typed
from flows.reextract_plan import Plan, read_plan
from flows.table_files import TableFiles
from models.errors import StoreError

PLAN = "plan.json"
FOLDER = re.compile(r"[0-9a-f]{12}(-[0-9a-f]{12})?")
# What nobody has written to for so long is of a home that is gone, or a plan that cannot be read: no partition takes
# as long, and who is stopped for longer begins anew.
GIVEN_UP = timedelta(days=14)
OWNER = "owner"  # a file of the home: tells it from a copy of another home under the same path


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of one home below a base."""

    staged: TableFiles
    owner: str = ""  # empty where the base is in the home

    def open(self, plan: Plan) -> TableFiles:
        """The folder for plans of this key."""
        return self.staged.below(self.name_folder(plan))

    def name_folder(self, plan: Plan) -> str:
        """The name of that folder."""
        return f"{plan.folder}{self.ending}"

    @property
    def ending(self) -> str:
        """What ends the names of our folders."""
        return f"-{self.owner}" if self.owner else ""

    def find_plans(self) -> list[Plan]:
        """The plans of our runs that were killed or stopped."""
        ending = f"{self.ending}/{PLAN}"
        names = [name for name in self.staged.sizes() if name.endswith(ending) and name.count("/") == 1]
        found = [read_plan(self.staged.read(name) or b"") for name in names]
        return sorted((plan for plan in found if plan), key=lambda plan: plan.run_id)

    def keep(self, plan: Plan) -> None:
        """Puts the plan where the next run finds it; results of an earlier one under its key go first."""
        place = self.open(plan)
        if read_plan(place.read(PLAN) or b"") != plan:
            self.drop(plan)
            place.keep(PLAN, plan.write())

    def drop(self, plan: Plan) -> None:
        """Removes what a plan's run has left. What cannot go, since a task still writes there, stays."""
        with suppress(StoreError):
            self.open(plan).drop_all()

    def drop_stale(self, now: datetime) -> list[str]:
        """Removes what has been given up: folders of no plan of ours, not written to for long; a note for each."""
        ours = {self.name_folder(plan) for plan in self.find_plans()}
        notes = []
        for name in self.staged.children():
            place = self.staged.below(name)
            if name in ours or not FOLDER.fullmatch(name):
                continue
            written = place.last_written()
            if written and now - written > GIVEN_UP:
                with suppress(StoreError):
                    place.drop_all()
                    notes.append(
                        f"{place.base}: nobody went on with it since {written:%Y-%m-%d}; it was removed"
                    )
        return notes


def open_shelf(home: Path, location: str, *, read_only: bool = False) -> Shelf:
    """The home's shelf: in the home itself, or beside tables at a URL, where workers of other machines reach it.

    Whoever only reads makes no home, and gives none a name.
    """
    if "://" not in location:
        return Shelf(TableFiles(str(home / "reextract" / "staged")))
    return Shelf(TableFiles(f"{location}/staging"), name_owner(home, make=not read_only))


def name_owner(home: Path, *, make: bool) -> str:
    """A name for this home on this machine, the same from run to run; nobody's where it has none and none is made."""
    file = home / "reextract" / OWNER
    with typed(str(file)):
        if make and not file.exists():
            with replace_file(file) as part:
                part.write_text(secrets.token_hex(8), encoding="ascii")
        drawn = file.read_text(encoding="ascii") if file.exists() else ""
        told = f"{socket.gethostname()}\0{home}\0{drawn}"
    return sha256(told.encode()).hexdigest()[:12]
