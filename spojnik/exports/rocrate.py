"""`dane/ro-crate-metadata.json`: the folder `dane/` as an RO-Crate 1.1, for repositories that archive research data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import orjson

from spojnik.exports.facts import CC0_URL, Finished, files_of
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """The crate: root dataset, publisher, licence and every file of every dataset."""
    listed = [(dataset, file) for dataset in world.catalog for file in files_of(dataset, files)]
    publisher = {"@id": "#wydawca", "@type": "Organization",
                 "name": world.site.operator or f"{world.site.name} (wydawca nie został jeszcze wskazany)"}
    root = {
        "@id": "./", "@type": "Dataset", "name": f"{world.site.name}: otwarte dane",
        "description": world.site.tagline or world.site.name, "datePublished": world.today, "inLanguage": "pl",
        "license": {"@id": CC0_URL}, "publisher": {"@id": "#wydawca"}, "author": {"@id": "#wydawca"},
        "hasPart": [{"@id": PurePosixPath(file.path).name} for _, file in listed],
        **({"url": f"{world.site.base_url}dane/"} if world.site.base_url else {}),
    }
    described = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
        {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
         "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}},
        root,
        publisher,
        {"@id": CC0_URL, "@type": "CreativeWork", "name": "CC0 1.0", "url": CC0_URL,
         "description": "Przekazanie do domeny publicznej. Wartości zachowują warunki swoich źródeł."},
        *({"@id": PurePosixPath(file.path).name, "@type": "File", "name": f"{dataset.spec.title}: {file.format.title}",
           "description": dataset.spec.description, "encodingFormat": file.format.media,
           "contentSize": str(file.size), "sha256": file.sha256, "license": {"@id": CC0_URL}}
          for dataset, file in listed),
    ]}
    body = orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    yield Output(PurePosixPath("dane/ro-crate-metadata.json"), body)
