"""A real S3-like server on loopback with one bucket, for tables."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest


@contextmanager
def serve_bucket(log: Path, bucket: str) -> Iterator[str]:
    """The address of the bucket; the environment leads every library to the server meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "x",
            "AWS_SECRET_ACCESS_KEY": "y",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ALLOW_HTTP": "true",
        }.items():
            patch.setenv(name, value)
        with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
            try:
                deadline = time.monotonic() + 60
                while "Running on" not in log.read_text() and time.monotonic() < deadline:
                    assert process.poll() is None, log.read_text()
                    time.sleep(0.05)
                system = fsspec.filesystem("s3", skip_instance_cache=True)
                type(system).clear_instance_cache()  # another test's instance would ask that test's endpoint
                system.mkdir(bucket)
                yield f"s3://{bucket}"
            finally:
                type(system).clear_instance_cache()
                process.terminate()
