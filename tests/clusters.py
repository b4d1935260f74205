"""A Dask cluster on this machine, started as docs/wiele-maszyn.md tells people to, for the tests that build on one.

Not distributed's LocalCluster: it gives a worker up for good when its nanny needs more than 15 seconds to start it
again (distributed.deploy.lost-worker-timeout), which on a loaded machine it does.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.machine import ROOT

WORKERS = 2
GOODBYE = 30.0  # seconds to leave in
PATIENCE = 300.0  # seconds for a start on a machine that is busy with other work


@contextmanager
def local_cluster(folder: Path) -> Iterator[str]:
    """The address of a scheduler with WORKERS processes of one thread. They get the environment as it is now; the
    cluster ends with the block. folder: for what Dask writes, the log too."""
    told = folder / "scheduler.json"
    with (folder / "log").open("wb") as log:
        started = [_started(log, "scheduler", "--port", "0", "--scheduler-file", told)]
        try:
            address = _address(told)
            started.append(_started(log, "worker", address, "--nthreads", "1", "--nworkers", WORKERS,
                                    "--local-directory", folder))  # fmt: skip
            yield address
        finally:
            for process in reversed(started):
                _ended(process)


def _started(log: Any, what: str, *words: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "dask", what, "--host", "127.0.0.1", "--no-dashboard", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)


def _ended(process: "subprocess.Popen[bytes]") -> None:
    """Asked to leave first: processes killed at once leave their semaphores in the memory of the machine."""
    process.terminate()
    try:
        process.wait(timeout=GOODBYE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(told: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            return str(json.loads(told.read_bytes())["address"])
        except (FileNotFoundError, json.JSONDecodeError):
            time.sleep(0.1)
    raise TimeoutError((told.parent / "log").read_text("utf-8"))
