"""A real S3-like server on loopback with one bucket."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.clusters import wait_until

BUCKET = "tables"


@dataclass(frozen=True)
class Bucket:
    """Its address, the server that holds it, and the server's log of requests."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def gets(self, ending: str) -> list[str]:
        """The requests so far for the content of files whose names end so."""
        return re.findall(rf'"GET /\S+?{re.escape(ending)} HTTP', self.log.read_text())


@contextmanager
def serve_bucket(log: Path) -> Iterator[Bucket]:
    """A bucket on a server of its own; the environment leads every library to it meanwhile."""
    pytest.importorskip("moto")
    with pytest.MonkeyPatch.context() as patch, forget_servers():
        port = find_port()
        for name, value in {
            "ACCESS_KEY_ID": "x",
            "SECRET_ACCESS_KEY": "y",
            "DEFAULT_REGION": "us-east-1",
            "REGION": "us-east-1",
            "ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "ALLOW_HTTP": "true",
        }.items():
            patch.setenv(f"AWS_{name}", value)
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
            try:
                wait_until(lambda: process.poll() is not None or "Running on" in log.read_text())
                assert process.poll() is None, log.read_text()
                pytest.importorskip("s3fs").S3FileSystem().mkdir(BUCKET)
                yield Bucket(f"s3://{BUCKET}", process, log)
            finally:
                process.terminate()


@contextmanager
def forget_servers() -> Iterator[None]:
    """File systems are kept by their arguments, which do not name the server: none may outlive it, nor come before."""
    kind = pytest.importorskip("s3fs").S3FileSystem
    kind.clear_instance_cache()
    try:
        yield
    finally:
        kind.clear_instance_cache()


def find_port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with serve_bucket(tmp_path_factory.mktemp("moto") / "log") as bucket:
        yield bucket
