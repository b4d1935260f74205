"""Work in several processes: the same files, and a worker that is killed costs time only."""

import json
import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

import pytest

from spojnik import output, reading
from spojnik.build import build
from spojnik.catalog import load_catalog
from spojnik.finding import Finding
from spojnik.observed import observations
from spojnik.order import Order
from spojnik.origin import Observation, Origin
from spojnik.output import Clash, Output, Put, finish, open_stage
from spojnik.sealed import Sealed, opened
from spojnik.store import Located
from spojnik.unit import Made, Unit
from spojnik.workers import make_all
from tests.front import TODAY, WORLD, difference, tree
from tests.machine import ROOT


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


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_the_last_build_left_is_not_made_again(tmp_path: Path, jobs: int) -> None:
    units = [Unit(name, partial(_pages, name)) for name in "abcdef"]
    old, said, asked = Made((Put("old.html", "digest", False),), ()), [], []

    def known(unit: Unit) -> Made | None:
        asked.append(unit.name)
        return old if unit.name in "bcf" else None

    made = make_all(units, open_stage(tmp_path / "out", {}), jobs, said.append, known)
    assert made.keys() == set("abcdef") and asked == list("abcdef")
    assert [name for name in "abcdef" if made[name] is old] == list("bcf")
    assert {len(made[name].puts) for name in "ade"} == {20}
    assert said == ["Buduję: 1 z 3", "Buduję: 2 z 3", "Buduję: 3 z 3"]


def test_two_units_may_not_write_one_path(tmp_path: Path) -> None:
    twice = [Unit(name, partial(_pages, "a")) for name in "abc"]
    with pytest.raises(Clash):
        _site(tmp_path / "out", twice, 2)
    assert not (tmp_path / "out").exists()


def test_a_large_file_reads_the_same_in_parts_and_a_killed_reader_costs_time_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    datasets = shutil.copytree(WORLD, tmp_path / "world") / "datasets"
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    row = json.loads(path.read_text("utf-8").splitlines()[0])
    rows = [json.dumps({**row, "key": f"o-{number}"}) for number in range(200)]
    path.write_text("\n".join([*rows[:150], "{", *rows[150:]]) + "\n", "utf-8")
    monkeypatch.setattr(reading, "LARGE", 0)
    monkeypatch.setattr(reading, "_PART", 5_000)
    dataset = load_catalog(datasets).datasets["organisations"]
    alone, two = observations(dataset), observations(dataset, reading.Reading(2))
    assert list(two.observations) == list(alone.observations) and two.findings == alone.findings
    gists = [[each.gist for each in said.observations.each if isinstance(each, Sealed)] for said in (alone, two)]
    assert gists[0] == gists[1] and len(gists[0]) == 200
    assert len(alone.observations) > 200
    assert [each.place.rpartition("desk.jsonl")[2] for each in alone.findings] == [":151:1"]
    parent = os.getpid()

    def read(lines: Iterable[Located], findings: list[Finding]) -> Iterator[Observation]:
        for each in lines:
            if os.getpid() != parent and each.data and each.data["key"] == "o-60":
                os.kill(os.getpid(), signal.SIGKILL)
            yield Observation(each.place(), {}, Origin("desk", (), TODAY), TODAY, TODAY)

    kept, whole = (list(map(opened, reading.read_lines(path, dataset, read, reading.Reading(jobs), [])))
                   for jobs in (2, 1))  # fmt: skip
    assert kept == whole and len(kept) == 201


def test_a_build_after_one_that_was_killed_in_its_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal is finished first, so that nobody takes the files of the killed build for those of the one before."""
    order = Order(WORLD / "datasets", ROOT / "site", WORLD / "site.yml", tmp_path / "out", TODAY, ("calls",))
    build(order, lambda _: None)
    old = tree(order.out)
    with monkeypatch.context() as patch:
        patch.setattr(output, "_prune", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            build(order._replace(today="2027-03-01"), lambda _: None)
    assert difference(old, tree(order.out)), "counter-example: the moves have begun"
    build(order, lambda _: None)
    assert difference(old, tree(order.out)) == []
