"""Reads what sources and people said of a dataset's records: `observed/*.jsonl` and `manual/<key>/*.yml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from spojnik.catalog import Dataset
from spojnik.finding import Finding, Level
from spojnik.kinds import DAY, PROSE, TEXT, URL, WHEN, Kind, Wrong, many
from spojnik.origin import MANUAL, Observation, Origin
from spojnik.reading import Reading, read_lines
from spojnik.schema import KEY, fields
from spojnik.sealed import Voice, Voices
from spojnik.store import Located, load_yaml

WHO = {"organizacja": "organizacja", "urząd": "urząd", "czytelnik": "czytelnik", "redakcja": "redakcja"}
_ROW = {
    "key": KEY,
    "urls": many(URL),
    "seen_on": DAY,
    "published": WHEN,
    "sha256": TEXT,
    "doubt": PROSE,
    "since": DAY,
    "changed": DAY,
    "gone": DAY,
}
_MANUAL = {"key": KEY, "on": DAY, "by": TEXT, "proof": TEXT, "until": DAY, "gone": DAY, "note": PROSE}
_ALONE = Reading()
MANUAL_FILE = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\.yml")


class Said(NamedTuple):
    """All observations of a dataset in a fixed order, and what was wrong with the files."""

    observations: Voices
    findings: tuple[Finding, ...]


def observations(dataset: Dataset, reading: Reading = _ALONE) -> Said:
    """Read every observation of a dataset. A broken file or value becomes a finding that stops the build."""
    findings: list[Finding] = []
    found: list[Voice] = []
    for path in sorted((dataset.folder / "observed").glob("*.jsonl")):
        if dataset.source(path.stem) is None:
            findings.append(
                _wrong(
                    dataset,
                    "",
                    "",
                    None,
                    f"{path}:1:1",
                    "tego źródła nie ma w dataset.yml",
                    "Dopisz je do „sources” albo usuń plik.",
                )
            )
            continue
        found += read_lines(path, dataset, partial(_observed, dataset, path.stem), reading, findings)
    for path in sorted((dataset.folder / "manual").glob("*/*")):
        correction = _manual(dataset, path, findings)
        if correction is not None:
            found.append(correction)
    return Said(Voices(found), tuple(findings))


def _wrong(dataset: Dataset, key: str, field: str, value: object, place: str, why: str, todo: str = "") -> Finding:
    return Finding("schema", Level.STOP, dataset.id, key, field, value, place, "redakcja", why, todo)


def _observed(
    dataset: Dataset, source: str, lines: Iterable[Located], findings: list[Finding]
) -> Iterator[Observation]:
    parsers = {field.name: field.kind for field in fields(dataset.model)}
    row_of, values_of = _quick(_ROW), _quick({name: kind for name, kind in parsers.items() if name != "key"})
    for located in lines:
        row, values = _clean(located, row_of, values_of)
        if row is None or values is None:
            row = _read(dataset, located, _ROW, ("key", "values", "seen_on"), findings)
            if row is None:
                continue
            values = _values(dataset, located, parsers, row["key"], ("values",), findings)
        origin = Origin(
            source, tuple(row.get("urls", ())), row["seen_on"], row.get("published", ""), row.get("sha256", "")
        )
        yield Observation(
            row["key"],
            values,
            origin,
            row.get("since", row["seen_on"]),
            row.get("changed", row["seen_on"]),
            row.get("gone", ""),
            {},
            row.get("doubt", ""),
            located.place(),
            located.mark,
        )


Reader = Mapping[str, Callable[[Any], Any]]


def _quick(kinds: Mapping[str, Kind]) -> Reader:
    return {name: kind.parse for name, kind in kinds.items()}


def _clean(located: Located, row_of: Reader, values_of: Reader) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Both halves of a row without a fault, as nearly all are: what `_read` and `_values` say, in a third of the time.
    None where a fault has to be named."""
    try:
        row, values = dict(located.data), {}
        for name, value in row.pop("values").items():
            read = values_of[name]
            if value is not None:
                values[name] = read(value)
        row = {name: row_of[name](value) for name, value in row.items()}
        published, seen_on = row.get("published", ""), row["seen_on"]
        too_late = len(published) == 10 and published > seen_on
        return (None, None) if too_late or not row["key"] else (row, values)
    except (Wrong, RecursionError, AttributeError, KeyError, TypeError, ValueError):
        return None, None


