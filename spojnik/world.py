"""Everything the build works on, loaded once: the catalogue, the merged records and what is known about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from spojnik import figures
from spojnik.catalog import Catalog, Dataset, load_catalog
from spojnik.changes import by_key
from spojnik.checks import About
from spojnik.finding import Finding, Level, Stopped
from spojnik.gist import Gist, gist
from spojnik.hidden import TELLING_FIELDS
from spojnik.merge import voices_by_key
from spojnik.observed import observations, run_record
from spojnik.origin import Merged, Observation
from spojnik.reading import Reading
from spojnik.schema import fields
from spojnik.sealed import Records, Remembered, Sealed, Voices, alone, opened
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
    """All inputs of the outputs. records: dataset id → key → record, sorted by key; a large dataset merges one when
    somebody asks for it. gists: the same keys, with what looks at all records need. said: the raw observations.
    history: the lines of a dataset in order; told: the same for one record. large: whether a dataset has
    one form for all its records. standing: how many of them have not ended. newest: the last day anybody looked;
    modified: the last day on which a value changed, as far as observations know ("" without any). stated, published,
    closing: what spojnik.figures counts."""

    catalog: Catalog
    site: Site
    today: str
    records: Mapping[str, Mapping[str, Merged]]
    gists: Mapping[str, Mapping[str, Gist]]
    findings: tuple[Finding, ...]
    runs: Mapping[str, Mapping[str, Mapping[str, Any]]]
    history: Mapping[str, tuple[Change, ...]]
    sheltered: frozenset[str]
    said: Mapping[str, Sequence[Observation]]
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
    root: Path,
    site_file: Path,
    today: str,
    only: tuple[str, ...] = (),
    base_url: str | None = None,
    jobs: int = 1,
    known: Mapping[str, Remembered] | None = None,
) -> World:
    """Read a whole repository of content, with so many processes. known: what the last build knew of the lines of large
    files, by dataset. Raises Stopped when the catalogue or the site's facts cannot be read."""
    site = load_site(site_file, base_url)
    catalog = load_catalog(root, only)
    findings: list[Finding] = []
    sheltered = _sheltered(root, findings)
    records: dict[str, Mapping[str, Merged]] = {}
    gists: dict[str, Mapping[str, Gist]] = {}
    history: dict[str, tuple[Change, ...]] = {}
    said_of: dict[str, Sequence[Observation]] = {}
    for dataset in catalog:
        reading = Reading(jobs, today, sheltered, (known or {}).get(dataset.id))
        said = observations(dataset, reading)
        findings += said.findings
        said_of[dataset.id] = said.observations
        records[dataset.id], gists[dataset.id] = looked_at(dataset, said.observations, reading)
        history[dataset.id] = untold(_history(dataset, findings), gists[dataset.id], sheltered)
    runs = {
        dataset.id: {source.id: run_record(dataset, source.id) for source in dataset.spec.sources}
        for dataset in catalog
    }
    return assembled(catalog, site, today, records, gists, said_of, history, tuple(findings), runs, sheltered)


Looked = tuple[Mapping[str, Merged], Mapping[str, Gist]]


def looked_at(dataset: Dataset, said: Voices, reading: Reading) -> Looked:
    """The records of a dataset, and the gist of each. A record of which one closed-up observation speaks stays closed:
    whoever read it has made its gist. All records of a dataset without large files are merged at once."""
    voices = voices_by_key(dataset, said.each)
    records: Mapping[str, Merged] = Records(dataset, voices, reading.sheltered)
    if not any(isinstance(each, Sealed) for each in said.each):
        records = dict(records)
    gists = {}
    for key, each in voices.items():
        found = alone(each, key)
        if found is None:
            spoken = [opened(voice) for voice in each]
            found = gist(About(dataset, records[key], spoken, reading.today, reading.sheltered))
        gists[key] = found
    return records, gists


def assembled(
    catalog: Catalog,
    site: Site,
    today: str,
    records: Mapping[str, Mapping[str, Merged]],
    gists: Mapping[str, Mapping[str, Gist]],
    said: Mapping[str, Sequence[Observation]],
    history: Mapping[str, tuple[Change, ...]],
    findings: tuple[Finding, ...] = (),
    runs: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
    sheltered: frozenset[str] = frozenset(),
) -> World:
    """A world of its parts, with the figures that many pages ask for counted once."""
    return World(
        catalog, site, today, records, gists, findings, runs or {}, history, sheltered, said,
        told={name: by_key(changes) for name, changes in history.items()},
        large={name: len(found) > OWN_PAGES for name, found in gists.items()},
        standing={name: sum(not each.gone for each in found.values()) for name, found in gists.items()},
        newest={name: max((each.seen_on for each in found.values()), default="") for name, found in gists.items()},
        modified={name: max((each.changed for each in found.values()), default="") for name, found in gists.items()},
        stated=figures.Counted(gists, lambda name: figures.stated(gists[name].values())),
        published=figures.Counted(gists, lambda name: figures.published(gists[name].values())),
        closing=figures.Counted(gists, lambda name: figures.closing(gists[name].values())),
    )  # fmt: skip


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


def untold(changes: tuple[Change, ...], gists: Mapping[str, Gist], sheltered: frozenset[str]) -> tuple[Change, ...]:
    """The history without the whereabouts of hidden records: an old value tells as much as a new one."""
    hidden = {key for key, each in gists.items() if each.hidden} | sheltered
    return tuple(each for each in changes if each.key not in hidden or each.field not in TELLING_FIELDS)


def stop_on(findings: tuple[Finding, ...]) -> None:
    """Raise Stopped when any finding is heavy enough to keep the last good site in place."""
    stopping = tuple(finding for finding in findings if finding.level is Level.STOP)
    if stopping:
        raise Stopped(stopping)
