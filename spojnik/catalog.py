"""Finds the datasets: a folder with `dataset.yml` and `schema.py` is all it takes to be one."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spojnik.finding import Finding, Level, Stopped
from spojnik.schema import Record, fields
from spojnik.store import finding_of, load_yaml

MACHINERY_SOURCES = ("manual",)


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Spec):
    """Where values come from; public on the sources page. `rank` orders sources that disagree, higher wins."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str
    publisher: str
    url: str = ""
    licence: str = ""
    licence_url: str = ""
    terms: str = ""
    rank: int = Field(ge=0, le=100)
    cadence: Literal["once", "daily", "weekly", "monthly", "yearly", "people"]
    spider: str = ""
    note: str = ""


class Bounds(_Spec):
    """The plausible size and fill of a dataset: fewer rows than `least` or a fill under its share refuse a run."""

    least: int = Field(ge=0)
    most: int = Field(ge=1)
    fill: Mapping[str, float] = {}
    drop: float = Field(default=0.2, ge=0, le=1)
    gone_after: int = Field(default=3, ge=1)


class Status(_Spec):
    """Which fields say whether a record is open today.

    stated: field whose value in `final` wins over dates. opens, closes, ends: date fields. renew_days: after so many
    days without renewed evidence the record is "do potwierdzenia". archival: true when nothing here may be shown as
    current unless a date says so.
    """

    stated: str = ""
    final: Mapping[str, str] = {}
    opens: str = ""
    closes: str = ""
    ends: str = ""
    renew_days: int = 0
    archival: bool = False


class Moment(_Spec):
    """One point on a record's timeline: the field and the Polish word for it."""

    field: str
    label: str


class Spec(_Spec):
    """`dataset.yml`: everything about a dataset that is not a field.

    names: reference field → the text field that holds the name as its source writes it; where only the text is known,
    a rule says that nobody has matched it yet. threads: fields whose numbered lines belong together.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    slug: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    one: str
    few: str
    many: str
    description: str
    order: int
    name: str
    line: tuple[str, ...] = ()
    summary: str = ""
    facts: tuple[str, ...] = ()
    timeline: tuple[Moment, ...] = ()
    sort: str = ""
    status: Status | None = None
    sources: tuple[Source, ...]
    bounds: Bounds
    empty: str = ""
    schema_type: str = ""
    names: Mapping[str, str] = {}
    threads: tuple[str, ...] = ()
    theme: str = "SOCI"
    update: Literal["daily", "weekly", "monthly", "yearly", "irregular"] = "weekly"
    landing: bool = True


class Dataset(NamedTuple):
    """One folder of content: what it is, its model, where it lies, its prose, its dirty-value table and its joins."""

    spec: Spec
    model: type[Record]
    folder: Path
    about: str
    lookups: Mapping[str, Any]
    same: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The name of the dataset in code and in file names."""
        return self.spec.id

    @property
    def slug(self) -> str:
        """The name of the dataset in addresses."""
        return self.spec.slug

    def source(self, name: str) -> Source | None:
        """The source with this id, or None."""
        for source in self.spec.sources:
            if source.id == name:
                return source
        return None

    def rank(self, name: str) -> int:
        """How much the word of a source weighs; 0 for one that nobody listed, and for people."""
        source = self.source(name)
        return source.rank if source else 0


class Catalog(NamedTuple):
    """All datasets in the order of `order`, by id."""

    datasets: Mapping[str, Dataset]
    root: Path

    def __iter__(self) -> Any:
        return iter(self.datasets.values())


def load_catalog(root: Path, only: tuple[str, ...] = ()) -> Catalog:
    """Read every `root/*/dataset.yml`. Raises Stopped with findings for what cannot be read or does not agree."""
    findings: list[Finding] = []
    found = [_dataset(folder, findings) for folder in sorted(path.parent for path in root.glob("*/dataset.yml"))]
    datasets = [dataset for dataset in found if dataset is not None]
    findings += _clashes(datasets)
    if not datasets and not findings:
        findings.append(_stop(str(root), "nie ma tu żadnego zbioru", "Podaj folder, w którym leżą foldery zbiorów."))
    if findings:
        raise Stopped(tuple(findings))
    chosen = [dataset for dataset in datasets if not only or dataset.id in only]
    if missing := set(only) - {dataset.id for dataset in chosen}:
        raise Stopped((_stop(str(root), f"nie ma zbioru {', '.join(sorted(missing))}", "Sprawdź nazwę."),))
    return Catalog({dataset.id: dataset for dataset in sorted(chosen, key=lambda d: (d.spec.order, d.id))}, root)


