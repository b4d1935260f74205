"""The same inputs and the same date give the same bytes, and a build that fails or dies leaves the site as it was."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spojnik.output import recover, state_folder
from tests.front import TODAY, WORLD, build, difference, must_build, tree
from tests.machine import ROOT

LATER = "2027-03-01"  # some calls and jobs of the small world have changed their status by then
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "node_modules", "dist", ".*.spojnik", ".cache", ".*_cache", ".hypothesis", "__pycache__"
)


def _world(out: Path, today: str = TODAY) -> list[str]:
    return ["--out", str(out), "--datasets", str(WORLD / "datasets"), "--today", today]


def test_the_real_site_is_the_same_from_another_folder_and_time_zone(site: Path, tmp_path: Path) -> None:
    home = tmp_path / "gdzie indziej"
    shutil.copytree(ROOT, home, ignore=NOT_COPIED)
    if (ROOT / "node_modules").exists():  # the page /sql/ is there only where its engine is
        (home / "node_modules").symlink_to(ROOT / "node_modules")
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    must_build("--out", tmp_path / "out", "--today", TODAY, "--jobs", "1", environment=elsewhere, home=home)
    assert difference(tree(site), tree(tmp_path / "out")) == []


@pytest.mark.parametrize(("jobs", "zone"), [("1", "America/Anchorage"), ("2", "Pacific/Kiritimati")])
def test_the_small_world_is_the_same_with_any_number_of_jobs(world: Path, tmp_path: Path, jobs: str, zone: str) -> None:
    must_build(*_world(tmp_path / "out"), "--jobs", jobs, environment={"TZ": zone, "PYTHONHASHSEED": jobs})
    assert difference(tree(world), tree(tmp_path / "out")) == []


def test_another_build_in_the_same_place_changes_nothing(world: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    must_build(*_world(out, LATER))
    assert difference(tree(world), tree(out)), "counter-example: another date has to show"
    must_build(*_world(out))
    assert difference(tree(world), tree(out)) == []


def test_killed_at_any_moment_the_build_leaves_a_whole_site(tmp_path: Path) -> None:
    """Old or new at once, or (killed in the middle of the moves) new once the next start has rolled it forward."""
    out, whole = tmp_path / "out", tmp_path / "whole"
    must_build(*_world(whole, LATER))
    new = tree(whole)
    must_build(*_world(out))
    old = tree(out)
    started = time.monotonic()
    must_build(*_world(whole, TODAY))
    length = time.monotonic() - started
    chance = random.Random(20261122)
    for turn in range(12):
        # The swap comes at the end, so most of the kills do too.
        moment = length * (chance.uniform(0.05, 0.6) if turn < 4 else chance.uniform(0.6, 1.1))
        running = subprocess.Popen(
            [sys.executable, "build.py", *_world(out, LATER)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            running.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        now = tree(out)
        if now not in (old, new):
            assert (state_folder(out) / "journal.json").exists(), f"killed after {moment:.2f} s: {difference(old, now)}"
            recover(out)
            now = tree(out)
            assert difference(new, now) == [], f"killed after {moment:.2f} s, and the next start did not finish it"
        if now == new:
            must_build(*_world(out))
            assert difference(old, tree(out)) == []
    must_build(*_world(out, LATER))
    assert difference(new, tree(out)) == [], "what a killed build left behind must not get into the next one"


def test_a_stopping_finding_leaves_the_site_untouched(world: Path, tmp_path: Path) -> None:
    home, out = tmp_path / "world", tmp_path / "out"
    shutil.copytree(WORLD, home)
    shutil.copytree(world, out)
    before = tree(out)
    arguments = ["--out", out, "--datasets", home / "datasets", "--today", LATER]
    record = sorted((home / "datasets").glob("*/manual/*/*.yml"))[0]
    text = record.read_text(encoding="utf-8")
    key = re.findall(r"^[a-z_]+(?=:)", text, re.MULTILINE)[0]
    broken = f"{text}{key}: drugi raz\n"
    record.write_text(broken, encoding="utf-8")
    done = build(*arguments)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert difference(before, tree(out)) == []
    assert f"{record.name}:{len(broken.splitlines())}:" in said, said
    assert "Traceback" not in said, said
    record.write_text(text, encoding="utf-8")
    must_build(*arguments)
    assert difference(before, tree(out)), "counter-example: without the fault the same build changes the site"
