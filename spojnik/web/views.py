"""What templates are given: small frozen shapes with everything decided, so that templates only place them.

Every address is relative to the site's root without a leading slash ("organizacje/krs-0000207658.html"); templates
put `root` ("../") before it. Addresses with a scheme (https:, mailto:, tel:) are used as they are. All texts are plain
text in the page's language unless said otherwise; texts that stay Polish on other pages are marked with `lang`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Link(NamedTuple):
    """A place to go. `count` is how many records wait there (None: not counted)."""

    label: str
    href: str
    count: int | None = None  # type: ignore[assignment]  # hides tuple.count, which nobody calls here
    current: bool = False
    note: str = ""


class Shown(NamedTuple):
    """One value as people read it. href: where it leads ("" nowhere); machine: the ISO form of a date; lang: "pl" when
    the text stays Polish on a page in another language."""

    text: str
    href: str = ""
    machine: str = ""
    lang: str = ""


class Witness(NamedTuple):
    """One source's word on a value: the line of "skąd to wiemy". values: what it says, () where nobody else speaks of
    the record, so that all its facts have the very same witness."""

    values: tuple[Shown, ...]
    source: str
    source_href: str
    urls: tuple[str, ...]
    seen_on: str
    published: str
    by: str
    doubt: str
    wins: bool


class Fact(NamedTuple):
    """One field on a record page. unknown: nobody says anything ("nie wiemy"). doubt: "", "tie", "overtaken",
    "redundant" or "unconfirmed". owner: where the register that owns the field is corrected. correct: form address."""

    name: str
    label: str
    help: str
    kind: str
    values: tuple[Shown, ...]
    unknown: bool
    doubt: str
    doubt_text: str
    witnesses: tuple[Witness, ...]
    owner: Link | None
    correct: str


class State(NamedTuple):
    """Whether a record holds today. code: planned, open, soon, closed, decided, cancelled, current, confirm, archival,
    gone, unknown. tone: now, past or plain. opens/closes/ends: ISO days for the browser to recompute, "" unknown."""

    code: str
    label: str
    sentence: str
    tone: str
    opens: str = ""
    closes: str = ""
    ends: str = ""


class Row(NamedTuple):
    """One record on a list: title, the facts that decide as (label, text), state, and its facet values for filtering
    in place: facet name → tuple of value slugs."""

    key: str
    href: str
    title: str
    facts: tuple[tuple[str, str], ...]
    state: State | None
    facets: Mapping[str, tuple[str, ...]]


class Facet(NamedTuple):
    """One filter: values are links to real pages with counts, in the order to show. `slugs` are their value slugs.
    lang: "pl" when the values stay Polish on a page in another language."""

    name: str
    label: str
    values: tuple[Link, ...]
    slugs: tuple[str, ...]
    lang: str = ""


class Related(NamedTuple):
    """Records of another dataset joined to this one: "Konkursy tej instytucji"."""

    title: str
    rows: tuple[Row, ...]
    more: Link | None


class Step(NamedTuple):
    """One point of a timeline: word, date as shown, ISO date; state is past, today, future or unknown."""

    label: str
    text: str
    machine: str
    state: str


class Download(NamedTuple):
    """One file of the data page. size in bytes; sha256 in hex."""

    name: str
    href: str
    format: str
    rows: int | None
    size: int
    sha256: str
    note: str = ""


class DatasetView(NamedTuple):
    """A dataset as pages need it. counted: "195 organizacji". freshness: sentences, one a source."""

    id: str
    slug: str
    title: str
    description: str
    counted: str
    count: int  # type: ignore[assignment]
    updated: str
    href: str


Context = Mapping[str, Any]
