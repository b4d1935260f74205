"""`site/numbers.yml`: which numbers a site shows and which fields play which role. The machinery names no dataset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

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


def declared(path: Path, catalog: Catalog) -> tuple[Number, ...]:
    """The numbers that this catalogue can answer. Raises Stopped for a field, role or name that is wrong."""
    if not path.exists():
        return ()
    located = load_yaml(path)
    if located.findings:
        raise Stopped(tuple(finding._replace(level=Level.STOP) for finding in located.findings))
    try:
        numbers = _File.model_validate(located.data or {}).numbers
    except ValidationError as errors:
        raise Stopped(tuple(finding_of(error, located, "", "", Level.STOP) for error in errors.errors())) from None
    findings = [wrong for place, number in enumerate(numbers) for wrong in _wrong(number, place, catalog, located)]
    names = [number.page for number in numbers]
    findings += [
        _stop(located, place, "dwie liczby mają jeden adres", "Zmień nazwę jednej z nich.")
        for place, name in enumerate(names)
        if name in names[:place]
    ]
    if findings:
        raise Stopped(tuple(findings))
    return tuple(number for number in numbers if number.dataset in catalog.datasets)


def _wrong(number: Number, place: int, catalog: Catalog, located: Located) -> list[Finding]:
    strange = sorted(set(number.fields) - ROLES[number.shape])
    found = [
        _stop(located, place, f"„{number.shape}” nie zna roli „{role}”", f"Użyj: {', '.join(ROLES[number.shape])}.")
        for role in strange
    ]
    dataset = catalog.datasets.get(number.dataset)
    if dataset is None:
        return found
    known = {field.name for field in fields(dataset.model)}
    asked = {name for role in number.fields for name in number.several(role)} | set(number.only)
    return found + [
        _stop(located, place, f"zbiór {number.dataset} nie ma pola „{name}”", "Popraw nazwę pola.")
        for name in sorted(asked - known)
    ]


def _stop(located: Located, place: int, why: str, todo: str) -> Finding:
    where = located.place(("numbers", place))
    return Finding("numbers", Level.STOP, "", "", "", None, where, "redakcja", why, todo)
