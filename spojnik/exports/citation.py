"""`dane/CITATION.cff`: how to cite the data, in the form that Zenodo, GitHub and reference managers read (1.2.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from spojnik.exports.facts import Finished
from spojnik.output import Output
from spojnik.store import dump_yaml

if TYPE_CHECKING:
    from spojnik.world import World


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """One dataset, as of the day of the build."""
    site = world.site
    author = site.operator or f"Współtwórcy serwisu {site.name}"
    head = dump_yaml({
        "cff-version": "1.2.0",
        "message": "Jeśli korzystasz z tych danych, podaj skąd są i z jakiego są dnia.",
        "type": "dataset",
        "title": f"{site.name}: otwarte dane",
        "abstract": site.tagline or site.name,
        "version": world.today,
        "date-released": world.today,
        "license": "CC0-1.0",
        **({"url": site.base_url} if site.base_url else {}),
        "keywords": [site.city, "organizacje pozarządowe", "otwarte dane"],
    })
    authors = dump_yaml({"name": author})
    yield Output(PurePosixPath("dane/CITATION.cff"), f"{head}authors:\n  - {authors}".encode())
