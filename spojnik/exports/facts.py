"""What every catalogue says of a dataset and its files, gathered once: dates, formats, sizes, checksums."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

from spojnik.catalog import Dataset

CC0_URL = "https://creativecommons.org/publicdomain/zero/1.0/"


class Format(NamedTuple):
    """A file format: how the name ends, its Polish title, its media type (IANA) and its code in the EU's list of file
    types (http://publications.europa.eu/resource/authority/file-type)."""

    ending: str
    title: str
    media: str
    code: str


class Finished:
    """A file of the site that others tell of. It is read when somebody wants its bytes, so that memory never holds all;
    its size and its checksum are taken once, because seven catalogues name them."""

    def __init__(self, path: PurePosixPath, read: Callable[[], bytes]) -> None:
        self.path, self.read = path, read

    @cached_property
    def _told(self) -> tuple[int, str]:
        body = self.read()
        return len(body), hashlib.sha256(body).hexdigest()

    @property
    def size(self) -> int:
        """Bytes."""
        return self._told[0]

    @property
    def sha256(self) -> str:
        """What sha256sum prints."""
        return self._told[1]


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


def files_of(dataset: Dataset, files: Mapping[str, Finished]) -> list[File]:
    """The files that hold all records of a dataset, in the order of FORMATS."""
    paths = ((f"dane/{dataset.slug}{form.ending}", form) for form in FORMATS)
    return [File(path, form, files[path].size, files[path].sha256) for path, form in paths if path in files]
