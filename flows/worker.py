"""What a process that works for a run has: its extractor, loaded once, and proof that it is the driver's.

It must stay free of Prefect, which would cost every worker seconds at its start.
"""

import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from extractors import load_extractor
from flows.home import ROOT, find_gazetteer
from models.errors import ModelError, WorkerError

if TYPE_CHECKING:
    from extractors.extractor import Extractor

Versions = Mapping[str, str]
ROOMS = ("models", "extractors", "flows")
LIBRARIES = ("spacy", "thinc", "numpy", "dateparser", "ahocorasick-rs")  # those that what we read hangs on
TURN = Lock()  # neither the model nor the gazetteer is made for two threads at once


@cache
def worker_extractor() -> "Extractor":
    """The extractor of this process, over the gazetteer of its own home. Raises ModelError and the like."""
    return load_extractor(find_gazetteer())


def run_call(call: bytes, versions: Versions) -> Any:
    """What a packed call gives, once this process is known to be of the driver's versions.

    Raises WorkerError where it is not. The call is unpacked only then: of other versions it may not be readable.
    """
    with TURN:
        if versions:
            check_versions(versions, find_versions())
        work, partition = pickle.loads(call)  # noqa: S301  # packed by our own driver
        return work(partition)


def pack_call(work: Callable[[Any], Any], partition: object) -> bytes:
    """The call as bytes, the function by its name. Raises TypeError where no worker would find it."""
    packed = pickle.dumps((work, partition))
    if b"__main__" in packed:
        raise TypeError("what a worker is to do has to stand in a module, not in the program that is started")
    return packed


def check_versions(wanted: Versions, ours: Versions) -> None:
    """Raises WorkerError that says what differs."""
    differing = [name for name in wanted if ours.get(name) != wanted[name]]
    if differing:
        told = ", ".join(
            f"{name} ({ours.get(name, 'none')} there, {wanted[name]} here)" for name in differing
        )
        raise WorkerError(
            f"it is not of our version: {told}; install the same dateline on both, and start it again"
        )


@cache
def find_versions() -> Versions:
    """What besides the article decides the rows, by name. Found once a process, as the extractor is loaded once."""
    inside = ROOT / "extractors"
    return {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "dateline": find_version("dateline"),
        "code": digest(path for room in ROOMS for path in (ROOT / room).rglob("*.py")),
        "lexicons": digest((inside / "lexicons").glob("*")),
        "trained files": digest((inside / "trained").glob("*")),
        "gazetteer": find_gazetteer_digest(),
        "model": find_model_digest(),
    } | {library: find_version(library) for library in LIBRARIES}


def find_version(package: str) -> str:
    """The package's version, or `none`."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def digest(paths: Iterable[Path]) -> str:
    """One digest of the files, by name and content."""
    found = sha256()
    for path in sorted(path for path in paths if path.is_file()):
        found.update(f"{path.relative_to(ROOT)}\0".encode() + sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


def find_gazetteer_digest() -> str:
    """The digest that the gazetteer carries."""
    from extractors.loading import open_gazetteer  # noqa: PLC0415  # spaCy costs a second to import

    return open_gazetteer(find_gazetteer()).digest[:12]


def find_model_digest() -> str:
    """Version and digest of the model's weights, without loading it. Raises ModelError where it is missing."""
    from extractors.pipeline import DEFAULT, digest_weights  # noqa: PLC0415  # spaCy costs a second to import

    found, number = find_spec(DEFAULT), find_version(DEFAULT)
    if found is None or found.origin is None:
        raise ModelError(f"spaCy pipeline '{DEFAULT}' is missing: run `make setup`")
    weights = digest_weights(Path(found.origin).parent / f"{DEFAULT}-{number}")
    return f"{number} {sha256(repr(sorted(weights.items())).encode()).hexdigest()[:12]}"
