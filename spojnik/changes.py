"""Edition against edition: which records were added, changed or gone, and how to say it in Polish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from spojnik import words
from spojnik.catalog import Dataset
from spojnik.schema import fields

if TYPE_CHECKING:
    from spojnik.world import Change, World

Row = Mapping[str, Any]
Rows = Mapping[str, Row]


class Difference(NamedTuple):
    """What makes one set of rows into another. added: whole rows by key; changed: key → field → (before, after), None
    for unknown; gone: keys."""

    added: Mapping[str, Row]
    changed: Mapping[str, Mapping[str, tuple[Any, Any]]]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def compare(before: Rows, after: Rows) -> Difference:
    """The difference between two states of a dataset: key → field → value; a missing field and None are the same."""
    changed = {key: found for key in before.keys() & after.keys() if (found := _fields(before[key], after[key]))}
    return Difference(
        {key: after[key] for key in sorted(after.keys() - before.keys())},
        {key: changed[key] for key in sorted(changed)},
        tuple(sorted(before.keys() - after.keys())),
    )


def _fields(before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """Compared as they are written: to Python 1, 1.0 and True are equal, to a reader of the file they are not."""
    if orjson.dumps(before) == orjson.dumps(after):
        return {}
    return {name: (before.get(name), after.get(name)) for name in sorted(before.keys() | after.keys())
            if orjson.dumps(before.get(name)) != orjson.dumps(after.get(name))}


def changed_on(world: World, dataset: Dataset) -> dict[str, str]:
    """key → the last day on which anything about the record changed, as observations and history know."""
    days = {key: gist.changed for key, gist in world.gists[dataset.id].items()}
    for change in world.history.get(dataset.id, ()):
        days[change.key] = max(days.get(change.key, ""), change.on[:10])
    return days


def by_key(changes: Iterable[Change]) -> dict[str, tuple[Change, ...]]:
    """The history of a dataset as histories of its records, in the order written."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.key, []).append(change)
    return {key: tuple(found) for key, found in grouped.items()}


def in_words(dataset: Dataset, change: Change) -> str:
    """One change as a Polish sentence: "Termin: było „12 marca 2026”, jest „19 marca 2026”."."""
    if change.field == "added":
        return "Nowy wpis."
    if change.field == "gone":
        return "Nie ma już na liście źródła."
    field = next((one for one in fields(dataset.model) if one.name == change.field), None)
    label = field.label if field else change.field
    before, after = (_shown(field, value) for value in (change.before, change.after))
    return f"{label}: było {before}, jest {after}."


def _shown(field: Any, value: Any) -> str:
    if value is None:
        return "nieznane"
    try:
        text = field.kind.show(value)
    except (AttributeError, TypeError, ValueError):  # a value written under an older schema, kept as it was
        text = words.plain(value)
    return f"„{text}”"
