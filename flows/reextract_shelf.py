"""Where killed and stopped re-extractions leave what they have done: a folder for each command, and for each home.

Tables at a URL are shared by homes on many machines. A home goes on with its own runs alone, and touches no other's.
"""

import secrets
import socket
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.outputs import replace_file, typed
from flows.reextract_plan import Plan, read_plan
from flows.staged_files import StagedFiles

PLAN = "plan.json"
OWNER = "owner"  # a file of the home: tells it from a copy of another home under the same path


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of one home below a base."""

    staged: StagedFiles
    owner: str = ""  # empty where the base is in the home

    def open(self, plan: Plan) -> StagedFiles:
        """The folder for plans of this key."""
        return self.staged.below(f"{plan.folder}{self.ending}")

    @property
    def ending(self) -> str:
        """What ends the names of our folders."""
        return f"-{self.owner}" if self.owner else ""

    def find_plans(self) -> list[Plan]:
        """The plans of our runs that were killed or stopped."""
        names = self.staged.names()
        folders = [
            one for one in self.staged.folders() if one.endswith(self.ending) and f"{one}/{PLAN}" in names
        ]
        found = [read_plan(self.staged.get(f"{one}/{PLAN}")) for one in folders]
        return sorted((plan for plan in found if plan), key=lambda plan: plan.run_id)

    def keep(self, plan: Plan) -> None:
        """Puts the plan where the next run finds it; results of an earlier one under its key go first."""
        place = self.open(plan)
        found = read_plan(place.get(PLAN)) if PLAN in place.names() else None
        if found != plan:
            place.drop_all()
            place.put(PLAN, plan.write())

    def drop(self, plan: Plan) -> None:
        """Removes what a plan's run has left."""
        self.open(plan).drop_all()


def open_shelf(home: Path, location: str) -> Shelf:
    """The home's shelf: in the home itself, or beside tables at a URL, where workers of other machines reach it."""
    if "://" not in location:
        return Shelf(StagedFiles(str(home / "reextract" / "staged")))
    return Shelf(StagedFiles(f"{location}/staging"), name_owner(home))


def name_owner(home: Path) -> str:
    """A name for this home on this machine, the same from run to run."""
    file = home / "reextract" / OWNER
    with typed(str(file)):
        if not file.exists():
            with replace_file(file) as part:
                part.write_text(secrets.token_hex(8), encoding="ascii")
        told = f"{socket.gethostname()}\0{home}\0{file.read_text(encoding='ascii')}"
    return sha256(told.encode()).hexdigest()[:12]
