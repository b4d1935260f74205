"""An S3 server on this machine with one bucket in it, for the tests that write there."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

BUCKET = "kosz"


@contextmanager
def bucket() -> Iterator[tuple[Any, Mapping[str, str]]]:
    """The server's file system, and the environment that it was reached with; both end with the block."""
    fsspec = pytest.importorskip("fsspec", reason="brak dodatku cluster")
    pytest.importorskip("s3fs", reason="brak dodatku cluster")
    server_module = pytest.importorskip("moto.server", reason="brak serwera S3 (moto)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = server_module.ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "proba",
        "AWS_SECRET_ACCESS_KEY": "proba",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        fsspec.filesystem("s3", skip_instance_cache=True).clear_instance_cache()
        place = fsspec.filesystem("s3", skip_instance_cache=True)
        place.mkdir(BUCKET, region_name="eu-central-1")
        try:
            yield place, environment
        finally:
            place.rm(BUCKET, recursive=True)  # the next server of this process has the same memory
            place.clear_instance_cache()
            server.stop()
