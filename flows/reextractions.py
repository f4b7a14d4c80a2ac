"""The work of `dateline reextract`: one run, or what it would do; its receipt, and what to do next."""

import atexit
import sys
from dataclasses import dataclass
from pathlib import Path

from flows.backends import find_backend
from flows.home import find_home
from flows.outputs import close_quietly
from flows.progress import watch_stages
from flows.receipts import find_store
from flows.reextract import find_equal, reextract
from flows.reextract_start import Asked
from flows.store import Store
from models.errors import InputError, StoreError
from models.receipt import Receipt
from models.scope import Scope
from review.receipts import make_receipt
from review.screen import show


@dataclass(frozen=True, slots=True)
class Command:
    """What the command line asks for."""

    scope: Scope
    force: bool = False
    fresh: bool = False
    pages: bool = False
    workers: int | None = None
    dask: str | None = None
    plain: bool = False
    promote: bool = False
    dry: bool = False

    @property
    def asked(self) -> Asked:
        """The part that decides the rows."""
        return Asked(self.scope, fresh=self.fresh, force=self.force, pages=self.pages)


def run_command(command: Command, home: Path | None) -> int:
    """Runs, prints what came of it and gives the exit code. Raises a DatelineError."""
    place = home or find_home()
    if command.dask is not None and command.workers is not None:
        raise InputError("--workers counts processes here, and --dask has those of a cluster; leave out one")
    if command.promote and command.scope.sample:
        raise InputError("a sample cannot be promoted; leave out --promote or --sample")
    if command.dry:
        from flows.reextract_estimate import estimate  # noqa: PLC0415
        from review.reextraction import make_estimate  # noqa: PLC0415

        show(make_estimate(estimate(place, command.asked, command.workers)))
        return 0
    found = run_once(command, place)
    if isinstance(found, str):
        sys.stdout.write(f"{found}\n")
        if command.promote and (equal := find_equal(place, command.asked)):
            return promote(Store(find_store(place)), equal)
        return 0
    show(make_receipt(found))
    return finish(command, Store(find_store(place)), found)


def finish(command: Command, store: Store, receipt: Receipt) -> int:
    """Promotes where that was asked for and all went well; says what comes next."""
    run_id = receipt.run_id
    if receipt.stopped:
        sys.stdout.write("stopped; the same command goes on with what is left\n")
    elif not receipt.articles:
        sys.stdout.write("no run is stored; the same command tries again\n")
    elif command.promote and receipt.ok:
        return promote(store, run_id)
    else:
        if command.promote:
            sys.stdout.write("not promoted, since not all went well: look at the errors\n")
        last = "" if command.scope.sample else f", then `dateline runs promote {run_id}` or `drop`"
        sys.stdout.write(f"run {run_id} is a candidate; next: `dateline diff current {run_id}`{last}\n")
    return 0 if receipt.ok else 1


def promote(store: Store, run_id: str) -> int:
    """Promotes the run and says so; the exit code is 1 where it has to be looked at first."""
    try:
        store.promote(run_id, by="dateline reextract --promote")
    except StoreError as error:  # the run is there all the same
        sys.stderr.write(f"{error}\nrun {run_id} is a candidate; next: `dateline review`\n")
        return 1
    sys.stdout.write(f"run {run_id} is current now\n")
    return 0


def run_once(command: Command, home: Path) -> Receipt | str:
    """The run, as a plain function with bars or as a Prefect flow."""
    if not command.plain:
        from flows.serve import run_reextraction  # noqa: PLC0415

        atexit.register(close_quietly, sys.stderr)  # Prefect's threads outlive the run, as in a night
        return run_reextraction(command.asked, home, command.workers, command.dask)
    with watch_stages() as watch:
        return reextract(
            home, command.asked, backend=find_backend(command.workers, command.dask), progress=watch
        )
