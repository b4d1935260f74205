"""Everything the build works on, loaded once: the catalogue, the merged records and what is known about them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from spojnik import figures
from spojnik.catalog import Catalog, Dataset, load_catalog
from spojnik.finding import Finding, Level, Stopped
from spojnik.merge import merge
from spojnik.observed import observations, run_record
from spojnik.origin import Merged, Observation
from spojnik.schema import fields
from spojnik.site import Site, load_site
from spojnik.store import iter_jsonl, load_yaml

OWN_PAGES = 2_000  # records with a form page each; above that one page a dataset reads the record's JSON


class Change(NamedTuple):
    """One line of `history.jsonl`: on a day a field of a record went from one value to another, as a source said."""

    dataset: str
    key: str
    field: str
    before: Any
    after: Any
    on: str
    source: str


class World(NamedTuple):
    """All inputs of the outputs. records: dataset id → key → record, sorted by key. said: the raw observations.
    history: the lines of a dataset in order; told: the same for one record. large: whether a dataset has
    one form for all its records. standing: how many of them have not ended. newest: the last day anybody looked;
    modified: the last day on which a value changed, as far as observations know ("" without any). stated, published,
    closing: what spojnik.figures counts."""

    catalog: Catalog
    site: Site
    today: str
    records: Mapping[str, Mapping[str, Merged]]
    findings: tuple[Finding, ...]
    runs: Mapping[str, Mapping[str, Mapping[str, Any]]]
    history: Mapping[str, tuple[Change, ...]]
    sheltered: frozenset[str]
    said: Mapping[str, tuple[Observation, ...]]
    told: Mapping[str, Mapping[str, tuple[Change, ...]]]
    large: Mapping[str, bool]
    standing: Mapping[str, int]
    newest: Mapping[str, str]
    modified: Mapping[str, str]
    stated: Mapping[str, Mapping[str, int]]
    published: Mapping[str, Mapping[str, int]]
    closing: Mapping[str, tuple[str, ...]]

    def record(self, dataset: str, key: str) -> Merged | None:
        """A record, or None where there is none under that key."""
        return self.records.get(dataset, {}).get(key)


def load_world(
    root: Path, site_file: Path, today: str, only: tuple[str, ...] = (), base_url: str | None = None, jobs: int = 1
) -> World:
    """Read a whole repository of content, with so many processes. Raises Stopped when the catalogue or the site's facts
    cannot be read."""
    site = load_site(site_file, base_url)
    catalog = load_catalog(root, only)
    records: dict[str, dict[str, Merged]] = {}
    history: dict[str, tuple[Change, ...]] = {}
    said_of: dict[str, tuple[Observation, ...]] = {}
    findings: list[Finding] = []
    for dataset in catalog:
        said = observations(dataset, jobs)
        findings += said.findings
        said_of[dataset.id] = said.observations
        records[dataset.id] = merge(dataset, said.observations)
        history[dataset.id] = _history(dataset, findings)
    runs = {
        dataset.id: {source.id: run_record(dataset, source.id) for source in dataset.spec.sources}
        for dataset in catalog
    }
    sheltered = _sheltered(root, findings)
    shown = blank_seats(catalog, records, sheltered)
    public = {name: untold(changes, records[name], sheltered) for name, changes in history.items()}
    return assembled(catalog, site, today, shown, said_of, public, tuple(findings), runs, sheltered)


def assembled(
    catalog: Catalog,
    site: Site,
    today: str,
    records: Mapping[str, Mapping[str, Merged]],
    said: Mapping[str, tuple[Observation, ...]],
    history: Mapping[str, tuple[Change, ...]],
    findings: tuple[Finding, ...] = (),
    runs: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
    sheltered: frozenset[str] = frozenset(),
) -> World:
    """A world of its parts, with the figures that many pages ask for counted once."""
    return World(
        catalog, site, today, records, findings, runs or {}, history, sheltered, said,
        told={name: _by_key(changes) for name, changes in history.items()},
        large={name: len(found) > OWN_PAGES for name, found in records.items()},
        standing={name: sum(not record.gone for record in found.values()) for name, found in records.items()},
        newest={name: max((each.origin.seen_on for each in found), default="") for name, found in said.items()},
        modified={name: max((max(o.changed, o.gone) for o in found), default="") for name, found in said.items()},
        stated=figures.Counted(records, lambda name: figures.stated(records[name].values())),
        published=figures.Counted(records, lambda name: figures.published(records[name].values())),
        closing=figures.Counted(
            records, lambda name: figures.closing(catalog.datasets[name], records[name].values(), today)),
    )  # fmt: skip


def _by_key(changes: tuple[Change, ...]) -> dict[str, tuple[Change, ...]]:
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        grouped.setdefault(change.key, []).append(change)
    return {key: tuple(found) for key, found in grouped.items()}


def _history(dataset: Dataset, findings: list[Finding]) -> tuple[Change, ...]:
    path = dataset.folder / "history.jsonl"
    if not path.exists():
        return ()
    names = {field.name for field in fields(dataset.model)}
    changes = []
    for line in iter_jsonl(path):
        row = line.data
        if not isinstance(row, dict) or not {"key", "field", "on"} <= row.keys():
            findings.append(
                Finding(
                    "history",
                    Level.STOP,
                    dataset.id,
                    "",
                    "",
                    None,
                    line.place(),
                    "redakcja",
                    "linia historii jest niepełna",
                    "Przywróć plik z historii zmian.",
                )
            )
        elif row["field"] in names or row["field"] in ("added", "gone"):
            changes.append(
                Change(
                    dataset.id,
                    str(row["key"]),
                    str(row["field"]),
                    row.get("from"),
                    row.get("to"),
                    str(row["on"]),
                    str(row.get("origin", "")),
                )
            )
    return tuple(changes)


def _sheltered(root: Path, findings: list[Finding]) -> frozenset[str]:
    """Keys of organisations whose seat may be a shelter: `datasets/sheltered.yml`, keys under `organisations`."""
    path = root / "sheltered.yml"
    if not path.exists():
        return frozenset()
    located = load_yaml(path)
    findings += [finding._replace(level=Level.STOP) for finding in located.findings]
    listed = located.data.get("keys", []) if isinstance(located.data, dict) else []
    return frozenset(str(key) for key in listed if key)


SEAT_FIELDS = frozenset({"street", "postal_code", "district", "address", "opening_hours", "hours", "place"})
# A mailbox, a domain or a source's page may name the estate that the address does not: only the telephone stays.
TELLING_FIELDS = SEAT_FIELDS | {"email", "website", "url", "booking_url"}


def hides(record: Merged, sheltered: frozenset[str]) -> bool:
    """Whether the whereabouts of a record must not be known: it says so itself, or `sheltered.yml` names it."""
    return record.key in sheltered or record.values.get("sheltered") is True


def blank_seats(
    catalog: Catalog, records: Mapping[str, Mapping[str, Merged]], sheltered: frozenset[str]
) -> dict[str, dict[str, Merged]]:
    """Take the whereabouts, and the pages that may print them, out of every hidden record before any output."""

    def safe(record: Merged) -> Merged:
        if not hides(record, sheltered):
            return record
        why = {
            name: tuple(claim._replace(origin=claim.origin._replace(urls=())) for claim in claims)
            for name, claims in record.why.items()
            if name not in TELLING_FIELDS
        }
        return record._replace(
            values={name: value for name, value in record.values.items() if name not in TELLING_FIELDS},
            why=why,
            doubts={name: doubt for name, doubt in record.doubts.items() if name not in TELLING_FIELDS},
        )

    return {dataset.id: {key: safe(record) for key, record in records[dataset.id].items()} for dataset in catalog}


def untold(changes: tuple[Change, ...], records: Mapping[str, Merged], sheltered: frozenset[str]) -> tuple[Change, ...]:
    """The history without the whereabouts of hidden records: an old value tells as much as a new one."""
    hidden = {key for key, record in records.items() if hides(record, sheltered)} | sheltered
    return tuple(each for each in changes if each.key not in hidden or each.field not in TELLING_FIELDS)


def stop_on(findings: tuple[Finding, ...]) -> None:
    """Raise Stopped when any finding is heavy enough to keep the last good site in place."""
    stopping = tuple(finding for finding in findings if finding.level is Level.STOP)
    if stopping:
        raise Stopped(stopping)
