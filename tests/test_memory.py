"""A build remembers the lines of large files, and never takes a line for another one."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from spojnik import reading
from spojnik.build import build
from spojnik.catalog import load_catalog
from spojnik.memory import recall, remembering
from spojnik.order import Order
from spojnik.output import state_folder
from spojnik.sealed import Sealed, unpacked
from spojnik.world import World, load_world
from tests.front import TODAY, WORLD
from tests.machine import ROOT

FRAME = "a frame"


@pytest.fixture
def datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small world in which every file of observations is a large one."""
    monkeypatch.setattr(reading, "LARGE", 0)
    monkeypatch.setattr(reading, "_FEW", 1)
    shutil.copytree(WORLD, tmp_path / "world")
    state_folder(tmp_path / "out").mkdir()
    return tmp_path / "world" / "datasets"


def _world(datasets: Path, known: Any = None) -> World:
    return load_world(datasets, datasets.parent / "site.yml", TODAY, known=known)


def _sealed(world: World, dataset: str = "organisations") -> list[Sealed]:
    each: Any = world.said[dataset]
    return [voice for voice in each.each if isinstance(voice, Sealed)]


def _read_again(world: World) -> set[str]:
    """The marks of lines that were read; those of which a remark names the line always are."""
    return {each.mark for each in _sealed(world) if each.open is unpacked}


def _remembered(datasets: Path) -> tuple[Path, World]:
    out, world = datasets.parent.parent / "out", _world(datasets)
    for unit in remembering(out, FRAME, world):
        assert not list(unit.make()), "nothing of it belongs to the site"
    return out, world


def test_only_lines_that_changed_are_read_again_and_the_world_is_the_same(datasets: Path) -> None:
    out, first = _remembered(datasets)
    always = _read_again(_world(datasets, recall(out, FRAME)))
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    path.write_text("\n" + path.read_text("utf-8").replace("616 78 01", "616 78 09"), "utf-8")
    known, anew = _world(datasets, recall(out, FRAME)), _world(datasets)
    assert len(_read_again(known) - always) == 1
    assert len(_read_again(anew)) == len(_sealed(anew)) > len(_read_again(known)), "counter-example: without a memory"
    assert known.gists == anew.gists and known.gists != first.gists
    assert [list(said) for said in known.said.values()] == [list(said) for said in anew.said.values()]
    assert {name: list(records.items()) for name, records in known.records.items()} == {
        name: list(records.items()) for name, records in anew.records.items()}


def test_closed_records_are_the_open_ones(datasets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = _world(datasets)
    monkeypatch.setattr(reading, "LARGE", 10**9)
    whole = _world(datasets)
    assert _sealed(closed) and not _sealed(whole)
    assert closed.gists == whole.gists
    for name, records in whole.records.items():
        assert {key: record._replace(why=dict(record.why)) for key, record in closed.records[name].items()} == {
            key: record._replace(why=dict(record.why)) for key, record in records.items()}


def test_of_another_frame_and_of_a_broken_file_nothing_is_remembered(datasets: Path) -> None:
    out, _ = _remembered(datasets)
    assert recall(out, FRAME) and recall(out, "another") == {}
    path = state_folder(out) / "lines"
    whole = path.read_bytes()
    for broken in (b"", whole[: len(whole) // 2], b"\xff" * 50, f"{FRAME}\n".encode() + b"\xff\xff"):
        path.write_bytes(broken)
        assert recall(out, FRAME) == {}
    path.write_bytes(whole)
    assert recall(out, FRAME), "counter-example: the whole file is read"


def test_a_line_is_remembered_for_its_own_source(datasets: Path) -> None:
    """The same line in a file of another source makes a record of another origin."""
    out, _ = _remembered(datasets)
    folder = datasets / "organisations" / "observed"
    line = json.loads((folder / "desk.jsonl").read_text("utf-8").splitlines()[0])
    sources = [each.id for each in load_catalog(datasets).datasets["organisations"].spec.sources if each.id != "desk"]
    other = folder / f"{sources[0]}.jsonl"
    before = other.read_text("utf-8") if other.exists() else ""
    other.write_text(before + (folder / "desk.jsonl").read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    (folder / "desk.jsonl").write_text("".join((folder / "desk.jsonl").read_text("utf-8").splitlines(True)[1:]))
    known = _world(datasets, recall(out, FRAME))
    assert sources[0] in known.gists["organisations"][line["key"]].sources
    assert known.gists == _world(datasets).gists


def test_a_remark_that_names_a_place_is_not_remembered(datasets: Path) -> None:
    """The line may stand elsewhere next time, and the remark would point at another one."""
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    nameless = {"key": "bez-nazwy", "values": {"description": "bez nazwy"}, "seen_on": "2026-11-20"}
    path.write_text(path.read_text("utf-8") + json.dumps(nameless) + "\n", "utf-8")
    out, world = _remembered(datasets)
    assert any(remark[-1] for remark in world.gists["organisations"]["bez-nazwy"].remarks)
    kept = {gist.key for gist in recall(out, FRAME)["organisations"].sources["desk"].gists}
    assert "bez-nazwy" not in kept and len(kept) > 1


def test_the_build_itself_remembers(datasets: Path) -> None:
    out = datasets.parent.parent / "out"
    order = Order(datasets, ROOT / "site", datasets.parent / "site.yml", out, TODAY, ("organisations",))
    build(order, lambda _: None)
    path = state_folder(out) / "lines"
    assert recall(out, path.read_bytes().split(b"\n")[0].decode())["organisations"].sources["desk"]