def _stop(place: str, why: str, todo: str) -> Finding:
    return Finding("catalog", Level.STOP, "", "", "", None, place, "redakcja", why, todo)


def _dataset(folder: Path, findings: list[Finding]) -> Dataset | None:
    """One dataset, or None with the reason appended to `findings`."""
    read = load_yaml(folder / "dataset.yml")
    tables = [load_yaml(folder / name) for name in ("lookups.yml", "same.yml") if (folder / name).exists()]
    broken = [finding for located in (read, *tables) for finding in located.findings]
    if broken:
        findings.extend(finding._replace(level=Level.STOP, dataset=folder.name) for finding in broken)
        return None
    try:
        spec = Spec.model_validate(read.data)
        model = _model(folder)
        _agree(spec, model)
    except ValidationError as errors:
        findings += [finding_of(error, read, folder.name, "", Level.STOP) for error in errors.errors()]
        return None
    except (SyntaxError, TypeError, ImportError, NameError, AttributeError, ValueError) as error:
        findings.append(_stop(str(folder / "schema.py"), f"schematu nie da się wczytać: {error}", "Popraw schema.py."))
        return None
    about = folder / "about.md"
    return Dataset(
        spec,
        model,
        folder,
        about.read_text("utf-8") if about.exists() else "",
        _table(folder, "lookups.yml"),
        _table(folder, "same.yml"),
    )


def _table(folder: Path, name: str) -> Mapping[str, Any]:
    path = folder / name
    return (load_yaml(path).data or {}) if path.exists() else {}


def _model(folder: Path) -> type[Record]:
    """The only subclass of Record that `schema.py` defines."""
    name = f"spojnik_datasets.{folder.name}_{abs(hash(str(folder.resolve()))):x}"
    if name in sys.modules:
        module = sys.modules[name]
    else:
        spec = importlib.util.spec_from_file_location(name, folder / "schema.py")
        if spec is None or spec.loader is None or not (folder / "schema.py").exists():
            raise ImportError("brak pliku schema.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
    models = [
        item
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Record) and item.__module__ == name
    ]
    if len(models) != 1:
        raise TypeError("schema.py ma mieć dokładnie jedną klasę opartą na Record")
    return models[0]


def _agree(spec: Spec, model: type[Record]) -> None:
    """Every field that `dataset.yml` names exists in the model; a typo there would silently empty a page."""
    status = spec.status or Status()
    named = [
        spec.name,
        spec.summary,
        spec.sort.removeprefix("-"),
        *spec.line,
        *spec.facts,
        status.stated,
        status.opens,
        status.closes,
        status.ends,
        *(moment.field for moment in spec.timeline),
        *spec.bounds.fill,
        *spec.names,
        *spec.names.values(),
        *spec.threads,
    ]
    known = {field.name for field in fields(model)}
    unknown = sorted({name for name in named if name and name not in known})
    if unknown:
        raise ValueError(f"dataset.yml wymienia pola, których schema.py nie zna: {', '.join(unknown)}")


def _clashes(datasets: list[Dataset]) -> list[Finding]:
    """Two datasets with one slug would write one address; a reference to a dataset that is not there leads nowhere."""
    findings = []
    slugs: dict[str, str] = {}
    ids = {dataset.id for dataset in datasets}
    for dataset in datasets:
        if dataset.slug in slugs:
            findings.append(
                _stop(
                    str(dataset.folder / "dataset.yml"),
                    f"adres „{dataset.slug}” ma już zbiór {slugs[dataset.slug]}",
                    "Zmień slug.",
                )
            )
        slugs[dataset.slug] = dataset.id
        for field in fields(dataset.model):
            target = (field.kind.item or field.kind).target
            if target and target not in ids:
                findings.append(
                    _stop(
                        str(dataset.folder / "schema.py"),
                        f"pole {field.name} wskazuje zbiór „{target}”, którego nie ma",
                        "Popraw schemat.",
                    )
                )
    return findings
