"""The daily commit: what changed in the world since the last one, as history lines and as a message people can read.

Before is the last daily commit, not the last commit: corrections that people merged in between belong to the day too.
The lines come from merged records, so that a claim that lost changes no history.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from spojnik.catalog import Dataset
from spojnik.corrections import github
from spojnik.finding import Stopped
from spojnik.order import Order, load
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.store import dump_line
from spojnik.values import clean
from spojnik.words import plural
from spojnik.world import World, load_world, stop_on

PREFIX = "Dzień"
SHOWN = 60


class Day(NamedTuple):
    """dataset id → history lines in canonical order, and the commit's message."""

    lines: Mapping[str, Sequence[Mapping[str, Any]]]
    message: str


def day(before: World | None, after: World) -> Day:
    """Compare two worlds. Without `before` (nothing was ever committed, or it cannot be read) there is no history."""
    lines: dict[str, list[dict[str, Any]]] = {}
    for dataset in after.catalog:
        if before is not None and dataset.id in before.records:
            known = {_mark(change.key, change.field, change.after) for change in after.history[dataset.id]
                     if change.on >= before.today}  # fmt: skip
            found = list(_lines(dataset, before.records[dataset.id], after.records[dataset.id], after.today))
            lines[dataset.id] = [line for line in found if _mark(line["key"], line["field"], line["to"]) not in known]
    return Day({name: found for name, found in lines.items() if found}, _message(before, after))


def _mark(key: str, field: str, value: Any) -> tuple[str, str, bytes]:
    return key, field, orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _lines(
    dataset: Dataset, before: Mapping[str, Merged], after: Mapping[str, Merged], today: str
) -> Iterator[dict[str, Any]]:
    """One line for a record that is new or has ended, one a field for others."""
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            yield _line(key, "added", None, today, today, _origin(new, dataset.spec.name))
        elif old is not None and (new is None or new.gone != old.gone):
            yield _line(key, "gone", old.gone or None, (new.gone or None) if new else today, today, "")
        if old is None or new is None:
            continue
        for field in fields(dataset.model):
            one, two = old.values.get(field.name), new.values.get(field.name)
            if one != two and field.name != "key":
                yield _line(key, field.name, one, two, today, _origin(new, field.name) or _origin(old, field.name))


def _line(key: str, field: str, before: Any, after: Any, on: str, origin: str) -> dict[str, Any]:
    return {"key": key, "field": field, "from": before, "to": after, "on": on, **({"origin": origin} if origin else {})}


def _origin(record: Merged, field: str) -> str:
    claims = record.why.get(field, ())
    return claims[0].origin.source if claims else ""


def _message(before: World | None, after: World) -> str:
    new = ended = changed = 0
    told: list[str] = []
    for dataset in after.catalog:
        if before is None or dataset.id not in before.records:
            continue
        old = before.records[dataset.id]
        said = list(_told(dataset, old, after.records[dataset.id], after.today))
        new += sum(kind == "new" for kind, _ in said)
        ended += sum(kind == "ended" for kind, _ in said)
        changed += sum(kind == "changed" for kind, _ in said)
        told += [f"{dataset.spec.title}:", *(f"- {text}" for _, text in said), ""] if said else []
    counts = [
        f"{new} {plural(new, 'nowy wpis', 'nowe wpisy', 'nowych wpisów')}" if new else "",
        f"{changed} {plural(changed, 'zmiana', 'zmiany', 'zmian')}" if changed else "",
        f"{ended} {plural(ended, 'koniec', 'końce', 'końców')}" if ended else "",
    ]
    subject = f"{PREFIX} {after.today}: {', '.join(part for part in counts if part) or 'nic się nie zmieniło'}"
    more = [f"I jeszcze {len(told) - SHOWN} linii; wszystkie są w history.jsonl.", ""] if len(told) > SHOWN else []
    return "\n".join([subject, "", *told[:SHOWN], *more, *_runs(after)]).rstrip() + "\n"


