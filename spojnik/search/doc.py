"""What search takes and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: Order of results that match equally well: what somebody can still use comes first.
STATES = ("open", "soon", "current", "unknown", "past", "gone")


class Doc(NamedTuple):
    """One record as search sees it: made from the record, never from its page.

    address: site-relative ("organizacje/krs-0000207658.html"). line: one line of plain text for the result card.
    fields: (text, weight 1–9). numbers: identifiers and phones, any spelling. facets: name → labels; the facet
    "Zbiór" names the dataset for people. state: one of STATES. counted: whether its dataset tells how many of something
    there are, so that it answers "ile" and not "gdzie".
    """

    address: str
    dataset: str
    title: str
    line: str
    fields: tuple[tuple[str, int], ...]
    numbers: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    state: str
    counted: bool = False


class Hit(NamedTuple):
    """One result card. score is only comparable within one answer."""

    address: str
    dataset: str
    title: str
    line: str
    state: str
    score: int


class Answer(NamedTuple):
    """What a search found.

    total: size of the whole result; hits: its first `limit` cards, best first; ignored: words that played no part;
    corrected: (typed, understood as); facets: name → (label, count over the whole result), labels in index order.
    """

    total: int
    hits: tuple[Hit, ...]
    ignored: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


class IndexMissing(Exception):
    """The index, or a part of it, cannot be read; the message is Polish and says what to do."""