def _manual(dataset: Dataset, path: Path, findings: list[Finding]) -> Observation | None:
    """One person's correction; its file name carries the day and the hash so that two people never collide."""
    located = load_yaml(path)
    if located.findings:
        findings += [finding._replace(level=Level.STOP, dataset=dataset.id) for finding in located.findings]
        return None
    row = _read(dataset, located, _MANUAL, ("key", "on", "by", "proof"), findings)
    if row is None:
        return None
    key = row["key"]
    if not MANUAL_FILE.fullmatch(path.name) or path.parent.name != key:
        findings.append(
            _wrong(
                dataset,
                key,
                "",
                path.name,
                located.place(),
                "plik nazywa się inaczej niż powinien",
                f"Nazwij go manual/{key}/RRRR-MM-DD-8 znaków.yml.",
            )
        )
        return None
    if row["by"] not in WHO:
        findings.append(
            _wrong(
                dataset,
                key,
                "by",
                row["by"],
                located.place(("by",)),
                "nie wiadomo, kto to mówi",
                f"Wpisz jedno z: {', '.join(WHO)}.",
            )
        )
        return None
    parsers = {field.name: field.kind for field in fields(dataset.model)}
    values = _values(dataset, located, parsers, key, ("values",), findings)
    was = _values(dataset, located, parsers, key, ("was",), findings)
    for name, value in ((located.data.get("was") or {}) if isinstance(located.data.get("was"), dict) else {}).items():
        if value is None and name in parsers:
            was[name] = None
    proof = (row["proof"],) if row["proof"].startswith("http") else ()
    origin = Origin(MANUAL, proof, row["on"], row["on"], "", row["by"])
    return Observation(key, values, origin, row["on"], row["on"], row.get("gone", ""), was, "", located.place(),
                       located.mark)  # fmt: skip


def _read(
    dataset: Dataset, located: Located, kinds: Mapping[str, Kind], needed: tuple[str, ...], findings: list[Finding]
) -> dict[str, Any] | None:
    """The known parts of a row in canonical form; None when it cannot be used at all."""
    if located.findings or not isinstance(located.data, dict):
        broken = located.findings or (
            _wrong(
                dataset,
                "",
                "",
                None,
                located.place(),
                "to ma być zestaw pól",
                "Porównaj z innymi plikami w tym folderze.",
            ),
        )
        findings += [finding._replace(level=Level.STOP, dataset=dataset.id) for finding in broken]
        return None
    before = len(findings)
    row: dict[str, Any] = {}
    key = str(located.data.get("key", ""))
    for name, value in located.data.items():
        if name in ("values", "was"):
            continue
        kind = kinds.get(name)
        if kind is None:
            findings.append(
                _wrong(
                    dataset,
                    key,
                    name,
                    value,
                    located.place((name,)),
                    "nie ma takiego pola",
                    "Usuń je albo popraw nazwę.",
                )
            )
            continue
        try:
            row[name] = kind.parse(value)
        except Wrong as why:
            findings.append(_wrong(dataset, key, name, value, located.place((name,)), str(why)))
    for name in needed:
        if name not in located.data:
            findings.append(_wrong(dataset, key, name, None, located.place(), f"brakuje pola „{name}”", "Dopisz je."))
    if row.get("published") and len(row["published"]) == 10 and row["published"] > row.get("seen_on", "9999"):
        findings.append(
            _wrong(
                dataset,
                key,
                "published",
                row["published"],
                located.place(("published",)),
                "strona nie mogła powstać po dniu, w którym ją widziano",
                "Popraw jedną z dat.",
            )
        )
    return row if len(findings) == before else None


def _values(
    dataset: Dataset,
    located: Located,
    parsers: Mapping[str, Kind],
    key: str,
    under: tuple[str, ...],
    findings: list[Finding],
) -> dict[str, Any]:
    """Canonical values of an observation; a null or an unusable one is left out, the latter with a finding."""
    raw = located.data.get(under[0])
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        findings.append(
            _wrong(
                dataset, key, under[0], raw, located.place(under), "to ma być zestaw pól", "Wpisz nazwy pól i wartości."
            )
        )
        return {}
    values: dict[str, Any] = {}
    for name, value in raw.items():
        kind = parsers.get(name)
        if kind is None or name == "key":
            findings.append(
                _wrong(
                    dataset,
                    key,
                    name,
                    value,
                    located.place((*under, name)),
                    "nie ma takiego pola",
                    "Usuń je albo popraw nazwę.",
                )
            )
        elif value is not None:
            try:
                values[name] = kind.parse(value)
            except (Wrong, RecursionError) as why:
                findings.append(_wrong(dataset, key, name, value, located.place((*under, name)), str(why)))
    return values


def run_record(dataset: Dataset, source: str) -> Mapping[str, Any]:
    """`observed/<source>.run.json`: what happened when the source was last asked; {} when it never was."""
    try:
        read = orjson.loads((dataset.folder / "observed" / f"{source}.run.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return read if isinstance(read, dict) else {}
