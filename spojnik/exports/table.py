"""The one reader of records for every tabular format: which columns there are, and what stands in each cell.

CSV, XLSX, JSON, JSONL, SQLite and Parquet all print these rows, so that they cannot disagree. A value on which equal
sources disagree is no value of the record (spojnik.merge): its cell is empty, its field is named in `niepewne`, and
both values stand in the JSON of the record. What nobody confirmed must not look like a fact in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.kinds import DAY, TEXT, URL, Kind, choice, many
from spojnik.merge import origins
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.schema import fields
from spojnik.status import LABELS, standing

if TYPE_CHECKING:
    from spojnik.world import World

Cell = Any
Reader = Callable[[Merged], Cell]
UNSURE = ("tie", "overtaken", "unconfirmed")
_TEXTS = many(TEXT)
_ADDRESSES = many(URL)
_STATE = choice("state", "stan", tuple(LABELS.values()))


class Column(NamedTuple):
    """One column of every format. `field` is the field it shows or names ("" for what the machinery adds); `role` is
    "field", "name" (the name of the record a reference leads to) or "added"."""

    name: str
    label: str
    help: str
    example: str
    kind: Kind
    field: str
    role: str
    required: bool = False


class Table(NamedTuple):
    """A dataset as rows: `rows[i][j]` is the canonical value (plain JSON, None for unknown) of `columns[j]`."""

    world: World
    dataset: Dataset
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    records: Sequence[Merged]


_ADDED = (
    Column("zrodla", "Źródła", "Skróty źródeł, z których pochodzą wartości; opis na stronie źródeł.", "desk",
           _TEXTS, "", "added"),
    Column("adresy_zrodel", "Adresy źródeł", "Strony, na których te wartości widziano.", "https://example.org/",
           _ADDRESSES, "", "added"),
    Column("widziane", "Ostatnio widziane", "Najpóźniejszy dzień, w którym któreś źródło to potwierdziło.",
           "2026-11-22", DAY, "", "added"),
    Column("niepewne", "Pola niepewne", "Pola niepotwierdzone albo takie, o których źródła mówią różnie. Gdy "
           "równorzędne źródła podają różne wartości, komórka pola jest pusta, a obie są w pliku JSON rekordu.",
           "phone", _TEXTS, "", "added"),
    Column("nie_ma_od", "Nie ma od", "Dzień, od którego źródło już tego nie wymienia; puste: nadal wymienia.",
           "2026-11-01", DAY, "", "added"),
    Column("strona", "Strona rekordu", "Adres strony, na której widać, skąd pochodzi każda wartość.",
           "organizacje/krs-0000123456.html", TEXT, "", "added", True),
)


@lru_cache(maxsize=64)
def _columns(model: Any, has_status: bool) -> tuple[Column, ...]:
    own = [Column(f.name, f.label, f.f.help, f.example, f.kind, f.name, "field", f.required) for f in fields(model)]
    names = [
        Column(f"{f.name}_nazwa", f"{f.label} (nazwa)", f"Nazwa rekordu, na który wskazuje kolumna {f.name}.", "",
               many(TEXT) if f.kind.item else TEXT, f.name, "name")
        for f in fields(model) if target_of(f.kind)
    ]
    status = [Column("stan", "Stan", "Czy rekord jest dziś aktualny; liczony z dat w dniu zbudowania pliku.",
                     "otwarte", _STATE, "", "added")]
    return (*own, *names, *(status if has_status else ()), *_ADDED)


def columns(dataset: Dataset) -> tuple[Column, ...]:
    """Fields in model order, then names of referenced records, then what the machinery knows about the record."""
    return _columns(dataset.model, dataset.spec.status is not None)


def target_of(kind: Kind) -> str:
    """The dataset that a kind refers to, alone or in a list; "" when it is no reference."""
    return (kind.item or kind).target


def table(world: World, dataset: Dataset, records: Sequence[Merged]) -> Table:
    """All rows of a dataset, read once for all formats."""
    return Table(world, dataset, columns(dataset), list(map(cells(world, dataset), records)), records)


def rows(world: World, dataset: Dataset, records: Iterable[Merged]) -> Iterator[dict[str, Cell]]:
    """The same rows as dictionaries by column name, one at a time."""
    names = [column.name for column in columns(dataset)]
    return (dict(zip(names, row, strict=True)) for row in map(cells(world, dataset), records))


def cells(world: World, dataset: Dataset) -> Callable[[Merged], tuple[Cell, ...]]:
    """A function from a record to its row."""
    shape = [column for column in columns(dataset) if column.role != "added"]
    names = [column.field for column in shape]
    readers = [(place, read) for place, column in enumerate(shape) if (read := _reader(world, dataset, column))]
    status = dataset.spec.status is not None

    def row(record: Merged) -> tuple[Cell, ...]:
        found = list(map(record.values.get, names))  # most cells are the value as it is
        for place, read in readers:
            found[place] = read(record)
        if status:
            now = standing(dataset, record, world.today)
            found.append(LABELS[now.code] if now else None)
        return (*found, *_added(world, dataset, record))

    return row


def _added(world: World, dataset: Dataset, record: Merged) -> tuple[Cell, ...]:
    """The cells of `_ADDED`, in its order."""
    found = origins(record)
    return (
        list(dict.fromkeys([origin.source for origin in found])) or None,
        list(dict.fromkeys([url for origin in found for url in origin.urls])) or None,
        max([origin.seen_on for origin in found], default=None),
        [name for name, doubt in record.doubts.items() if doubt in UNSURE] or None,
        record.gone or None,
        page_of(world, dataset, record.key),
    )


def page_of(world: World, dataset: Dataset, key: str) -> str:
    """Address of a record's page: absolute where the site's address is known, else from the site's root."""
    return (world.site.base_url or "") + addresses.record_page(dataset.slug, key)


def _reader(world: World, dataset: Dataset, column: Column) -> Reader | None:
    """A function from a record to the cell of this column; None where the cell is the value of its field as it is."""
    if column.role == "name":
        return _name_reader(world, dataset, column)
    if column.field == "key":
        return lambda record: record.key
    target = target_of(column.kind)
    return _reference_reader(world, column.field, target) if target in world.records else None


def _reference_reader(world: World, name: str, target: str) -> Reader:
    known = world.records[target]

    def refer(record: Merged) -> Cell:
        """A key that leads nowhere is a finding, not a foreign key."""
        value = record.values.get(name)
        if isinstance(value, list):
            return [key for key in value if key in known] or None
        return value if value in known else None

    return refer


def _name_reader(world: World, dataset: Dataset, column: Column) -> Reader:
    target = target_of(next(f.kind for f in fields(dataset.model) if f.name == column.field))
    if target not in world.records:
        return lambda record: None
    keys = _reference_reader(world, column.field, target)
    known, other = world.records[target], world.catalog.datasets[target]

    def name(record: Merged) -> Cell:
        value = keys(record)
        if isinstance(value, list):
            return [title_of(other, known[key]) for key in value]
        return title_of(other, known[value]) if value else None

    return name


def by_name(shape: Sequence[Column], row: Sequence[Cell]) -> Mapping[str, Cell]:
    """One row as a dictionary."""
    return {column.name: cell for column, cell in zip(shape, row, strict=True)}
