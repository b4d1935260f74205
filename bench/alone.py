"""One measured run from a process that holds nothing: a child's peak begins with what its parent holds (Linux).

`python -m bench.alone FOLDER PROGRAM …` prints wall, CPU, the peak of the largest process and that of all of them
together as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

MB = 1_048_576
PAGE = os.sysconf("SC_PAGE_SIZE")
PAUSE = 0.2  # seconds between two looks at the memory: a look takes about 3 ms
_PARENT, _RESIDENT = 1, 21  # fields of /proc/N/stat after the name


def run(folder: str, words: Sequence[str]) -> tuple[float, float, float, float]:
    """Seconds on the clock and of the processors, megabytes of the largest process and of all at one moment. What
    processes share counts for each of them. Exits as the program does when that fails."""
    started = time.perf_counter()
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    over, together = threading.Event(), [0]
    looking = threading.Thread(target=_look, args=(process.pid, over, together))
    looking.start()
    said = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    over.set()
    looking.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(said[-2000:] or f"exit status {process.returncode}")
    largest = used.ru_maxrss / 1024
    return wall, used.ru_utime + used.ru_stime, largest, max(largest, together[0] / MB)


def _look(root: int, over: threading.Event, together: list[int]) -> None:
    while not over.wait(PAUSE):
        together[0] = max(together[0], _resident(root))


def _resident(root: int) -> int:
    """Bytes of a process and everything that it started."""
    parents, pages = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as stream:
                    fields = stream.read().rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            parents[int(name)], pages[int(name)] = int(fields[_PARENT]), int(fields[_RESIDENT])
    return sum(count for each, count in pages.items() if _descends(each, root, parents)) * PAGE


def _descends(process: int, root: int, parents: dict[int, int]) -> bool:
    while process not in (root, 0):
        process = parents.get(process, 0)
    return process == root


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], sys.argv[2:])))
