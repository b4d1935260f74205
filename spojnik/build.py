"""load → merge → check → plan → write: the whole build on one screen. What the last build still holds stays."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, cast

from spojnik.finding import Finding
from spojnik.manifest import Manifest, Seen, asked, dump_manifest, load_manifest, read_inputs, same
from spojnik.order import Order, load
from spojnik.output import Clash, Output, Put, Stage, Written, finish, intact, open_stage, put

if TYPE_CHECKING:
    from spojnik.web.pages import Press


class Built(NamedTuple):
    """What came of it: the findings, and what was written."""

    findings: tuple[Finding, ...]
    written: Written


Progress = Callable[[str], None]


def build(order: Order, progress: Progress) -> Built:
    """Make the site. Raises Stopped before anything under `order.out` changes."""
    progress("Czytam dane")
    before = load_manifest(order.out)
    wish = asked(str(order.datasets), str(order.site), order.only, order.base_url, str(order.editions))
    inputs = read_inputs(order.inputs, before.inputs)
    if before.order == f"{wish} {order.today}" and same(inputs, before.inputs) and intact(order.out, before.files):
        return Built(before.findings, Written(0, len(before.files), 0))
    gc.disable()  # a world is millions of small things that all stay
    try:
        return _again(order, progress, before, wish, inputs)
    finally:
        gc.enable()


def _again(order: Order, progress: Progress, before: Manifest, wish: str, inputs: Mapping[str, Seen]) -> Built:
    """Everything that the last build does not answer for."""
    from spojnik.reads import Readings  # from here on: what an unchanged site never needs
    from spojnik.web.pages import Press
    from spojnik.web.plan import units
    from spojnik.workers import make_all
    from spojnik.world import stop_on

    world, findings = load(order)
    stop_on(findings)
    press = Press(world, order.site, editions=order.editions)
    stage = open_stage(order.out, before.files)
    planned = units(press, findings)
    readings = Readings(world, inputs, findings)
    keys = {unit.name: readings.key(unit.name, unit.dataset, unit.keys) for unit in planned}
    if len(keys) < len(planned):
        raise Clash("two units of the build have one name")
    keys[CLOSING] = readings.key(CLOSING, "", None)
    old = before if before.order.split(" ")[0] == wish else before._replace(units={})
    made = {unit.name: held for unit in planned if (held := _held(stage, old, unit.name, keys[unit.name])) is not None}
    made |= make_all([unit for unit in planned if unit.name not in made], stage, order.jobs, progress)
    made[CLOSING] = _held(stage, old, CLOSING, keys[CLOSING]) or _close(press, stage, made)
    everything = [put for puts in made.values() for put in puts]
    manifest = dump_manifest(f"{wish} {order.today}", inputs, keys, made, findings)
    return Built(findings, finish(stage, everything, manifest))


CLOSING = "closing"


def _held(stage: Stage, before: Manifest, name: str, key: str) -> list[Put] | None:
    """The outputs that a unit left in the last build, if it would make the same again."""
    known, names = before.units.get(name, ("", ()))
    if known != key or not stage.present.issuperset(names):
        return None
    return [Put(each, before.files[each], False) for each in names]


class Stored(NamedTuple):
    """An output that is already a file: it is read when somebody wants its bytes, so that memory never holds all."""

    path: PurePosixPath
    file: Path

    @property
    def body(self) -> bytes:
        """The bytes."""
        return self.file.read_bytes()


def _close(press: Press, stage: Stage, made: Mapping[str, Iterable[Put]]) -> list[Put]:
    """What is made of the other files: those under `dane/`, for the archive and the checksums."""
    from spojnik.web.plan import closing_unit

    names = sorted(each.name for puts in made.values() for each in puts)
    data = [name for name in names if name.startswith("dane/") and name.count("/") == 1]
    stored = [Stored(PurePosixPath(name), stage.file(name)) for name in data]
    return [put(stage, output) for output in closing_unit(press, cast("list[Output]", stored))]
