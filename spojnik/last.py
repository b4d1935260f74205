"""What the last build left, for those units that would read the same again and so make the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from spojnik.manifest import Kept, Manifest
from spojnik.output import Put, Stage
from spojnik.reads import Readings
from spojnik.tuples import quick
from spojnik.unit import Made, Part, Unit


class LastBuild(NamedTuple):
    """The last build's manifest beside the world of this one."""

    manifest: Manifest
    stage: Stage
    readings: Readings

    def left(self, unit: Unit) -> Made | None:
        """What a unit left in the last build; None where it has to be made: it is new, an output of it is missing, or
        something that it was given or read has changed."""
        known = self.manifest.units.get(unit.name)
        if known is None or not self.stage.present.issuperset(known.names):
            return None
        if self.readings.key(unit.given, known.places) != known.key:
            return None
        puts = tuple([quick(Put, (each, self.manifest.files[each], False)) for each in known.names])
        return Made(puts, known.places, key=known.key)

    def kept(self, units: Iterable[Unit], made: Mapping[str, Made]) -> dict[str, Kept]:
        """What the next build has to know of every unit. One that was left as it was keeps its parts as they were."""
        found: dict[str, Kept] = {}
        for unit in units:
            one, old = made[unit.name], self.manifest.units.get(unit.name)
            key = one.key or self.readings.key(unit.given, one.places)
            if old is not None and old.key == key and not one.parts:
                found[unit.name] = old
                found.update((name, self.manifest.units[name]) for name in old.parts)
            else:
                found[unit.name] = Kept(key, _names(one), one.places, tuple(part.name for part in one.parts))
                found.update((part.name, self._part(part)) for part in one.parts)
        return found

    def _part(self, part: Part) -> Kept:
        return Kept(part.key or self.readings.key(part.given, part.places), _names(part), part.places)


def _names(made: Made | Part) -> tuple[str, ...]:
    return tuple([each.name for each in made.puts])
