"""`dane/katalog.jsonld` and `dane/katalog.ttl`: the catalogue in DCAT-AP 3, so that European portals can harvest it.

One graph in two notations: the JSON-LD is written here with its whole context inside (nothing is fetched to read it),
the Turtle is the same graph as rdflib reads it from the JSON-LD.
https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.exports.facts import File, Finished, files_of
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

_EU = "http://publications.europa.eu/resource/authority"
_FREQUENCY = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "yearly": "ANNUAL", "irregular": "IRREG"}
# The EU's list of data themes with its Polish names: http://publications.europa.eu/resource/authority/data-theme
THEMES = {
    "AGRI": "Rolnictwo, rybołówstwo, leśnictwo i żywność", "ECON": "Gospodarka i finanse",
    "EDUC": "Edukacja, kultura i sport", "ENER": "Energia", "ENVI": "Środowisko", "GOVE": "Rząd i sektor publiczny",
    "HEAL": "Zdrowie", "INTR": "Kwestie międzynarodowe",
    "JUST": "Sprawiedliwość, ustrój sądów i bezpieczeństwo publiczne", "REGI": "Regiony i miasta",
    "SOCI": "Ludność i społeczeństwo", "TECH": "Nauka i technologia", "TRAN": "Transport",
}
_LINK = {"@type": "@id"}
CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "id": "@id", "type": "@type",
    **{name: {"@id": f"dct:{name}", "@language": "pl"} for name in ("title", "description")},
    **{name: {"@id": f"dct:{name}", **_LINK} for name in (
        "publisher", "language", "license", "accrualPeriodicity", "format", "conformsTo", "source", "rights")},
    **{name: {"@id": f"dct:{name}", "@type": "xsd:date"} for name in ("issued", "modified")},
    "identifier": "dct:identifier",
    **{name: {"@id": f"dcat:{name}", **_LINK} for name in (
        "dataset", "distribution", "theme", "themeTaxonomy", "landingPage", "contactPoint", "accessURL", "downloadURL",
        "mediaType")},
    "keyword": {"@id": "dcat:keyword", "@language": "pl"},
    "byteSize": {"@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger"},
    "checksum": {"@id": "spdx:checksum", **_LINK},
    "algorithm": {"@id": "spdx:algorithm", **_LINK},
    "checksumValue": {"@id": "spdx:checksumValue", "@type": "xsd:hexBinary"},
    "name": {"@id": "foaf:name", "@language": "pl"},
    "homepage": {"@id": "foaf:homepage", **_LINK},
    "prefLabel": {"@id": "skos:prefLabel", "@language": "pl"},
    "fn": "vcard:fn",
    "hasEmail": {"@id": "vcard:hasEmail", **_LINK},
}


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """The catalogue of all datasets with their files."""
    from rdflib import Graph

    body = orjson.dumps({"@context": CONTEXT, "@graph": graph(world, files)},
                        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    turtle = Graph().parse(data=body, format="json-ld").serialize(format="turtle", encoding="utf-8")
    yield Output(PurePosixPath("dane/katalog.jsonld"), body)
    yield Output(PurePosixPath("dane/katalog.ttl"), turtle)


def graph(world: World, files: Mapping[str, Finished]) -> list[dict[str, Any]]:
    """Catalogue, publisher, contact, datasets and distributions as flat nodes; every node has an address of its own."""
    root = world.site.root_url
    catalogue, publisher, contact = (f"{root}dane/#{name}" for name in ("katalog", "wydawca", "kontakt"))
    nodes: list[dict[str, Any]] = [
        {
            "id": catalogue, "type": "dcat:Catalog",
            "title": f"{world.site.name}: otwarte dane", "description": world.site.tagline or world.site.name,
            "publisher": publisher, "language": f"{_EU}/language/POL", "license": f"{_EU}/licence/CC0",
            "homepage": root, "modified": world.today, "themeTaxonomy": f"{_EU}/data-theme",
            "dataset": [_address(root, dataset) for dataset in world.catalog],
        },
        # A catalogue must name its publisher; where none is appointed, the name says so.
        {"id": publisher, "type": "foaf:Agent",
         "name": world.site.operator or f"{world.site.name} (wydawca nie został jeszcze wskazany)"},
        {"id": root, "type": "foaf:Document"},
    ]
    if world.site.contact:
        email = {"hasEmail": f"mailto:{world.site.contact}"} if "@" in world.site.contact else {}
        nodes.append({"id": contact, "type": "vcard:Kind", "fn": world.site.operator or world.site.name, **email})
    for dataset in world.catalog:
        nodes += _dataset(world, dataset, files_of(dataset, files), publisher, contact)
    return [*nodes, *_terms(nodes)]


_CLASSES = {"language": "dct:LinguisticSystem", "accrualPeriodicity": "dct:Frequency", "theme": "skos:Concept",
            "themeTaxonomy": "skos:ConceptScheme", "format": "dct:MediaTypeOrExtent", "mediaType": "dct:MediaType",
            "license": "dct:LicenseDocument", "algorithm": "spdx:ChecksumAlgorithm"}


def _terms(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What kind of thing each code from a list is: the shapes ask for it and must not fetch the list to see."""
    found = {node[name]: kind for node in nodes for name, kind in _CLASSES.items() if name in node}
    return [{"id": address, "type": kind, **_label(address, kind)} for address, kind in sorted(found.items())]


