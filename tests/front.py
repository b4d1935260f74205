"""The front door as tests use it: `build.py` as a process of its own, and a tree of files as a value to compare."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.machine import ROOT

TODAY = "2026-11-22"
WORLD = ROOT / "tests" / "world"


def build(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, home: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """`python build.py ARGUMENTS` in the repository at `home`, with `environment` on top of ours; never raises."""
    return subprocess.run(
        [sys.executable, "build.py", *map(str, arguments)],
        cwd=home,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=900,
    )


def must_build(*arguments: str | Path, environment: Mapping[str, str] | None = None, home: Path = ROOT) -> None:
    """A build that has to succeed; AssertionError with everything that it said when it does not."""
    done = build(*arguments, environment=environment, home=home)
    assert done.returncode == 0, f"build.py {arguments} → {done.returncode}\n{done.stdout}\n{done.stderr}"


def tree(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of every file under `folder`; an empty folder shows as a path that ends with a slash."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif not any(path.iterdir()):
            found[name + "/"] = ""
    return found


def difference(one: Mapping[str, str], two: Mapping[str, str], limit: int = 12) -> list[str]:
    """The first `limit` paths that the trees do not share byte for byte; empty when they are the same."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))[:limit]
