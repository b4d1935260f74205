"""What a unit of the build may read, as one digest: the key under which its outputs of the last build still hold.

A unit that says nothing reads everything. A unit of a dataset reads its records (or those it names), the records they
refer to and those that refer to them, and what these in turn refer to: pages show no more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import orjson
import xxhash

from spojnik.finding import Finding
from spojnik.manifest import Seen
from spojnik.origin import Observation
from spojnik.schema import Record, fields
from spojnik.web.rows import References, references
from spojnik.world import World

_DAILY = ("observed", "manual", "history.jsonl")


class Readings:
    """Digests of one world, each made when first asked for."""

    def __init__(self, world: World, inputs: Mapping[str, Seen], findings: Sequence[Finding]) -> None:
        self._world, self._inputs, self._findings = world, inputs, findings
        self._datasets: dict[str, str] = {}

    @cached_property
    def frame(self) -> str:
        """Everything but records: code, templates, texts, schemas, joins, the facts of the site, and the day."""
        root = str(self._world.catalog.root)
        rest = [seen.digest for path, seen in self._inputs.items() if not _is_daily(root, path)]
        return _digest([self._world.today, rest, [path for path in self._inputs if not _is_daily(root, path)]])

    @cached_property
    def whole(self) -> str:
        """Everything."""
        findings = [str(finding) for finding in self._findings]
        inputs = [(path, seen.digest) for path, seen in self._inputs.items()]
        return _digest([self.frame, inputs, findings])

    def key(self, name: str, dataset: str, keys: Sequence[str] | None) -> str:
        """The key of a unit. dataset "": it reads everything; keys None: it reads all records of its dataset."""
        if not dataset:
            return _digest([name, self.whole])
        records = self._world.records[dataset]
        own = [(dataset, key) for key in (records if keys is None else keys)]
        pointing = [] if keys is None else [place[::2] for each in own for place in self._joined.get(each, ())]
        beyond = [target for each in (*own, *pointing) for target in self._led_to(*each)]
        read = [self._records.get(place, "") for place in (*own, *pointing, *beyond)]
        # Large datasets are published in another way, so that their size counts too.
        return _digest([name, self.frame, len(records), own, read, self.dataset(dataset) if keys is None else ""])

    def _led_to(self, dataset: str, key: str) -> list[tuple[str, str]]:
        """The records that a record refers to, whether they exist or not."""
        values = self._world.records[dataset][key].values
        found = []
        for name, target in _targets(self._world.catalog.datasets[dataset].model):
            value = values.get(name)
            found += [(target, each) for each in (value if isinstance(value, list) else [value] if value else [])]
        return found

    @cached_property
    def _joined(self) -> References:
        return references(self._world)

    def dataset(self, name: str) -> str:
        """All observations and the history of a dataset."""
        if name not in self._datasets:
            said = [_observation(each) for each in self._world.said[name]]
            self._datasets[name] = _digest([said, [list(map(str, c)) for c in self._world.history[name]]])
        return self._datasets[name]

    @cached_property
    def _records(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], list[str]] = {}
        for dataset in self._world.catalog:
            for said in self._world.said[dataset.id]:
                joined = dataset.same.get(said.key)
                key = joined["key"] if isinstance(joined, Mapping) and "key" in joined else said.key
                found.setdefault((dataset.id, key), []).append(_observation(said))
            for change in self._world.history[dataset.id]:
                found.setdefault((dataset.id, change.key), []).append(repr(change))
        return {place: _digest(parts) for place, parts in found.items()}


def _is_daily(root: str, path: str) -> bool:
    """Whether an input is records, which keys count one by one: `<root>/<dataset>/observed/…`."""
    parts = path.removeprefix(root).strip("/").split("/")
    return path.startswith(root) and len(parts) > 1 and parts[1] in _DAILY


@lru_cache
def _targets(model: type[Record]) -> tuple[tuple[str, str], ...]:
    pairs = ((field.name, (field.kind.item or field.kind).target) for field in fields(model))
    return tuple((name, target) for name, target in pairs if target)


def _observation(said: Observation) -> str:
    rest = (said.since, said.changed, said.gone, said.was, said.doubt)
    return xxhash.xxh3_64_hexdigest(orjson.dumps((said.key, said.values, tuple(said.origin), *rest)))


def _digest(parts: Iterable[object]) -> str:
    return xxhash.xxh3_128_hexdigest(orjson.dumps(list(parts), default=repr))
