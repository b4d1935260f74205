"""A throw-away repository of the small world with an origin of its own, and a pretended GitHub beside it."""

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import worlds
from tests.corrections.gh import GitHub
from tests.front import TODAY, WORLD


class Repository(NamedTuple):
    """A working copy, its bare origin, and GitHub."""

    root: Path
    origin: Path
    github: GitHub

    @property
    def datasets(self) -> Path:
        return self.root / "datasets"

    def git(self, *words: str, where: Path | None = None) -> str:
        done = subprocess.run(["git", *words], cwd=where or self.root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str | Path, today: str = TODAY) -> worlds.Said:
        return worlds.run(*words, "--datasets", self.datasets, "--today", today)

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("-c", "user.name=Ola", "-c", "user.email=ola@example.org", "commit", "-q", "-m", message)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    root, origin = tmp_path / "repo", tmp_path / "origin.git"
    shutil.copytree(WORLD, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".gitignore").write_text("__pycache__/\n")
    made = Repository(root, origin, GitHub(tmp_path / "bin"))
    made.git("init", "-q", "--bare", "-b", "main", str(origin), where=tmp_path)
    made.git("init", "-q", "-b", "main")
    made.git("remote", "add", "origin", str(origin))
    made.commit("Początek")
    made.git("push", "-q", "origin", "main")
    for name, value in made.github.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.chdir(root)
    return made
