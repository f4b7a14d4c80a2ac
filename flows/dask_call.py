"""A call as it travels to a worker of a cluster, and what the worker does with it. Free of Prefect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.worker import Versions, run_call
from models.errors import DatelineError


@dataclass(frozen=True, slots=True)
class Call:
    """Unpickled, it is what the packed call gives.

    So the scheduler, which unpacks what is sent to it, sees only `pickle.loads` and bytes, and needs no dateline.
    """

    packed: bytes
    versions: Versions

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[object, ...]]:
        return run_on_cluster, (self.packed, dict(self.versions))


def run_on_cluster(packed: bytes, versions: Versions) -> Any:
    """What the call gives; an error that ends the run names the worker."""
    from distributed import get_worker  # noqa: PLC0415  # an extra, which a worker has

    try:
        return run_call(packed, versions)
    except DatelineError as error:
        error.args = (f"worker {get_worker().address}: {error}",)
        raise