def _told(
    dataset: Dataset, before: Mapping[str, Merged], after: Mapping[str, Merged], today: str
) -> Iterator[tuple[str, str]]:
    by_name = {field.name: field for field in fields(dataset.model)}
    for line in _lines(dataset, before, after, today):
        record = after.get(line["key"]) or before[line["key"]]
        name = _quiet(title_of(dataset, record))
        if line["field"] == "added":
            yield "new", f"nowy: {name}"
        elif line["field"] == "gone":
            yield ("ended", f"koniec: {name}") if line["to"] else ("changed", f"znów jest: {name}")
        else:
            field = by_name[line["field"]]
            shown = [_quiet(str(field.kind.show(value)))[:80] if value is not None else "nieznane"
                     for value in (line["from"], line["to"])]  # fmt: skip
            yield "changed", f"{name}: {field.label}: {shown[0]} → {shown[1]}"


def _quiet(text: str) -> str:
    """One line that calls nobody: GitHub reads @names, #numbers and "fixes" in messages."""
    return re.sub(r"([@#])(?=\w)", "\\1\u2060", " ".join(clean(text).split()))[:200]


def _runs(world: World) -> Iterable[str]:
    """Which sources were asked today and what came of it."""
    answered: list[str] = []
    silent: list[str] = []
    for dataset in world.catalog:
        for source, run in world.runs[dataset.id].items():
            attempts = run.get("attempts") or []
            if attempts and str(attempts[0].get("started", ""))[:10] == world.today:
                (answered if attempts[0].get("ok") else silent).append(f"{source} ({dataset.id})")
    if answered:
        yield f"Odpowiedziały: {', '.join(sorted(answered))}."
    if silent:
        yield f"Nie odpowiedziały albo odpowiedziały inaczej niż zwykle: {', '.join(sorted(silent))}."


def commit_day(root: Path, order: Order) -> bool:
    """Write history, commit `datasets/` of the repository at `root`. Raises Stopped when the data must not stand.

    history.jsonl starts from the committed one: parallel jobs each brought their own. False when nothing changed.
    """
    for dataset in sorted(order.datasets.glob("*/history.jsonl")):
        name = dataset.resolve().relative_to(root.resolve()).as_posix()
        committed = github.git("ls-tree", "--name-only", "HEAD", "--", name, folder=root).strip()
        if committed:
            dataset.write_text(github.git("show", f"HEAD:{name}", folder=root), "utf-8")
    after, findings = load(order)
    stop_on(findings)
    base = github.git("log", "-1", "--format=%H %cs", "-E", f"--grep=^{PREFIX} [0-9]{{4}}-", folder=root).split()
    base = base or github.git("log", "-1", "--format=%H %cs", folder=root).split()
    with tempfile.TemporaryDirectory() as folder:
        found = day(_world_at(root, base[0], Path(folder), order, base[1]), after)
        for name, lines in found.lines.items():
            with (after.catalog.datasets[name].folder / "history.jsonl").open("ab") as history:
                history.writelines(dump_line(line) for line in lines)
        return github.commit(found.message, (order.datasets.resolve().relative_to(root.resolve()).as_posix(),), root)


def _world_at(root: Path, commit: str, folder: Path, order: Order, committed_on: str) -> World | None:
    """The world of an earlier commit, read from a copy; None when it cannot be read any more."""
    name = order.datasets.resolve().relative_to(root.resolve()).as_posix()
    packed = subprocess.run(["git", "archive", "--format=zip", commit, "--", name], cwd=root, capture_output=True)
    if packed.returncode:
        return None
    with zipfile.ZipFile(io.BytesIO(packed.stdout)) as archive:  # Debian's Python 3.11.2 unpacks no tar file safely
        archive.extractall(folder)
    try:
        return load_world(folder / name, order.site_file, committed_on)
    except Stopped:
        return None


def pack(root: Path, folder: Path) -> int:
    """Copy what collecting changed under `datasets/*/observed/` into `folder`, paths kept; how many files.

    Parallel jobs each bring only what they changed, so that none overwrites another's work with the old state.
    """
    listed = github.git("ls-files", "-z", "--modified", "--others", "--exclude-standard", "--", "datasets", folder=root)
    names = [name for name in listed.split("\0") if re.fullmatch(r"datasets/\w+/observed/[\w.-]+", name)]
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((root / name).read_bytes())
    return len(names)
