"""The JSON of one record with the why of every value: what page and file both show, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from spojnik.catalog import Dataset
from spojnik.exports.table import Cell
from spojnik.origin import UNSET, Claim, Merged

if TYPE_CHECKING:
    from spojnik.world import Change

DOUBTS = {
    "tie": "Równorzędne źródła podają różne wartości.",
    "overtaken": "Źródło mówi już co innego niż ta poprawka; pytamy, co jest prawdą.",
    "redundant": "Źródło podaje już to samo co ta poprawka.",
    "unconfirmed": "Niepotwierdzone.",
}


def titles(dataset: Dataset) -> dict[str, str]:
    """Source id → its title."""
    return {source.id: source.title for source in dataset.spec.sources}


def record_json(record: Merged, cells: Mapping[str, Cell], changes: Sequence[Change],
                named: Mapping[str, str]) -> dict[str, Any]:
    """One record: `values` as in every file, `why` all claims of each field (the winner first, unless it is a tie),
    `doubts` with the sentence that explains them, and `history`. named: the titles of the sources by id."""
    doubts = {name: {"code": doubt, "sentence": DOUBTS[doubt]} for name, doubt in record.doubts.items()}
    history = [{"field": change.field, "from": change.before, "to": change.after, "on": change.on,
                "source": change.source}
               for change in changes]
    return {
        "dataset": record.dataset,
        "key": record.key,
        "page": cells["strona"],
        "gone": record.gone or None,
        "values": {name: cell for name, cell in cells.items() if cell is not None},
        "why": {name: [_claim(named, claim, index == 0 and record.doubts.get(name) != "tie")
                       for index, claim in enumerate(claims)]
                for name, claims in record.why.items()},
        **({"doubts": doubts} if doubts else {}),
        **({"history": history} if history else {}),
    }


def _claim(named: Mapping[str, str], claim: Claim, wins: bool) -> dict[str, Any]:
    origin = claim.origin
    said: dict[str, Any] = {
        "value": claim.value,
        "wins": wins,
        "source": origin.source,
        "source_title": named.get(origin.source, ""),
        "urls": list(origin.urls),
        "seen_on": origin.seen_on,
        "published": origin.published,
        "by": origin.by,
        "sha256": origin.sha256,
        "doubt": claim.doubt,
    }
    if claim.was is not UNSET:
        said["was"] = claim.was
    return {name: part for name, part in said.items() if part not in ("", []) or name == "value"}
