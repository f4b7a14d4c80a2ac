"""Prefect as we run it: offline, silent to the outside, its files under our home."""

import atexit
import os
from pathlib import Path

from models.errors import StoreError

SETTINGS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # its own limit of 20 is too short when busy
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # by default flow runs pile up
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}


def settle_prefect(home: Path, level: str = "WARNING") -> None:
    """Sets what is not set yet. Prefect reads it at import, so call this before.

    Makes Prefect's folder, for Prefect makes no parents and its server then fails. Raises StoreError.
    """
    ours = {"PREFECT_HOME": str(home.resolve() / "prefect"), "PREFECT_LOGGING_LEVEL": level}
    for name, value in (SETTINGS | ours).items():
        os.environ.setdefault(name, value)
    try:
        Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{home}: cannot be written ({error.strerror})") from error
    # Prefect's threads keep DuckDB's module alive until after the end, about which DuckDB prints a page.
    atexit.register(silence_errors)  # registered before Prefect's own, so it comes last


def silence_errors() -> None:
    """Sends what is still written to standard error nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