def _label(address: str, kind: str) -> dict[str, str]:
    if kind == "skos:ConceptScheme":
        return {"title": "Tematy zbiorów danych"}
    code = address.rpartition("/")[2]
    return {"prefLabel": THEMES.get(code, code)} if kind == "skos:Concept" else {}


def _address(root: str, dataset: Dataset) -> str:
    return f"{root}{addresses.dictionary_page(dataset.slug)}#zbior"


def _dataset(world: World, dataset: Dataset, files: list[File], publisher: str, contact: str) -> list[dict[str, Any]]:
    root, spec = world.site.root_url, dataset.spec
    changed = world.modified.get(dataset.id, "")
    described = {
        "id": _address(root, dataset), "type": "dcat:Dataset",
        "title": spec.title, "description": spec.description, "identifier": _address(root, dataset),
        "keyword": sorted({spec.many, world.site.city, "organizacje pozarządowe"}),
        "publisher": publisher, "language": f"{_EU}/language/POL", "theme": f"{_EU}/data-theme/{spec.theme}",
        "accrualPeriodicity": f"{_EU}/frequency/{_FREQUENCY[spec.update]}",
        "landingPage": root + addresses.list_page(spec.slug),
        **({"modified": changed} if changed else {}),
        **({"contactPoint": contact} if world.site.contact else {}),
        "distribution": [f"{root}{file.path}#plik" for file in files],
    }
    page = {"id": root + addresses.list_page(spec.slug), "type": "foaf:Document"}
    return [described, page, *(node for file in files for node in _distribution(world, dataset, file))]


def _distribution(world: World, dataset: Dataset, file: File) -> list[dict[str, Any]]:
    root = world.site.root_url
    address = root + file.path
    return [
        {
            "id": f"{address}#plik", "type": "dcat:Distribution",
            "title": f"{dataset.spec.title}: {file.format.title}", "description": dataset.spec.description,
            "accessURL": f"{root}dane/", "downloadURL": address,
            "mediaType": f"http://www.iana.org/assignments/media-types/{file.format.media}",
            "format": f"{_EU}/file-type/{file.format.code}", "license": f"{_EU}/licence/CC0",
            "byteSize": str(file.size), "modified": world.today, "checksum": f"{address}#sha256",
        },
        {"id": f"{address}#sha256", "type": "spdx:Checksum",
         "algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "checksumValue": file.sha256},
    ]
