"""Work in several processes: the same files, and a worker that is killed costs time only."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

import pytest

from spojnik.output import Clash, Output, finish, open_stage
from spojnik.unit import Unit
from spojnik.workers import make_all
from tests.front import tree


def _pages(name: str) -> Iterator[Output]:
    yield from (Output(PurePosixPath(name, f"{number}.html"), f"{name} {number}".encode()) for number in range(20))


def _killed(name: str, parent: int) -> Iterator[Output]:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from _pages(name)


def _site(out: Path, units: list[Unit], jobs: int) -> dict[str, str]:
    stage = open_stage(out, {})
    made = make_all(units, stage, jobs, lambda _: None)
    finish(stage, [put for one in made.values() for put in one.puts], b"{}")
    return tree(out)


def test_a_killed_worker_costs_time_only(tmp_path: Path) -> None:
    whole = [Unit(name, partial(_pages, name)) for name in "abcdef"]
    broken = [*whole[:2], Unit("c", partial(_killed, "c", os.getpid())), *whole[3:]]
    alone = _site(tmp_path / "alone", whole, 1)
    assert len(alone) == 120
    assert _site(tmp_path / "two", whole, 2) == alone
    assert _site(tmp_path / "killed", broken, 2) == alone


def test_two_units_may_not_write_one_path(tmp_path: Path) -> None:
    twice = [Unit(name, partial(_pages, "a")) for name in "abc"]
    with pytest.raises(Clash):
        _site(tmp_path / "out", twice, 2)
    assert not (tmp_path / "out").exists()
