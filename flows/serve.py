"""Starting the flow: once, or every night beside a Prefect server of our own on loopback."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from flows.prefect_settings import settle_prefect
from flows.progress import show_stages
from flows.receipts import find_lock
from flows.running import end_run
from flows.stop import catch_stop
from models.errors import DatelineError, InputError, StoreError
from models.receipt import Receipt

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.reextract_start import Asked

LOOPBACK = "127.0.0.1"
PATIENCE = 180.0  # seconds; an empty home on a busy machine takes 60


class ServerError(DatelineError):
    """A Prefect server that did not start."""


def run_flow(sources_path: Path, home: Path, *, allow_private: bool = False, fresh: float = 0.0) -> Receipt:
    """The nightly run once, as a Prefect flow; gives its receipt. Raises what `ingest` raises, ServerError."""
    with prepare_flow(home):
        from flows.nightly import ingest_flow  # noqa: PLC0415 - after the server's address is known

        state: State[Any] = ingest_flow(str(sources_path), str(home), allow_private, fresh, return_state=True)
        receipt = state.result(raise_on_failure=False)
    if isinstance(receipt, Receipt):
        return receipt
    raise receipt


def run_reextraction(asked: "Asked", home: Path, workers: int | None, dask: str | None) -> Receipt | str:
    """The archive read again, as a Prefect flow; gives its receipt, or why there was nothing to do.

    Raises what `reextract` raises, ServerError.
    """
    with prepare_flow(home):
        from flows.reextract_flow import reextract_flow  # noqa: PLC0415 - after the server's address is known

        scope = asked.scope.model_dump(mode="json")
        options = (asked.fresh, asked.force, asked.pages, workers, dask)
        state: State[Any] = reextract_flow(str(home), scope, *options, return_state=True)
        found = state.result(raise_on_failure=False)
    if isinstance(found, Receipt | str):
        return found
    raise found


@contextmanager
def prepare_flow(home: Path) -> Iterator[None]:
    """Prefect's settings and server for one run from the command line."""
    settle_prefect(home, level="CRITICAL")  # what goes wrong is raised, and the caller says it in one line
    os.environ.setdefault(
        "PREFECT_SERVER_UI_ENABLED", "false"
    )  # nobody looks in that minute, and it copies 17 MB
    with find_server(), show_stages():
        yield


def serve(cron: str, sources_path: Path, home: Path, *, allow_private: bool = False) -> None:
    """Runs the flow at the times of the cron line (UTC) until it is stopped; a run in hand is let to its end.

    Raises InputError, ServerError.
    """
    settle_prefect(home)
    parameters = {
        "sources_path": str(sources_path.resolve()),
        "home": str(home.resolve()),
        "allow_private": allow_private,
    }
    with catch_stop() as stop, find_server(lambda: check_cron(cron)):
        # Not in the main thread, so that Prefect leaves the signals to us: it would leave the run alone.
        runner = threading.Thread(target=run_schedule, args=(cron, parameters), daemon=True)
        runner.start()
        while runner.is_alive() and not stop.asked:
            runner.join(0.5)
        if not stop.asked:
            raise ServerError(f"Prefect's schedule ended by itself; see {find_log()}")
        end_run(find_lock(home))


def run_schedule(cron: str, parameters: dict[str, Any]) -> None:
    """Prefect's loop that starts each run at its time, in a process of its own."""
    from prefect.types.entrypoint import EntrypointType  # noqa: PLC0415

    from flows.nightly import ingest_flow  # noqa: PLC0415

    ingest_flow.serve(
        name="nightly",
        cron=cron,
        parameters=parameters,
        entrypoint_type=EntrypointType.MODULE_PATH,
        print_starting_message=False,
        limit=1,  # nights that were missed, or scheduled twice, wait for each other
    )


def check_cron(cron: str) -> None:
    """Raises InputError where the line is no cron line."""
    from prefect.client.schemas.schedules import CronSchedule  # noqa: PLC0415

    try:
        CronSchedule(cron=cron, timezone="UTC")
    except ValueError as error:
        raise InputError(f"'{cron}' is no cron line; write minute hour day month weekday") from error


@contextmanager
def find_server(check: Callable[[], None] = lambda: None) -> Iterator[None]:
    """The server that PREFECT_API_URL names, else one of our own for the time of the block, after the check.

    Prefect's own stand-in server would schedule nothing, and would die of a Ctrl-C that means the run.
    """
    if "PREFECT_API_URL" in os.environ:
        check()
        yield
        return
    port = find_port()
    os.environ["PREFECT_API_URL"] = f"http://{LOOPBACK}:{port}/api"  # read when Prefect is imported
    try:
        check()
        with run_server(port):
            yield
    finally:
        del os.environ["PREFECT_API_URL"]


@contextmanager
def run_server(port: int) -> Iterator[None]:
    """A server on that port for the time of the block."""
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", str(port)]
    environment = os.environ | {"PREFECT_SERVER_API_PORT": str(port)}  # the option does not reach the pages
    with open_log() as log:
        server = subprocess.Popen(  # noqa: S603 - our own interpreter
            command, stdout=log, stderr=subprocess.STDOUT, env=environment, process_group=0
        )
    try:
        await_health(server, port)
        yield
    finally:
        server.terminate()
        server.wait()


def open_log() -> BinaryIO:
    """The server's log, to write behind what it holds. Raises StoreError."""
    try:
        return find_log().open("ab")
    except OSError as error:
        raise StoreError(
            f"{find_log()}: cannot be written ({error.strerror}); is the folder yours?"
        ) from error


def find_log() -> Path:
    """Where our server writes what it has to say."""
    return Path(os.environ["PREFECT_HOME"]) / "server.log"


def find_port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def await_health(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Returns once the server answers. Raises ServerError where it ends or stays silent."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if is_healthy(port):
            return
        time.sleep(0.5)
    raise ServerError(f"the Prefect server did not start; see {find_log()}")


def is_healthy(port: int) -> bool:
    """Whether the server answers that it is well."""
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
