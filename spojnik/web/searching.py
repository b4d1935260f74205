"""Records → documents of the search index: which texts weigh how much, which numbers identify, which filters hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.schema import Field, facet_fields, fields
from spojnik.search.doc import Doc
from spojnik.search.index import build_index
from spojnik.search.lexicon import notice
from spojnik.store import load_yaml
from spojnik.web.pages import Press
from spojnik.web.rows import facet_values, standing_records, state
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


def search_files(press: Press) -> Iterator[Output]:
    """The files of the index under `szukaj/indeks/`."""
    synonyms = load_yaml(press.folder / "synonyms.yml").data or {}
    for name, body in build_index(documents(press), synonyms, press.folder.parent / ".cache" / "words"):
        yield Output(PurePosixPath(INDEX) / name, body)
    yield Output(PurePosixPath(INDEX) / "SGJP.txt", notice().encode())


def documents(press: Press) -> Iterator[Doc]:
    """One document a standing record, over all datasets."""
    for dataset in press.world.catalog:
        texts = [field for field in fields(dataset.model) if field.f.search]
        numbers = [f for f in fields(dataset.model) if (f.kind.item or f.kind).name in ("krs", "nip", "regon", "phone")]
        for record in standing_records(press.world, dataset):
            now = state(press.world, dataset, record, press.locale)
            filters: dict[str, tuple[str, ...]] = {"Zbiór": (dataset.spec.title,)}
            for field in facet_fields(dataset.model):
                values = facet_values(press.world, field, record, press.locale)
                if values:
                    filters[field.label] = tuple(value.label for value in values)
            yield Doc(
                addresses.record_page(dataset.slug, record.key),
                dataset.id,
                title_of(dataset, record),
                _line(press, dataset, record.values),
                tuple(
                    (_text(press, field, record.values[field.name]), field.f.search)
                    for field in texts
                    if field.name in record.values
                ),
                tuple(number for field in numbers for number in _digits(record.values.get(field.name))),
                filters,
                _STATES.get(now.code, "past") if now else "current",
            )


def _text(press: Press, field: Field, value: Any) -> str:
    return ", ".join(part.text for part in shown(press.world, field.kind, value, press.locale))


def _digits(value: Any) -> list[str]:
    return [
        re.sub(r"\D", "", item).removeprefix("48" if item.startswith("+48") else "")
        for item in (value if isinstance(value, list) else [value] if value else [])
    ]


def _line(press: Press, dataset: Dataset, values: Any) -> str:
    """The one line of a result card: the facts that decide, else the beginning of the summary."""
    by_name = {field.name: field for field in fields(dataset.model)}
    said = [_text(press, by_name[name], values[name]) for name in dataset.spec.line if name in values]
    text = " · ".join(said) or words.plain(values.get(dataset.spec.summary, ""))
    return text if len(text) <= LINE else text[: LINE - 1].rsplit(" ", 1)[0] + "…"
