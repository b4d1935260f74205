"""What a value type is: one frozen record of functions and descriptions; the types themselves are in kinds.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic_core import core_schema

Value = Any


@dataclass(frozen=True, slots=True)
class Kind:
    """One value type; see the module's docstring. `table` is the Table Schema type with its properties."""

    name: str
    label: str
    parse: Callable[[Any], Value]
    show: Callable[..., str] = lambda value, locale="pl": str(value)
    json: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    table: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    widget: str = "text"
    example: str = ""
    options: Mapping[str, str] | None = None
    target: str = ""
    item: Kind | None = None
    unit: str = ""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.parse)

    def __hash__(self) -> int:
        return hash(self.name)
