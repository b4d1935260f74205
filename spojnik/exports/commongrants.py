"""`dane/commongrants/opportunities.json`: calls as CommonGrants opportunities, the shape US grant finders share.

A dataset takes part by its fields (`commongrants:title`). https://commongrants.org/protocol/models/opportunity/
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik.catalog import Dataset
from spojnik.exports.dialect import decimal
from spojnik.exports.mapped import mapped, nested, present, speaks, stable_id, sure
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.status import LABELS, standing

if TYPE_CHECKING:
    from spojnik.world import World

_STATUS = {"planned": "forecasted", "open": "open", "soon": "open", "closed": "closed", "decided": "closed",
           "archival": "closed", "gone": "closed"}
_EVENTS = {"postDate": "Ogłoszenie", "closeDate": "Termin składania ofert"}
NO_DESCRIPTION = "Opis jest na stronie konkursu."


def export(world: World) -> Iterable[Output]:
    """One page of an API answer with all opportunities; nothing where no dataset speaks CommonGrants."""
    calls = next((dataset for dataset in world.catalog if speaks(dataset, "commongrants:title")), None)
    if calls is None:
        return
    since = {said.key: (said.since, said.changed) for said in world.said.get(calls.id, ())}
    items = [opportunity(world, calls, record, since.get(record.key, (world.today, world.today)))
             for record in world.records[calls.id].values()]
    answer = {"status": 200, "message": "Success", "items": items,
              "paginationInfo": {"page": 1, "pageSize": max(1, len(items)), "totalItems": len(items), "totalPages": 1}}
    yield Output(PurePosixPath("dane/commongrants/opportunities.json"),
                 orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))


def opportunity(world: World, calls: Dataset, record: Merged, days: tuple[str, str]) -> dict[str, Any]:
    """One call. `days`: when we first saw it and when it last changed."""
    said = mapped(calls, record, "commongrants")
    found = {item.path: item.value for item in said}
    now = standing(calls, record, world.today)
    code = now.code if now else "unknown"
    value = _STATUS.get(code, "custom")
    custom = {"customValue": LABELS[code]} if value == "custom" else {}
    summary = sure(record, calls.spec.summary)
    return present({
        "id": stable_id(calls.id, record.key),
        "title": title_of(calls, record),
        "status": {"value": value, "description": LABELS[code], **custom},
        "description": summary or NO_DESCRIPTION,
        "funding": {name: {"amount": decimal(amount), "currency": "PLN"}
                    for name, amount in nested(said, "funding.").items()},
        "keyDates": {name: _event(name, moment) for name, moment in nested(said, "keyDates.").items()},
        "source": found.get("source"),
        "customFields": {name: {"name": label, "fieldType": "string", "value": str(found[name])}
                         for name, label in (("agency", "Kto daje pieniądze"), ("category", "Obszar"))
                         if name in found},
        "createdAt": f"{days[0]}T00:00:00Z",
        "lastModifiedAt": f"{days[1]}T00:00:00Z",
    })


def _event(name: str, moment: str) -> dict[str, str]:
    day, _, hour = moment.partition("T")
    return {"name": _EVENTS.get(name, name), "eventType": "singleDate", "date": day,
            **({"time": f"{hour}:00"} if hour else {})}
