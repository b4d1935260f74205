"""What every page is given besides its own content: the site, the page's own address, the way to the root."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from spojnik import addresses, words
from spojnik.catalog import Dataset
from spojnik.exports import jsonld
from spojnik.output import Output
from spojnik.web.html import asked, render
from spojnik.web.views import DatasetView, Link
from spojnik.world import World

NAVIGATION = 6


class Press(NamedTuple):
    """Everything needed to print pages: the world, the folder of the site's files, and the locale of the pages."""

    world: World
    folder: Path
    locale: str = "pl"
    editions: Path | None = None

    @property
    def prefix(self) -> str:
        """ "" for Polish, "en/" and "uk/" for the others."""
        return "" if self.locale == "pl" else f"{self.locale}/"

    def say(self, text: str) -> str:
        """The sentence in the language of the pages."""
        return words.say(text, self.locale)

    def place(self, address: str) -> str:
        """Where a link leads: to the page in the reader's language, or to the Polish one where it is the only one."""
        bare = address.removeprefix(self.prefix)
        return self.prefix + bare if self.speaks(bare) else bare

    def speaks(self, address: str) -> bool:
        """Whether the page at a Polish address exists in the language of the pages."""
        if self.locale == "pl":
            return True
        return _translated(address, tuple(each.slug for each in self.world.catalog), self.folder, self.locale)


@lru_cache(maxsize=20_000)
def _translated(address: str, slugs: tuple[str, ...], folder: Path, locale: str) -> bool:
    """Every page asks it of the same few hundred addresses."""
    return addresses.translated(address, slugs, prose_of(folder, locale))


@cache
def prose_of(folder: Path, locale: str) -> frozenset[str]:
    """Addresses of the prose that exists in another language: `content/<locale>/<name>.md` answers at `<name>/`."""
    return frozenset(f"{path.stem}/" for path in (folder / "content" / locale).glob("*.md"))


def presses(press: Press) -> tuple[Press, ...]:
    """The same press in every language that the site speaks, Polish first."""
    return tuple(press._replace(locale=locale) for locale in press.world.site.locales)


def alternates(press: Press, address: str) -> tuple[tuple[str, str], ...]:
    """(language, address) of one page in every language it exists in; nothing where that is one language."""
    if len(press.world.site.locales) < 2:
        return ()
    found = tuple((each.locale, each.prefix + address) for each in presses(press) if each.speaks(address))
    return found if len(found) > 1 else ()


def page(
    press: Press,
    template: str,
    address: str,
    title: str,
    context: Mapping[str, Any],
    *,
    description: str = "",
    crumbs: Iterable[Link] = (),
    feeds: Iterable[tuple[str, str, str]] = (),
    nodes: Callable[[], Iterable[dict[str, Any]]] = tuple,
    robots: str = "",
) -> Output:
    """Render one page. `address` is site-relative without the locale's prefix; `nodes` makes its schema.org data."""
    full = press.prefix + address
    steps = tuple(crumbs)
    whole = {
        "site": _site(press),
        "today": press.world.today,
        "today_text": words.day(press.world.today, press.locale),
        "built_text": words.day(press.world.today, press.locale),
        "locale": press.locale,
        "page": {
            "title": title,
            "description": description or title,
            "lang": press.locale,
            "address": full,
            "root": addresses.root_of(full),
            "home": press.prefix,
            "crumbs": steps,
            "kind": template.removesuffix(".html"),
            "alternates": alternates(press, address),
            "place": press.place,
            "feeds": tuple(feeds),
            "robots": robots,
        },
        **context,
    }
    templates = templates_of(press.folder)
    wanted = asked(templates, press.locale, template)
    if wanted is None or "jsonld" in wanted:
        whole["jsonld"] = _linked(press, address, title, steps, nodes())
    return Output(addresses.file_of(full), render(templates, press.locale, template, whole))


@lru_cache(maxsize=100)
def templates_of(folder: Path) -> Path:
    """The folder of templates: one object for all pages, because a path is slow to join and to hash."""
    return folder / "templates"


def _linked(press: Press, address: str, title: str, steps: Sequence[Link], nodes: Iterable[dict[str, Any]]) -> str:
    """schema.org data of the page: what it is about, and the way to it from the home page."""
    way = [(step.label, step.href) for step in steps] + [(title, press.prefix + address)] if steps else []
    found = [node for node in (*nodes, jsonld.breadcrumbs(press.world, way)) if node]
    return _safe_json(jsonld.document(*found)) if found else ""


def _safe_json(value: Mapping[str, Any]) -> str:
    """JSON that cannot end its own script element, whatever a name in it contains."""
    text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    for letter, safe in _UNSAFE:
        if letter in text:
            text = text.replace(letter, safe)
    return text


_UNSAFE = tuple((letter, f"\\u{ord(letter):04x}") for letter in "<>&\u2028\u2029")


def _site(press: Press) -> dict[str, Any]:
    """The facts of the site as every page is given them; made once for all pages of a press in one language."""
    known = _SITES.get(press.locale)
    if known is None or known[0] is not press.world or known[1] is not words.catalogue(press.locale):
        known = _SITES[press.locale] = press.world, words.catalogue(press.locale), _site_of(press)
    return known[2]


_SITES: dict[str, tuple[World, words.Words, dict[str, Any]]] = {}


def _site_of(press: Press) -> dict[str, Any]:
    site = press.world.site
    return {
        "name": site.name,
        "city": site.city,
        "tagline": press.say(site.tagline),
        "base_url": site.base_url,
        "base_path": site.base_path,
        "repository": site.repository,
        "branch": site.branch,
        "contact": site.contact,
        "operator": site.operator,
        "locales": site.locales,
        "reader": words.catalogue(press.locale).reader,
        "nav": navigation(press),
    }


def navigation(press: Press) -> tuple[Link, ...]:
    """The first lists, then the way to all of them and to the files: a header people can take in at a glance."""
    lists = [
        Link(press.say(dataset.spec.title), press.prefix + addresses.list_page(dataset.slug))
        for dataset in press.world.catalog
        if dataset.spec.landing
    ]
    all_lists = [Link(press.say("Wszystkie zbiory"), f"{press.prefix}#zbiory")] if len(lists) > NAVIGATION else []
    return (*lists[:NAVIGATION], *all_lists, Link(press.say("Dane do pobrania"), "dane/"))


def dataset_card(press: Press, dataset: Dataset) -> DatasetView:
    """A dataset on pages of single records, which neither count it nor date it: they would all change every day."""
    spec, href = dataset.spec, press.prefix + addresses.list_page(dataset.slug)
    return DatasetView(dataset.id, dataset.slug, press.say(spec.title), press.say(spec.description), "", 0, "", href)


def dataset_view(press: Press, dataset: Dataset) -> DatasetView:
    """A dataset as pages show it: counted in words, with the newest day anybody looked."""
    count, seen, spec = press.world.standing[dataset.id], press.world.newest[dataset.id], dataset.spec
    return dataset_card(press, dataset)._replace(
        counted=f"{words.number(count)}\u00a0{words.plural(count, spec.one, spec.few, spec.many, press.locale)}",
        count=count,
        updated=words.when(seen, press.locale) if seen else "",
    )
