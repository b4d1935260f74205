"""Records → documents of the search index: which texts weigh how much, which numbers identify, which filters hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.gist import filtered_by
from spojnik.kind import Kind
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.schema import by_name, facet_fields
from spojnik.search.doc import Doc
from spojnik.search.index import build_index
from spojnik.search.lexicon import dictionary, notice
from spojnik.store import load_yaml
from spojnik.unit import Unit
from spojnik.web.pages import Press
from spojnik.web.rows import filter_of, standing_records, state
from spojnik.web.shown import shown

INDEX = "szukaj/indeks"
LINE = 160
_STATES = {
    "soon": "soon",
    "open": "open",
    "planned": "open",
    "current": "current",
    "confirm": "unknown",
    "unknown": "unknown",
    "gone": "gone",
}


def search_files(press: Press) -> Iterator[Output | Unit]:
    """The files of the index under `szukaj/indeks/`."""
    synonyms = load_yaml(press.folder / "synonyms.yml").data or {}
    for name, body in build_index(documents(press), synonyms, press.folder.parent / ".cache" / "words"):
        yield Output(PurePosixPath(INDEX) / name, body)
    yield Unit("search notice", _notice, dictionary())


def _notice() -> Iterator[Output]:
    yield Output(PurePosixPath(INDEX) / "SGJP.txt", notice().encode())


def documents(press: Press) -> Iterator[Doc]:
    """One document a standing record, over all datasets."""
    for dataset in press.world.catalog:
        read = _reader(press, dataset)
        for record in standing_records(press.world, dataset):
            yield read(record)


def _reader(press: Press, dataset: Dataset) -> Callable[[Merged], Doc]:
    """What makes documents of the records of a dataset: which field is read in which way is found once."""
    world, locale, known = press.world, press.locale, by_name(dataset.model)
    every = [(field, field.kind.item or field.kind) for field in known.values()]
    texts = [(field.name, field.kind, field.f.search) for field, _ in every if field.f.search]
    numbers = [field.name for field, kind in every if kind.name in ("krs", "nip", "regon", "phone")]
    facets = [(field, filter_of(world, field, locale)) for field in facet_fields(dataset.model)]
    line = [(name, known[name].kind) for name in dataset.spec.line]

    def text(kind: Kind, value: Any) -> str:
        return ", ".join([part.text for part in shown(world, kind, value, locale)])

    def read(record: Merged) -> Doc:
        values, now = record.values, state(world, dataset, record, locale)
        filters: dict[str, tuple[str, ...]] = {"Zbiór": (dataset.spec.title,)}
        for field, value_of in facets:
            if found := filtered_by(record, field.name):
                filters[field.label] = tuple([value_of(item).label for item in found])
        return Doc(
            addresses.record_page(dataset.slug, record.key),
            dataset.id,
            title_of(dataset, record),
            _line([text(kind, values[name]) for name, kind in line if name in values], dataset, values),
            tuple([(text(kind, values[name]), weight) for name, kind, weight in texts if name in values]),
            tuple([number for name in numbers if name in values for number in _digits(values[name])]),
            filters,
            _STATES.get(now.code, "past") if now else "current",
            dataset.spec.schema_type == "Observation",
        )

    return read


_NOT_DIGITS = re.compile(r"\D+")


def _digits(value: Any) -> list[str]:
    return [
        _NOT_DIGITS.sub("", item).removeprefix("48" if item.startswith("+48") else "")
        for item in (value if isinstance(value, list) else [value] if value else [])
    ]


def _line(said: Sequence[str], dataset: Dataset, values: Mapping[str, Any]) -> str:
    """The one line of a result card: the facts that decide, else the beginning of the summary."""
    text = " · ".join(said) or words.plain(values.get(dataset.spec.summary, ""))
    return text if len(text) <= LINE else text[: LINE - 1].rsplit(" ", 1)[0] + "…"
