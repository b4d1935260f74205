"""What our own pages are called, so that a value that is an address reads as a name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from spojnik import addresses
from spojnik.catalog import Dataset
from spojnik.schema import facet_fields
from spojnik.store import load_yaml
from spojnik.web.pages import Press
from spojnik.web.rows import facet_slug, facet_values
from spojnik.web.views import Fact


def with_names(press: Press, found: Fact) -> Fact:
    """A fact that holds addresses of our pages, with the pages' names; any other fact as it is."""
    if found.kind not in ("page", "many:page"):
        return found
    return found._replace(
        values=tuple(value._replace(text=page_name(press, value.href) or value.text) for value in found.values)
    )


def page_name(press: Press, address: str) -> str:
    """The name of the page at a site-relative address, "" when we cannot tell."""
    from spojnik.web.numbers.pages import INDEX, numbers_of

    known = _declared(press.folder)
    slug, _, rest = address.partition("/")
    dataset = next((each for each in press.world.catalog if each.slug == slug), None)
    if dataset is not None and not rest:
        return press.say(dataset.spec.title)
    if dataset is not None and rest.startswith("wedlug/"):
        return _facet_name(press, dataset, address)
    if address == INDEX:
        return press.say("Liczby")
    numbers = {number.page: number.title for number in numbers_of(press)}
    return ": ".join(map(press.say, (known.get(address) or numbers.get(address, "")).split(": ")))


@lru_cache
def _declared(folder: Path) -> Mapping[str, str]:
    """Address → title of prose pages and of the finder's screens."""
    from spojnik.web.content_pages import prose

    found = {text.address: text.title for text in map(prose, sorted((folder / "content").glob("*.md")))}
    finder = load_yaml(folder / "finder.yml").data if (folder / "finder.yml").exists() else None
    if isinstance(finder, dict):
        found["pomoc/"] = str(finder.get("title", ""))
        for name, screen in (finder.get("screens") or {}).items():
            found[f"pomoc/{name}/"] = f"{finder.get('title', '')}: {screen.get('title') or screen.get('label', '')}"
    return found


def _facet_name(press: Press, dataset: Dataset, address: str) -> str:
    """ "Wsparcie, dla kogo: samotni rodzice", read from the records that have the value."""
    for field in facet_fields(dataset.model):
        for record in press.world.records[dataset.id].values():
            for value in facet_values(press.world, field, record, press.locale):
                if addresses.facet_page(dataset.slug, facet_slug(field), value.slug) == address:
                    label = press.say(field.label)
                    return f"{press.say(dataset.spec.title)}, {label[:1].lower()}{label[1:]}: {value.label}"
    return ""
