"""One measured run from a process that holds nothing: a child's peak begins with what its parent holds (Linux).

`python -m bench.search_run FOLDER PROGRAM …` prints wall, CPU and peak as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.measure import Failed, Run, once


def apart(words: Sequence[str | Path], folder: Path) -> Run:
    """As bench.measure.once, whatever this process holds. Raises Failed with the end of what the program said."""
    command = [sys.executable, "-m", "bench.search_run", str(folder), *map(str, words)]
    said = subprocess.run(command, cwd=Path(__file__).resolve().parent.parent, capture_output=True, text=True)
    if said.returncode:
        raise Failed(f"{words[0]}: {said.stderr[-500:]}")
    return Run(*json.loads(said.stdout))


if __name__ == "__main__":
    print(json.dumps(once(sys.argv[2:], Path(sys.argv[1]))))
