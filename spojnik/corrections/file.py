"""One correction is one small file. Its name carries the day and the hash of its content, so two people never collide.

Only this module makes paths under `manual/`: every way in (form, issue, e-mail) ends here, and nothing that a person
wrote becomes part of a path unless it is a valid key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from spojnik.addresses import slugify
from spojnik.catalog import Dataset
from spojnik.kinds import DAY
from spojnik.observed import WHO
from spojnik.origin import MANUAL
from spojnik.schema import KEY
from spojnik.store import dump_yaml

NEW_PREFIX = "manual-"


class Correction(NamedTuple):
    """What a person says of one record. `values` replace `was`; None is "unknown" on either side.

    on, until, gone: ISO days ("" where not said). by: one of WHO. proof: the page that shows it.
    """

    key: str
    on: str
    by: str
    proof: str
    values: Mapping[str, Any] = {}
    was: Mapping[str, Any] = {}
    until: str = ""
    gone: str = ""
    note: str = ""


def body(correction: Correction) -> bytes:
    """The file's canonical bytes; the browser makes the same ones (site/static/correct-file.js)."""
    said = {
        name: part for name, part in correction._asdict().items() if part not in ("", {}) or name in ("key", "proof")
    }
    return dump_yaml(said).encode()


def path(dataset: Dataset, correction: Correction) -> PurePosixPath:
    """Where the file belongs, from the repository's root. ValueError for a key, a day or a person that is none."""
    key, day = KEY.parse(correction.key), DAY.parse(correction.on)
    if correction.by not in WHO:
        raise ValueError(f"nie wiadomo, kto to mówi: {correction.by!r}")
    short = hashlib.sha256(body(correction)).hexdigest()[:8]
    return PurePosixPath("datasets", dataset.folder.name, MANUAL, key, f"{day}-{short}.yml")


def write(root: Path, dataset: Dataset, correction: Correction) -> Path:
    """Put the file where it belongs under the repository at `root`; the same correction twice is the same file."""
    target = root / path(dataset, correction)
    inside = (root / "datasets" / dataset.folder.name / MANUAL).resolve()
    if not target.resolve().is_relative_to(inside):
        raise ValueError(f"{target} leaves {inside}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(body(correction))
    return target


def new_key(dataset: Dataset, keys: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """The key of a new record: its register number where the dataset is keyed by it, else its name.

    keys: the keys that the dataset has. The same words give the same key, so one thing told twice meets itself.
    """
    number = values.get("krs")
    if number and keyed_by_krs(keys):
        return f"krs-{number}"
    return NEW_PREFIX + slugify(str(values.get(dataset.spec.name, "")))


def keyed_by_krs(keys: Mapping[str, Any]) -> bool:
    """Whether records of the dataset are known by their court-register number."""
    return any(key.startswith("krs-") for key in keys)
