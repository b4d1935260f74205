"""`dane/hsds/services.json` and `organizations.json`: Open Referral HSDS 3.0, which help lines and finders exchange.

Each file is one page of an HSDS API answer with everything in `contents`. A dataset takes part by its fields: the one
with `hsds:service.name` gives services, and the dataset that its `hsds:service.organization_id` leads to gives
organisations. http://docs.openreferral.org/en/v3.0.1/hsds/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik import words
from spojnik.catalog import Dataset
from spojnik.exports.mapped import Said, identifier, list_address, mapped, nested, present, speaks, stable_id, sure
from spojnik.exports.table import page_of
from spojnik.origin import Merged
from spojnik.output import Output
from spojnik.ranks import title_of
from spojnik.status import standing

if TYPE_CHECKING:
    from spojnik.world import World

NO_DESCRIPTION = "Nie mamy opisu."
_ENDED = {"gone": "defunct", "archival": "inactive", "closed": "inactive", "cancelled": "inactive"}
_ADDRESS = ("address_1", "city", "postal_code")


def export(world: World) -> Iterable[Output]:
    """Nothing where no dataset speaks HSDS."""
    offers = next((dataset for dataset in world.catalog if speaks(dataset, "hsds:service.name")), None)
    if offers is None:
        return
    link = speaks(offers, "hsds:service.organization_id")
    bodies = world.catalog.datasets.get(link.kind.target) if link else None
    services = [service(world, offers, record, bodies) for record in world.records[offers.id].values()]
    yield _page("services", services)
    if bodies is not None:
        yield _page("organizations", [organization(world, bodies, record)
                                      for record in world.records[bodies.id].values()])


def _page(name: str, contents: Sequence[Mapping[str, Any]]) -> Output:
    answer = {"total_items": len(contents), "total_pages": 1, "page_number": 1, "size": len(contents),
              "first_page": True, "last_page": True, "empty": not contents, "contents": contents}
    return Output(PurePosixPath(f"dane/hsds/{name}.json"), orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))


def service(world: World, offers: Dataset, record: Merged, bodies: Dataset | None) -> dict[str, Any]:
    """One service. What HSDS demands and nobody told us is said in words, never made up."""
    said = mapped(offers, record, "hsds")
    found = nested(said, "service.")
    own = stable_id(offers.id, record.key)
    now = standing(offers, record, world.today)
    code = now.code if now else "current"
    body = world.record(bodies.id, found["organization_id"]) if bodies and "organization_id" in found else None
    summary = sure(record, offers.spec.summary)
    return present({
        "id": own,
        "organization_id": stable_id(bodies.id, body.key) if bodies and body else None,
        "name": title_of(offers, record),
        "description": summary,
        "url": found.get("url"),
        "email": found.get("email"),
        "status": _ENDED.get(code, "active"),
        "fees_description": found.get("fees_description"),
        "eligibility_description": found.get("eligibility_description"),
        "alert": "Do potwierdzenia: nie wiemy, czy to jest nadal aktualne." if code in ("confirm", "unknown") else None,
        "phones": _phones(own, said),
        "schedules": _schedules(own, said),
        "languages": _languages(own, said),
        "required_documents": [{"id": stable_id(own, "document", text), "service_id": own, "document": text}
                               for text in nested(said, "required_document.").get("document", [])],
        "service_at_locations": _locations(world, own, record, offers, said),
        "organization": _brief(bodies, body) if bodies and body else None,
    })


def organization(world: World, bodies: Dataset, record: Merged) -> dict[str, Any]:
    """One organisation with its identifier after org-id.guide."""
    said = mapped(bodies, record, "hsds")
    own = stable_id(bodies.id, record.key)
    found, number = nested(said, "organization."), identifier(bodies, record)
    return present({
        **_brief(bodies, record),
        "alternate_name": found.get("alternate_name"),
        "email": found.get("email"),
        "website": found.get("website"),
        "year_incorporated": found.get("year_incorporated"),
        "legal_status": found.get("legal_status"),
        "uri": page_of(world, bodies, record.key) if world.site.base_url else None,
        "phones": _phones(own, said),
        "organization_identifiers": [{"id": stable_id(own, number[1]), "organization_id": own,
                                      "identifier_scheme": list_address(number[0]), "identifier_type": number[0],
                                      "identifier": number[1]}] if number else None,
    })


def _brief(bodies: Dataset, record: Merged) -> dict[str, Any]:
    described = nested(mapped(bodies, record, "hsds"), "organization.").get("description")
    return {"id": stable_id(bodies.id, record.key), "name": title_of(bodies, record),
            "description": described or NO_DESCRIPTION}


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _phones(own: str, said: list[Said]) -> list[dict[str, Any]]:
    found = []
    for number in _many(nested(said, "phone.").get("number")):
        main, _, inner = number.partition(" wew. ")
        found.append(present({"id": stable_id(own, "phone", number), "number": main,
                              "extension": int(inner) if inner else None}))
    return found


def _schedules(own: str, said: list[Said]) -> list[dict[str, Any]]:
    """Hours in words (HSDS has no place for the OpenStreetMap form) and how long the service lasts."""
    dates = nested(said, "schedule.")
    hours = next((item.value for item in said if item.field.kind.name == "hours"), None)
    found = present({**dates, "description": words.hours(hours) if hours else None})
    return [{"id": stable_id(own, "schedule"), **found}] if found else []


def _languages(own: str, said: list[Said]) -> list[dict[str, Any]]:
    codes = _many(nested(said, "language.").get("code"))
    return [{"id": stable_id(own, "language", code), "code": code, "name": words.LANGUAGES[code]} for code in codes]


def _locations(world: World, own: str, record: Merged, offers: Dataset, said: list[Said]) -> list[dict[str, Any]]:
    """The place of the service. HSDS wants whole addresses: street, town and code, else there is only what is known."""
    parts = nested(said, "address.")
    if not parts.get("address_1"):
        return []
    place = stable_id(own, "location")
    whole = all(parts.get(name) for name in _ADDRESS) and world.site.region
    address = {"id": stable_id(own, "address"), **{name: parts[name] for name in _ADDRESS},
               "state_province": world.site.region.removeprefix("województwo "), "country": "PL",
               "address_type": "physical"} if whole else None
    location = present({
        "id": place, "location_type": "physical", "name": title_of(offers, record),
        "description": None if whole else ", ".join(str(parts[name]) for name in _ADDRESS if parts.get(name)),
        "addresses": [address] if address else None,
        "accessibility": [{"id": stable_id(own, "access"), "description": "wejście bez stopni"}]
        if any(item.path == "accessibility" and item.value is True for item in said) else None,
    })
    return [{"id": stable_id(own, "at"), "service_id": own, "location_id": place, "location": location}]
