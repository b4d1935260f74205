"""schema.org JSON-LD for pages, so that search engines and assistants read facts instead of guessing them.

Every function returns a node; `document` puts nodes on one page. Values in doubt are left out. An old notice is never
a live one: types that invite people to act (JobPosting, Demand, Event …) are used only while the record is not over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.exports.facts import CC0_URL, File
from spojnik.exports.mapped import identifier, list_address, mapped, present
from spojnik.origin import Merged
from spojnik.ranks import title_of
from spojnik.status import LABELS, standing

if TYPE_CHECKING:
    from spojnik.world import World

_INVITES = {"JobPosting", "Demand", "Offer"}
_OVER = {"closed", "decided", "cancelled", "archival", "gone", "unknown", "confirm"}
_PARTS = {"address": "PostalAddress", "funder": "Organization", "provider": "Organization", "location": "Place",
          "organizer": "Organization", "hiringOrganization": "Organization", "jobLocation": "Place"}
_HOURS = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))* \d\d:\d\d-\d\d:\d\d")


def document(*nodes: dict[str, Any]) -> dict[str, Any]:
    """The nodes of one page."""
    return {"@context": "https://schema.org", "@graph": [node for node in nodes if node]}


def record(world: World, dataset: Dataset, merged: Merged) -> dict[str, Any]:
    """A record by its `schema_type`, with the sure values of its `schema:` fields."""
    now = standing(dataset, merged, world.today)
    over = now is not None and now.code in _OVER
    kind = _type(dataset, merged)
    node: dict[str, Any] = {"@type": "CreativeWork" if over and kind in _INVITES else kind}
    if world.site.base_url:
        node["@id"] = world.site.base_url + addresses.record_page(dataset.slug, merged.key) + "#rekord"
        node["mainEntityOfPage"] = world.site.base_url + addresses.record_page(dataset.slug, merged.key)
    node["name"] = title_of(dataset, merged)
    if node["@type"] == "CreativeWork":
        node |= {"creativeWorkStatus": LABELS[now.code]} if now else {}
        allowed = {"name", "description", "url"}
    else:
        allowed = set()
    for said in mapped(dataset, merged, "schema"):
        head, _, tail = said.path.partition(".")
        if not allowed or head in allowed:
            _put(node, head, tail, said.value, said.field.label)
    if isinstance(node.get("baseSalary"), dict):
        node["baseSalary"] = {"@type": "MonetaryAmount", "currency": "PLN", "value": node["baseSalary"]}
    if found := identifier(dataset, merged):
        code, value = found
        node["identifier"] = [{"@type": "PropertyValue", "propertyID": list_address(code), "value": value},
                              *node.get("identifier", [])]
    return present(node)


def _type(dataset: Dataset, merged: Merged) -> str:
    """`schema_type`, unless a value says otherwise: a field mapped to "schema-type:potrzeba=Demand"."""
    for said in mapped(dataset, merged, "schema-type"):
        value, _, kind = said.path.partition("=")
        if said.value == value:
            return kind
    return dataset.spec.schema_type or "Thing"


def _put(node: dict[str, Any], head: str, tail: str, value: Any, label: str) -> None:
    """One property in the shape that schema.org gives it."""
    if head == "identifier":
        node.setdefault("identifier", []).append({"@type": "PropertyValue", "propertyID": label, "value": value})
    elif head == "baseSalary":
        node.setdefault("baseSalary", {"@type": "QuantitativeValue"})[tail] = value
    elif tail:
        part = node.setdefault(head, {"@type": _PARTS.get(head, "Thing")})
        part[tail] = value
    elif head == "openingHours":
        node[head] = _HOURS.findall(value)
    elif head == "floorSize":
        node[head] = {"@type": "QuantitativeValue", "value": value, "unitCode": "MTK"}
    elif head == "audience":
        node[head] = [{"@type": "Audience", "audienceType": item} for item in value]
    elif head == "amenityFeature":
        node[head] = [{"@type": "LocationFeatureSpecification", "name": item, "value": True} for item in value]
    elif head == "jobLocationType":
        node[head] = "TELECOMMUTE" if value else None
    elif head == "foundingDate":
        node[head] = str(value)
    else:
        node[head] = value


def breadcrumbs(world: World, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The way from the home page: (name, site-relative address). Addresses only where the site has one."""
    base = world.site.base_url
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": place, "name": name, **({"item": base + address} if base else {})}
        for place, (name, address) in enumerate(steps, 1)]} if steps else {}


def dataset(world: World, described: Dataset, files: Sequence[File] = ()) -> dict[str, Any]:
    """A dataset for its dictionary and list pages; Google's dataset search reads it."""
    base, spec = world.site.base_url or "", described.spec
    return present({
        "@type": "Dataset",
        "name": f"{spec.title} – {world.site.name}, {world.site.city}",
        "description": spec.description if len(spec.description) >= 50 else
        f"{spec.description} Otwarte dane ze źródłem przy każdej wartości.",  # Google asks for 50 characters
        "url": base + addresses.list_page(spec.slug) if base else None,
        "license": CC0_URL,
        "inLanguage": "pl",
        "isAccessibleForFree": True,
        "dateModified": world.modified.get(described.id, ""),
        "spatialCoverage": {"@type": "Place", "name": world.site.city},
        "creator": {"@type": "Organization", "name": world.site.operator or world.site.name},
        "includedInDataCatalog": {"@type": "DataCatalog", "name": world.site.name},
        "distribution": [{"@type": "DataDownload", "encodingFormat": file.format.media, "contentUrl": base + file.path,
                          "contentSize": f"{file.size} B"} for file in files] if base else [],
    })


def catalogue(world: World) -> dict[str, Any]:
    """The whole site for the home and data pages."""
    base = world.site.base_url
    return present({
        "@type": "DataCatalog",
        "name": world.site.name,
        "description": world.site.tagline,
        "url": base,
        "license": CC0_URL,
        "inLanguage": "pl",
        "publisher": {"@type": "Organization", "name": world.site.operator} if world.site.operator else None,
        "dataset": [dataset(world, one) for one in world.catalog],
    })
