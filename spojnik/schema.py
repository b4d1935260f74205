"""The only reader of model metadata: what a field is, said once with `F`, read by everything else with `fields()`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ConfigDict

from spojnik.kinds import Kind, ref


@dataclass(frozen=True, slots=True)
class F:
    """Everything anybody may ask about a field.

    label, help, example: Polish, for pages, forms and the dictionary. facet: a filter with static pages. search:
    weight in the index (0–9). owner: id of the source whose word is final. form: may be corrected by form.
    maps: the same property in other vocabularies ("schema:legalName", "hsds:organization.name").
    """

    label: str
    help: str = ""
    example: str = ""
    facet: bool = False
    search: int = 0
    owner: str = ""
    form: bool = True
    maps: tuple[str, ...] = ()


KEY = Kind(
    "key",
    "klucz",
    ref("").parse,
    json={"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{1,119}$"},
    table={"type": "string", "constraints": {"required": True, "unique": True}},
    example="krs-0000123456",
)


class Record(BaseModel):
    """A record of any dataset. Order of fields is order everywhere: columns, pages, dictionary, schema version."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, KEY, F("Klucz", "Stały identyfikator rekordu; z niego powstaje adres strony.", form=False)]


class Field(NamedTuple):
    """One field of one model: its name, its kind, what was said about it, and whether a record may lack it."""

    name: str
    kind: Kind
    f: F
    required: bool

    @property
    def label(self) -> str:
        """The Polish name people see."""
        return self.f.label

    @property
    def example(self) -> str:
        """An example for forms and the dictionary: the field's own, else its kind's."""
        return self.f.example or self.kind.example


@lru_cache
def fields(model: type[Record]) -> tuple[Field, ...]:
    """All fields of a model in order. TypeError names a field that lacks a kind or an F: a mistake in a schema.py."""
    return tuple(_field(model, name) for name in model.model_fields)


@lru_cache
def by_name(model: type[Record]) -> dict[str, Field]:
    """The same fields by name; whoever asks may not change it."""
    return {field.name: field for field in fields(model)}


@lru_cache
def facet_fields(model: type[Record]) -> tuple[Field, ...]:
    """The fields people filter by."""
    return tuple(field for field in fields(model) if field.f.facet)


@lru_cache
def targets(model: type[Record]) -> dict[str, str]:
    """The fields that point at records, and the datasets where those are; whoever asks may not change it."""
    pointing = {field.name: (field.kind.item or field.kind).target for field in fields(model)}
    return {name: target for name, target in pointing.items() if target}


def _field(model: type[Record], name: str) -> Field:
    info = model.model_fields[name]
    parts = [*info.metadata, *_annotations(info.annotation)]
    kinds = [part for part in parts if isinstance(part, Kind)]
    said = [part for part in parts if isinstance(part, F)]
    if len(kinds) != 1 or len(said) != 1:
        raise TypeError(f"{model.__name__}.{name}: a field has exactly one kind and one F")
    return Field(name, kinds[0], said[0], info.is_required())


def _annotations(annotation: Any) -> list[Any]:
    """Kinds inside `Krs | None`: the members of the union that are not None, with their metadata."""
    if get_origin(annotation) is Annotated:
        return list(get_args(annotation)[1:])
    return [part for member in get_args(annotation) if member is not NoneType for part in _annotations(member)]
