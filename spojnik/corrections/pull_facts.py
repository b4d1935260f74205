"""What a pull request changes in the world, as plain facts: made by the workflow that may run its code.

The facts travel as JSON to the workflow that may speak (see pull_report.py), which trusts nothing in them.
"""

from __future__ import annotations

import filecmp
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Bound
from stdnum.pl import pesel

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.finding import Finding, Level
from spojnik.origin import MANUAL, Merged
from spojnik.ranks import title_of
from spojnik.schema import Field, fields
from spojnik.web.shown import DOUBTS
from spojnik.words import plain
from spojnik.world import World

MOST_BYTES = 1_000_000
SHOWN = 30
HIDDEN = "(ukryte)"
Short = Annotated[str, StringConstraints(max_length=300)]
Long = Annotated[str, StringConstraints(max_length=1000)]


class _Fact(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FieldChange(_Fact):
    """One field of one record, as people read it; "" is unknown. doubt: a sentence, "" for none."""

    label: Short
    before: Long
    after: Long
    doubt: Short = ""


class RecordChange(_Fact):
    """One record: what happened to it, who says so and where it can be seen."""

    dataset: Short
    title: Short
    key: Short
    folder: Short
    what: Short
    by: Short = ""
    proof: Annotated[str, StringConstraints(max_length=2000)] = ""
    fields: Annotated[tuple[FieldChange, ...], Bound(max_length=100)] = ()


class Seen(_Fact):
    """One finding that the base does not have."""

    level: Annotated[int, Bound(ge=1, le=4)]
    place: Short
    field: Short
    value: Short
    why: Long
    todo: Long


class Facts(_Fact):
    """Everything the report says. more: records changed beyond those listed; foreign: changed files outside data."""

    records: Annotated[tuple[RecordChange, ...], Bound(max_length=SHOWN)] = ()
    more: Annotated[int, Bound(ge=0)] = 0
    findings: Annotated[tuple[Seen, ...], Bound(max_length=SHOWN)] = ()
    more_findings: Annotated[int, Bound(ge=0)] = 0
    stopped: bool = False
    pages: Annotated[tuple[Short, ...], Bound(max_length=SHOWN)] = ()
    foreign: Annotated[tuple[Short, ...], Bound(max_length=SHOWN)] = ()


class Side(BaseModel):
    """The world on one side of a pull request, or None where it cannot be read, with what the checks found."""

    model_config = ConfigDict(arbitrary_types_allowed=True, frozen=True)

    world: Any
    findings: tuple[Any, ...]


def facts(before: Side, after: Side, foreign: Sequence[str]) -> Facts:
    """Compare two sides. Findings that the base has too are not this pull request's."""
    old = {_same(finding) for finding in before.findings}
    fresh = [finding for finding in after.findings if _same(finding) not in old and finding.level >= Level.WARN]
    fresh.sort(key=lambda finding: (-finding.level, finding.place, finding.key, finding.field))
    changed = list(_changes(before.world, after.world)) if before.world and after.world else []
    secret = {(finding.dataset, finding.key) for finding in after.findings if finding.level is Level.STOP}
    labels = _labels(after.world or before.world)
    pages = dict.fromkeys(page for _, found in changed for page in found)
    return Facts(
        records=tuple(_masked(change, secret) for change, _ in changed[:SHOWN]),
        more=max(0, len(changed) - SHOWN),
        findings=tuple(_seen(finding, labels) for finding in fresh[:SHOWN]),
        more_findings=max(0, len(fresh) - SHOWN),
        stopped=any(finding.level is Level.STOP for finding in after.findings),
        pages=tuple(page[:300] for page in list(pages)[:SHOWN]),
        foreign=tuple(name[:300] for name in foreign[:SHOWN]),
    )


def _same(finding: Finding) -> tuple[str, ...]:
    """What makes two findings the same doubt; lines move, so the place does not count."""
    return (finding.rule, finding.dataset, finding.key, finding.field, plain(finding.value), finding.why)


def _labels(world: World | None) -> dict[tuple[str, str], str]:
    """(dataset, field) → the name that people see."""
    return {(each.id, field.name): field.label for each in (world.catalog if world else ())
            for field in fields(each.model)}  # fmt: skip


def _masked(change: RecordChange, secret: Set[tuple[str, str]]) -> RecordChange:
    """A record that may not be published is not published by the report about it either."""
    if (change.folder, change.key) not in secret:
        return change
    hidden = tuple(each.model_copy(update={"before": HIDDEN, "after": HIDDEN}) for each in change.fields)
    return change.model_copy(update={"fields": hidden, "title": change.key})


def _seen(finding: Finding, labels: Mapping[tuple[str, str], str]) -> Seen:
    value = "" if finding.value is None else plain(finding.value)
    place = finding.place or "/".join(part for part in (finding.dataset, finding.key) if part)
    if any(pesel.is_valid(number) for number in re.findall(r"\d{11}", value)):
        value = HIDDEN
    label = labels.get((finding.dataset, finding.field), finding.field)
    return Seen(level=finding.level, place=place[-300:], field=label[:300], value=value[:120],
                why=finding.why[:1000], todo=finding.todo[:1000])  # fmt: skip


def _changes(before: World, after: World) -> Iterator[tuple[RecordChange, list[str]]]:
    for dataset in after.catalog:
        old, new = before.records.get(dataset.id, {}), after.records[dataset.id]
        said = {o.place for o in before.said.get(dataset.id, ()) if o.origin.source == MANUAL}
        for key in sorted(old.keys() | new.keys()):
            one, two = old.get(key), new.get(key)
            if one == two:
                continue
            changed = [field for field in fields(dataset.model) if _value(one, field) != _value(two, field)
                       or _doubt(one, field) != _doubt(two, field)]  # fmt: skip
            person = next((o.origin for o in after.said[dataset.id] if o.key == key and o.place and
                           o.origin.source == MANUAL and _name(o.place) not in map(_name, said)), None)  # fmt: skip
            record = two or one
            if record is None or not (changed or one is None or two is None or one.gone != two.gone or person):
                continue
            yield RecordChange(
                dataset=dataset.spec.title[:300],
                title=title_of(dataset, record)[:300],
                key=key,
                folder=dataset.id,
                what=_what(one, two),
                by=person.by if person else "",
                proof=next(iter(person.urls), "") if person else "",
                fields=tuple(_field(dataset, field, one, two) for field in changed if field.name != "key"),
            ), list(_pages(dataset, changed, one, two))  # fmt: skip


def _name(place: str) -> str:
    """The file without its folder and line: both sides lie in different folders."""
    return place.rsplit("/", 1)[-1].split(":")[0]


def _value(record: Merged | None, field: Field) -> Any:
    return record.values.get(field.name) if record else None


def _doubt(record: Merged | None, field: Field) -> str:
    return record.doubts.get(field.name, "") if record else ""


def _what(one: Merged | None, two: Merged | None) -> str:
    if one is None:
        return "nowy wpis"
    if two is None:
        return "wpis znika"
    if two.gone and not one.gone:
        return f"koniec od {two.gone}"
    return "poprawka"


def _field(dataset: Dataset, field: Field, one: Merged | None, two: Merged | None) -> FieldChange:
    shown = [str(field.kind.show(value))[:1000] if (value := _value(record, field)) is not None else "" for record in
             (one, two)]  # fmt: skip
    doubt = _doubt(two, field)
    return FieldChange(label=field.label[:300], before=shown[0], after=shown[1],
                       doubt=DOUBTS.get(doubt, "") if doubt != _doubt(one, field) else "")  # fmt: skip


def _pages(dataset: Dataset, changed: Sequence[Field], one: Merged | None, two: Merged | None) -> Iterator[str]:
    """Addresses of the pages that show the difference: the record, its list, the facet pages it joins or leaves."""
    record = two or one
    if record is not None:
        yield addresses.record_page(dataset.slug, record.key)
    yield addresses.list_page(dataset.slug)
    for field in changed:
        if field.f.facet:
            for value in (_value(one, field), _value(two, field)):
                for part in value if isinstance(value, list) else [value] if value is not None else []:
                    slug = addresses.slugify(str((field.kind.item or field.kind).show(part)))
                    yield addresses.facet_page(dataset.slug, addresses.slugify(field.label), slug)


def foreign_files(before: Path, after: Path) -> list[str]:
    """Files that differ between two checkouts and are not corrections: somebody who knows the code should look."""
    there = _files(before)
    here = _files(after)
    names = sorted(name for name in there.keys() | here.keys() if not _is_correction(name))
    return [name for name in names if name not in there or name not in here
            or not filecmp.cmp(there[name], here[name], shallow=False)]  # fmt: skip


def _is_correction(name: str) -> bool:
    parts = name.split("/")
    return len(parts) == 5 and parts[0] == "datasets" and parts[2] == MANUAL and parts[4].endswith(".yml")


_SKIPPED = {".git", ".venv", "node_modules", "dist", ".baza", "__pycache__", ".pytest_cache", ".ruff_cache", "raport"}


def _files(root: Path) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    folders = [root]
    while folders:
        for path in folders.pop().iterdir():
            if path.is_dir() and not path.is_symlink():
                folders += [] if path.name in _SKIPPED else [path]
            else:
                found[path.relative_to(root).as_posix()] = path
    return found
