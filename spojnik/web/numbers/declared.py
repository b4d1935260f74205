"""`site/numbers.yml`: which numbers a site shows and which fields play which role. The machinery names no dataset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from spojnik.catalog import Catalog
from spojnik.finding import Finding, Level, Stopped
from spojnik.schema import fields
from spojnik.store import Located, finding_of, load_yaml

Roles = Mapping[str, str | tuple[str, ...]]
ROLES: Mapping[str, frozenset[str]] = {
    "spans": frozenset({"start", "end", "by"}),
    "sums": frozenset({"amount", "by_year", "year", "by"}),
    "share": frozenset({"flag", "amount", "by_year", "year"}),
    "rates": frozenset({"low", "high", "when", "also"}),
    "gaps": frozenset({"across", "along"}),
    "series": frozenset({"what", "scope", "unit", "year", "value", "publisher", "method", "period", "topic"}),
    "expected": frozenset({"date", "name", "same"}),
}
Shape = Literal["spans", "sums", "share", "rates", "gaps", "series", "expected"]


class Number(BaseModel):
    """One page of numbers. `fields`: role → field of the dataset, or fields of which the first known one counts.

    only: field → values a record must have one of. method and caution are said on the page as they stand here.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    shape: Shape
    title: str
    question: str
    method: str
    caution: str = ""
    dataset: str
    fields: Roles
    only: Mapping[str, tuple[str, ...]] = {}
    address: str = Field(default="", pattern=r"^([a-z0-9-]+/)*$")

    def one(self, role: str) -> str:
        """The field that plays a role, "" when none does."""
        found = self.fields.get(role, "")
        return found if isinstance(found, str) else found[0]

    def several(self, role: str) -> tuple[str, ...]:
        """The fields that play a role, the one to ask first in front."""
        found = self.fields.get(role, ())
        return (found,) if isinstance(found, str) else found

    @property
    def page(self) -> str:
        """Address of the page; its CSV and JSON share the stem."""
        return self.address or f"liczby/{self.name}/"

    @property
    def stem(self) -> str:
        """What the page, the CSV and the metadata have in common."""
        return self.page.rstrip("/")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    numbers: tuple[Number, ...] = ()


class Declared(NamedTuple):
    """The numbers that a catalogue can answer, and (title, why not) of those it cannot (`--only`, another city)."""

    numbers: tuple[Number, ...] = ()
    unanswered: tuple[tuple[str, str], ...] = ()


def declared(path: Path, catalog: Catalog) -> Declared:
    """What a `numbers.yml` asks of this catalogue. Raises Stopped for a shape, role or address that is wrong."""
    if not path.exists():
        return Declared()
    located = load_yaml(path)
    if located.findings:
        raise Stopped(tuple(finding._replace(level=Level.STOP) for finding in located.findings))
    try:
        numbers = _File.model_validate(located.data or {}).numbers
    except ValidationError as errors:
        raise Stopped(tuple(finding_of(error, located, "", "", Level.STOP) for error in errors.errors())) from None
    findings = [
        _stop(
            located,
            place,
            f"„{number.shape}” nie zna roli „{role}”",
            f"Użyj: {', '.join(sorted(ROLES[number.shape]))}.",
        )
        for place, number in enumerate(numbers)
        for role in sorted(set(number.fields) - ROLES[number.shape])
    ]
    pages = [number.page for number in numbers]
    findings += [
        _stop(located, place, "dwie liczby mają jeden adres", "Zmień nazwę jednej z nich.")
        for place, name in enumerate(pages)
        if name in pages[:place]
    ]
    if findings:
        raise Stopped(tuple(findings))
    lacking = {number.page: _lacking(number, catalog) for number in numbers}
    return Declared(
        tuple(number for number in numbers if not lacking[number.page]),
        tuple((number.title, lacking[number.page]) for number in numbers if lacking[number.page]),
    )


def _lacking(number: Number, catalog: Catalog) -> str:
    """What the catalogue does not have for a number, in words; "" when it has everything."""
    dataset = catalog.datasets.get(number.dataset)
    if dataset is None:
        return f"nie ma tu zbioru „{number.dataset}”"
    known = {field.name for field in fields(dataset.model)}
    asked = {name for role in number.fields for name in number.several(role)} | set(number.only)
    missing = sorted(asked - known)
    return f"zbiór „{number.dataset}” nie ma tu pola „{missing[0]}”" if missing else ""


def _stop(located: Located, place: int, why: str, todo: str) -> Finding:
    where = located.place(("numbers", place))
    return Finding("numbers", Level.STOP, "", "", "", None, where, "redakcja", why, todo)
