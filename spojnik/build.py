"""load → merge → check → plan → write: the whole build on one screen. What the last build still holds stays."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from spojnik.finding import Finding
from spojnik.manifest import EMPTY, Manifest, Seen, asked, dump_manifest, load_manifest, read_inputs, same
from spojnik.order import Order, load
from spojnik.output import Clash, Written, finish, intact, open_stage, recover

if TYPE_CHECKING:
    from spojnik.unit import Unit
    from spojnik.web.pages import Press
    from spojnik.web.rows import References
    from spojnik.world import World


class Built(NamedTuple):
    """What came of it: the findings, and what was written."""

    findings: tuple[Finding, ...]
    written: Written


Progress = Callable[[str], None]
# The last build's plan, and with it the world: to let go of it takes a second for every 50 000 records, and a command
# that has built ends anyway (spojnik.commands.leave).
_STANDING: list[object] = []


def build(order: Order, progress: Progress) -> Built:
    """Make the site. Raises Stopped before anything under `order.out` changes."""
    progress("Czytam dane")
    recover(order.out)  # before its manifest is read: a killed build's moves belong to a later manifest
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
    from spojnik.last import LastBuild  # from here on: what an unchanged site never needs
    from spojnik.memory import recall, remembering
    from spojnik.reads import Readings, frame_of
    from spojnik.unit import made_of
    from spojnik.web.closing import closing_units
    from spojnik.workers import make_all
    from spojnik.world import stop_on

    frame = f"{wish} {frame_of(str(order.datasets), order.today, inputs)}"
    known = recall(order.out, frame)
    world, findings = load(order, known)
    stop_on(findings)
    stage = open_stage(order.out, before.files)
    plan = planned(world, findings, order)
    _STANDING[:] = [plan]
    comparable = before if before.order.split(" ")[0] == wish else EMPTY
    last = LastBuild(comparable, stage, Readings(world, plan.joined, inputs))
    if order.cluster is not None:
        from spojnik.cluster import make_on_cluster

        made = {unit.name: old for unit in plan.units if (old := last.left(unit)) is not None}
        todo = [unit for unit in plan.units if unit.name not in made]
        made |= make_on_cluster(todo, stage, order, inputs, progress)
    else:
        units = [*remembering(order.out, frame, world), *plan.units]
        made = make_all(units, stage, order.jobs, progress, last.left)
    stored = cast("Callable[[str], Any]", stage.file)  # a file on the disk or at an address: it is only read
    closing = list(closing_units(plan.press, {name: one.puts for name, one in made.items()}, stored))
    made |= {unit.name: last.left(unit) or made_of(unit, stage, last.left) for unit in closing}
    puts = [put for one in made.values() for put in one.puts]
    kept = last.kept((*plan.units, *closing), made)
    manifest = dump_manifest(f"{wish} {order.today}", inputs, kept, puts, findings)
    return Built(findings, finish(stage, puts, manifest))


class Planned(NamedTuple):
    """All units but the closing one, and what they are planned from. The press notes what is read of its world."""

    press: Press
    joined: References
    units: list[Unit]


def planned(world: World, findings: tuple[Finding, ...], order: Order) -> Planned:
    """What a checked world becomes, and what all processes say it with. Raises Clash for two units of one name."""
    from spojnik import words
    from spojnik.reads import Watched, watched
    from spojnik.web.pages import Press
    from spojnik.web.plan import units
    from spojnik.web.rows import references

    joined = references(world)
    press = Press(watched(world), order.site, editions=order.editions)
    found = units(press, Watched("joined", joined), findings)
    if len({unit.name for unit in found}) < len(found):
        raise Clash("two units of the build have one name")
    for locale in world.site.locales:
        words.catalogue(locale)  # before the processes part: each would read it again
    return Planned(press, joined, found)
