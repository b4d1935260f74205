"""What every catalogue says of a dataset and its files, gathered once: dates, formats, sizes, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from spojnik.catalog import Dataset
from spojnik.output import Output

if TYPE_CHECKING:
    pass

CC0_URL = "https://creativecommons.org/publicdomain/zero/1.0/"


class Format(NamedTuple):
    """A file format: how the name ends, its Polish title, its media type (IANA) and its code in the EU's list of file
    types (http://publications.europa.eu/resource/authority/file-type)."""

    ending: str
    title: str
    media: str
    code: str


class File(NamedTuple):
    """A file of a dataset as catalogues describe it. `path` is from the site's root."""

    path: str
    format: Format
    size: int
    sha256: str


FORMATS = (
    Format(".csv", "CSV", "text/csv", "CSV"),
    Format("-excel.csv", "CSV dla polskiego Excela", "text/csv", "CSV"),
    Format(".xlsx", "Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    Format(".json", "JSON", "application/json", "JSON"),
    Format(".jsonl", "JSON, rekord w linii", "application/x-ndjson", "JSON"),
    Format(".geojson", "GeoJSON", "application/geo+json", "GEOJSON"),
    Format(".parquet", "Parquet", "application/vnd.apache.parquet", "PARQUET"),
)


def files_of(dataset: Dataset, files: Mapping[str, Output]) -> list[File]:
    """The files that hold all records of a dataset, in the order of FORMATS."""
    paths = ((f"dane/{dataset.slug}{form.ending}", form) for form in FORMATS)
    return [File(path, form, len(files[path].body), hashlib.sha256(files[path].body).hexdigest())
            for path, form in paths if path in files]
