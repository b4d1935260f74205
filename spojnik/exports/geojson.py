"""`dane/<slug>.geojson` (RFC 7946), only where a source itself gives coordinates; none is guessed from a street.

A dataset takes part when it has fields mapped to "geo:lat" and "geo:long" (WGS 84 degrees,
https://www.w3.org/2003/01/geo/). Places in doubt are left out: a wrong pin on a map sends people the wrong way.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import orjson

from spojnik.exports.mapped import mapped, speaks
from spojnik.exports.table import Table, by_name
from spojnik.output import Output


def export(table: Table) -> Iterator[Output]:
    """Nothing where the dataset has no coordinates."""
    dataset = table.dataset
    if not (speaks(dataset, "geo:lat") and speaks(dataset, "geo:long")):
        return
    features = []
    for record, row in zip(table.records, table.rows, strict=True):
        place = {said.path: said.value for said in mapped(dataset, record, "geo")}
        if place.keys() >= {"lat", "long"} and not record.gone:
            cells = by_name(table.columns, row)
            features.append({
                "type": "Feature", "id": record.key,
                "geometry": {"type": "Point", "coordinates": [place["long"], place["lat"]]},
                "properties": {name: cell for name, cell in cells.items() if cell is not None}})
    body = orjson.dumps({"type": "FeatureCollection", "features": features}, option=orjson.OPT_APPEND_NEWLINE)
    yield Output(PurePosixPath(f"dane/{dataset.slug}.geojson"), body)
