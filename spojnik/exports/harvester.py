"""`dane/dane-gov-pl.xml` and its `.md5`: what the national portal dane.gov.pl fetches to list our datasets.

Form: the portal's XSD 1.10 (namespace urn:otwarte-dane:harvester:1.10). Its importer (mcod/harvester/utils.py in the
portal's published code) replaces `.xml` by `.md5` and wants there the bare MD5 of the file and nothing else; people
look for `.xml.md5`, so it lies there too. While the site has no address of its own, the links lead to a name that
cannot resolve (RFC 6761).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.exports.facts import File, Finished, files_of
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

NAMESPACE = "urn:otwarte-dane:harvester:1.10"
_FREQUENCY = {"irregular": "notApplicable"}
_LICENCE = ("Nasze zestawienie: CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/deed.pl. "
            "Wartości zachowują warunki swoich źródeł.")


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """The list of datasets with their files, and its MD5."""
    from lxml import etree

    root = etree.Element(_tag("datasets"), nsmap={None: NAMESPACE})
    for dataset in world.catalog:
        if found := files_of(dataset, files):
            _dataset(world, root, dataset, found)
    etree.indent(root)
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    yield Output(PurePosixPath("dane/dane-gov-pl.xml"), body)
    digest = hashlib.md5(body, usedforsecurity=False).hexdigest().encode()
    yield Output(PurePosixPath("dane/dane-gov-pl.md5"), digest)
    yield Output(PurePosixPath("dane/dane-gov-pl.xml.md5"), digest)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, _tag(name), attributes)
    child.text = text
    return child


def _polish(parent: Any, name: str, text: str, most: int) -> None:
    _add(_add(parent, name), "polish", text if len(text) <= most else text[: most - 1] + "…")


def _dataset(world: World, root: Any, dataset: Dataset, files: list[File]) -> None:
    spec, address = dataset.spec, world.site.root_url
    changed = world.modified.get(dataset.id, "")
    node = _add(root, "dataset", status="published")
    _add(node, "extIdent", spec.id)
    _polish(node, "title", f"{spec.title} – {world.site.name}, {world.site.city}", 300)
    _polish(node, "description", spec.description, 1000)
    _add(node, "url", address + addresses.list_page(spec.slug))
    _add(node, "updateFrequency", _FREQUENCY.get(spec.update, spec.update))
    _add(_add(node, "categories"), "category", spec.theme)
    conditions = _add(node, "conditions")
    _add(conditions, "source", "true")
    _add(conditions, "modification", "false")
    _add(conditions, "dbOrCopyrighted", _LICENCE)
    resources = _add(node, "resources")
    for file in files:
        _resource(world, resources, dataset, file, changed)
    tags = _add(node, "tags")
    for word in sorted({spec.many, world.site.city, "organizacje pozarządowe"}):
        _add(tags, "tag", word, lang="pl")
    if changed:
        _add(node, "lastUpdateDate", f"{changed}T00:00:00")


def _resource(world: World, resources: Any, dataset: Dataset, file: File, changed: str) -> None:
    node = _add(resources, "resource", status="published")
    ending = file.path.removeprefix(f"dane/{dataset.slug}").replace(".", "-").lstrip("-")
    _add(node, "extIdent", f"{dataset.id[:24]}-{ending}"[:36])
    _add(node, "url", world.site.root_url + file.path)
    _polish(node, "title", f"{dataset.spec.title}: {file.format.title}", 300)
    _polish(node, "description", dataset.spec.description, 1000)
    _add(node, "availability", "remote")
    _add(node, "dataDate", world.today)
    if changed:
        _add(node, "lastUpdateDate", f"{changed}T00:00:00")
