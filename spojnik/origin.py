"""Who says so, where, since when: the data that every value carries from a page to a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

MANUAL = "manual"  # the source of what people say


class _Unset:
    """The absence of a `was`: distinct from "it was unknown" (None)."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET = _Unset()


class Origin(NamedTuple):
    """Where an observation was made. Days are ISO strings; `published` may be a year or a month, "" is unknown.

    More than one URL means "one of these pages": the source does not say which page states which value. `sha256` is
    the hash of the raw bytes; `by` is who says so for a person's correction ("organizacja", "urząd", "czytelnik").
    """

    source: str
    urls: tuple[str, ...]
    seen_on: str
    published: str = ""
    sha256: str = ""
    by: str = ""


class Observation(NamedTuple):
    """What one source says of one record: values in canonical form.

    since: first seen; changed: these values first seen; gone: day since which the source no longer lists it.
    was: for a person's correction, the values it replaces. doubt: Polish sentence why the values are unconfirmed.
    place: `file:line:column` of its beginning. mark: a digest of the bytes that state it.
    """

    key: str
    values: Mapping[str, Any]
    origin: Origin
    since: str
    changed: str
    gone: str = ""
    was: Mapping[str, Any] = {}
    doubt: str = ""
    place: str = ""
    mark: str = ""


class Claim(NamedTuple):
    """One source's word on one field. `on` is the day that orders claims of equal rank: published, else seen."""

    value: Any
    rank: int
    on: str
    origin: Origin
    was: Any = UNSET
    doubt: str = ""


class Merged(NamedTuple):
    """A record that knows why: `values` holds the winners, `why` all claims of each field, the winner first.

    doubts: field → one of "tie" (equal sources disagree), "overtaken" (the source now says a third thing),
    "redundant" (the source now agrees with the correction), "unconfirmed". gone: since when the record has ended.
    mark: the marks of all observations it was merged of; the same mark, the same record.
    """

    dataset: str
    key: str
    values: Mapping[str, Any]
    why: Mapping[str, tuple[Claim, ...]]
    doubts: Mapping[str, str]
    gone: str = ""
    mark: str = ""
