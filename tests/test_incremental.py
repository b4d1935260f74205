"""A build on top of an older one gives the bytes of a clean one, whatever was edited, renamed, removed or redated."""

import json
import os
import shutil
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import spojnik.web.plan  # noqa: F401  (what every forked build would import again)
from spojnik import reading
from spojnik.commands import main
from spojnik.manifest import asked, load_manifest
from spojnik.output import state_folder
from tests.front import TODAY, WORLD, difference, tree
from tests.machine import ROOT

DAYS = (TODAY, "2026-11-23", "2026-12-01", "2027-03-01", "2026-06-01")
KEEP = shutil.ignore_patterns("numbers.yml", "content")


def _world(folder: Path) -> Path:
    """A small world with templates of its own, so that they can be edited."""
    shutil.copytree(WORLD, folder)
    shutil.copytree(ROOT / "site", folder / "site", ignore=KEEP)
    (folder / "site" / "content").mkdir()
    shutil.copy(WORLD / "site.yml", folder / "site" / "site.yml")
    return folder / "datasets"


def _build(datasets: Path, out: Path, today: str, jobs: str = "1", large: int = reading.LARGE) -> int:
    """A build in a process of its own, without its imports: caches of an earlier build would hide a mistake. large:
    files from so many bytes on stay closed, and of them only lines that have changed are read."""
    child = os.fork()
    if child == 0:
        reading.LARGE, reading._FEW = large, 1
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        code = 1
        try:
            code = main(["--datasets", str(datasets), "--out", str(out), "--today", today, "--jobs", jobs])
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _save(path: Path, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    path.write_text(text, "utf-8")


def _value(datasets: Path, number: int) -> None:
    """Another name in some record of some dataset."""
    paths = sorted(datasets.glob("*/observed/*.jsonl"))
    path = paths[number % len(paths)]
    rows = _rows(path)
    values = rows[number % len(rows)]["values"]
    assert isinstance(values, dict)
    name = next((name for name in ("name", "title") if name in values), None)
    values[name or "name"] = f"Nazwa po zmianie {number}"
    _save(path, rows)


def _gone(datasets: Path, number: int) -> None:
    paths = sorted(datasets.glob("*/observed/*.jsonl"))
    path = paths[number % len(paths)]
    rows = _rows(path)
    rows[number % len(rows)]["gone"] = "2026-11-20"
    _save(path, rows)


def _removed(datasets: Path, number: int) -> None:
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    rows = _rows(path)
    if len(rows) > 2:
        del rows[number % len(rows)]
    _save(path, rows)


def _renamed(datasets: Path, number: int) -> None:
    path = sorted(datasets.glob("*/observed/*.jsonl"))[number % 3]
    rows = _rows(path)
    rows[number % len(rows)]["key"] = f"nowy-klucz-{number}"
    _save(path, sorted(rows, key=lambda row: str(row["key"])))


def _added(datasets: Path, number: int) -> None:
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    row = {**_rows(path)[0], "key": f"dodany-{number}", "values": {"name": f"Dodany <{number}>"}}
    _save(path, sorted([*_rows(path), row], key=lambda each: str(each["key"])))


def _corrected(datasets: Path, number: int) -> None:
    folder = datasets / "organisations" / "manual" / "zlota-raczka"
    folder.mkdir(parents=True, exist_ok=True)
    body = 'key: zlota-raczka\non: "2026-11-22"\nby: organizacja\nproof: "https://example.org/d"\nvalues:\n'
    (folder / f"2026-11-22-{number:08x}.yml").write_text(f"{body}  topics: [naprawy, {number}x]\n", "utf-8")


def _happened(datasets: Path, number: int) -> None:
    change = {"key": "zlota-raczka", "field": "name", "from": None, "to": f"n{number}", "on": "2026-11-21"}
    with (datasets / "organisations" / "history.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(change) + "\n")


def _template(datasets: Path, number: int) -> None:
    name = ("record.html", "list.html", "_parts.html", "base.html")[number % 4]
    path = datasets.parent / "site" / "templates" / name
    path.write_text(path.read_text("utf-8").replace("</a>", f"<!-- {number} --></a>", 1), "utf-8")


def _described(datasets: Path, number: int) -> None:
    path = sorted(datasets.glob("*/dataset.yml"))[number % 3]
    path.write_text(path.read_text("utf-8").replace("description: ", f"description: {number} ", 1), "utf-8")


def _ran(datasets: Path, number: int) -> None:
    path = datasets / "organisations" / "observed" / "desk.run.json"
    path.write_text(json.dumps({"source": "desk", "attempts": [], "last_success": f"2026-11-{number % 20 + 1:02d}"}))


EDITS: tuple[Callable[[Path, int], None], ...] = (
    _value, _gone, _removed, _renamed, _added, _corrected, _happened, _template, _described, _ran)  # fmt: skip


@pytest.mark.parametrize("large", [reading.LARGE, 0])
@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 99)), max_size=3), st.sampled_from(DAYS)),
        min_size=1,
        max_size=3,
    )
)
def test_on_top_of_an_older_build_the_bytes_are_those_of_a_clean_one(
    large: int,
    steps: list[tuple[list[tuple[Callable[[Path, int], None], int]], str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("world")
    datasets, out = _world(folder / "world"), folder / "out"
    assert _build(datasets, out, TODAY, large=large) == 0
    for number, (edits, today) in enumerate(steps):
        for edit, chance in edits:
            edit(datasets, chance)
        clean = folder / f"clean{number}"
        assert _build(datasets, clean, today) == _build(datasets, out, today, large=large)
        if clean.exists():
            said = [(edit.__name__, chance) for edit, chance in edits]
            assert difference(tree(clean), tree(out)) == [], (said, today)
    shutil.rmtree(folder)


def _untouched(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in out.rglob("*.html")}


def test_nothing_changed_nothing_is_made(tmp_path: Path) -> None:
    datasets, out = _world(tmp_path / "world"), tmp_path / "out"
    assert _build(datasets, out, TODAY, "2") == 0
    before, manifest = _untouched(out), (state_folder(out) / "manifest.json").stat().st_ino
    assert _build(datasets, out, TODAY) == 0
    assert _untouched(out) == before
    assert (state_folder(out) / "manifest.json").stat().st_ino == manifest, "the whole build was skipped"
    (out / "index.html").unlink()
    assert _build(datasets, out, TODAY) == 0
    assert (out / "index.html").exists(), "counter-example: a file that somebody took away comes back"


def test_one_record_changed_its_page_is_written_and_its_neighbours_are_not(tmp_path: Path) -> None:
    datasets, out = _world(tmp_path / "world"), tmp_path / "out"
    assert _build(datasets, out, TODAY) == 0
    before, old = _untouched(out), load_manifest(out)
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    path.write_text(path.read_text("utf-8").replace("616 78 01", "616 78 09"), "utf-8")
    assert _build(datasets, out, TODAY) == 0
    new = load_manifest(out)
    made = {name for name in new.units if new.units[name] != old.units[name]}
    assert any(name.startswith("records organisations") for name in made)
    assert not any(name.startswith("lists services") for name in made), "no service refers to that organisation"
    assert not made & {"front pl", "sources pl", "missing"}, "they show figures, and none changed"
    assert {"search", "files organisations", "sqlite"} <= made, "counter-example: they read every record"
    changed = {name for name, node in _untouched(out).items() if before.get(name) != node}
    assert "zlota-raczka.html" in changed
    assert "krs-0000207658.html" not in changed


def _made_again(datasets: Path, out: Path, before: str, after: str) -> set[str]:
    """Units that a change of one line of organisations makes again, without the parts of lists."""
    old = load_manifest(out).units
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    assert _build(datasets, out, TODAY) == 0
    new = load_manifest(out).units
    parts = {part for unit in new.values() for part in unit.parts}
    return {name for name in new if new[name] != old.get(name)} - parts


def test_one_changed_record_makes_exactly_these_units_again(tmp_path: Path) -> None:
    datasets, out = _world(tmp_path / "world"), tmp_path / "out"
    assert _build(datasets, out, TODAY) == 0
    start = next(name.split()[-1] for name in load_manifest(out).units if name.startswith("forms organisations "))
    every = {f"{kind} {tongue}organisations{end}" for kind, end in (("records", f" {start}"), ("lists", ""), ("az", ""))
             for tongue in ("", "en/")}  # fmt: skip
    every |= {f"finder {tongue} screen samotny-rodzic" for tongue in ("pl", "en")}  # chosen from all organisations
    every |= {f"quality {tongue}" for tongue in ("pl", "en")}  # a finding names it
    bulk = {"search", "sqlite", "web", "closing", "files organisations", "xlsx organisations",
            "files of records organisations", f"forms organisations {start}"}  # fmt: skip
    assert _made_again(datasets, out, "samotnych matek", "samotnych ojców") == every | bulk
    pointed_at = _made_again(datasets, out, "Pod Lipą", "Pod Dębem")
    assert pointed_at >= bulk | {"files calls", "lists calls"}, "counter-example: calls name this one"


def test_a_file_edited_within_the_same_tick_and_size_is_seen(tmp_path: Path) -> None:
    datasets, out = _world(tmp_path / "world"), tmp_path / "out"
    path = datasets / "organisations" / "observed" / "desk.jsonl"
    assert _build(datasets, out, TODAY) == 0
    state = path.stat()
    path.write_text(path.read_text("utf-8").replace("616 78 01", "616 78 09"), "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    if time.time_ns() - state.st_mtime_ns < 2e9:  # on a slow machine the file is old by now, and its time is trusted
        assert _build(datasets, out, TODAY) == 0
        assert "616 78 09" in (out / "organizacje" / "zlota-raczka.html").read_text("utf-8").replace("\u00a0", " ")


def test_another_dictionary_of_forms_is_another_order(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, plain = metadata.version, asked("a wish")
    assert asked("a wish") == plain != asked("another wish")
    for name in ("morfeusz2", "jinja2"):
        monkeypatch.setattr(metadata, "version", lambda each, name=name: "0" if each == name else ours(each))
        assert asked("a wish") != plain

    def lacking(each: str) -> str:
        if each == "morfeusz2":
            raise metadata.PackageNotFoundError(each)
        return ours(each)

    monkeypatch.setattr(metadata, "version", lacking)
    assert asked("a wish") != plain
