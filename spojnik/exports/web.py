"""Files that tell robots and browsers where things are: sitemap, robots.txt, OpenSearch, llms.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from spojnik import addresses, words
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

URLS_AT_MOST = 50_000  # https://www.sitemaps.org/protocol.html
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def pages(world: World) -> Iterator[tuple[str, str]]:
    """(address, day of the last change) of lists and records: what is worth finding. The day may be unknown: ""."""
    yield "", max((world.modified.get(dataset.id, "") for dataset in world.catalog), default="")
    for dataset in world.catalog:
        changed: dict[str, str] = {}
        for said in world.said.get(dataset.id, ()):
            changed[said.key] = max(changed.get(said.key, ""), said.changed, said.gone)
        yield addresses.list_page(dataset.slug), world.modified.get(dataset.id, "")
        yield addresses.dictionary_page(dataset.slug), ""
        for key in world.records[dataset.id]:
            yield addresses.record_page(dataset.slug, key), changed.get(key, "")


def export(world: World) -> Iterable[Output]:
    """Everything that needs no page of its own."""
    yield from sitemap(world, list(pages(world)))
    yield _text("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {world.site.root_url}sitemap.xml\n")
    yield _text("opensearch.xml", opensearch(world))
    yield _text("llms.txt", llms(world))


def _text(name: str, text: str) -> Output:
    return Output(PurePosixPath(name), text.encode())


def sitemap(world: World, listed: Sequence[tuple[str, str]]) -> Iterator[Output]:
    """`sitemap.xml`; with more than 50 000 addresses it is an index of `sitemap-1.xml`, `sitemap-2.xml` …"""
    root = world.site.root_url
    parts = [listed[start:start + URLS_AT_MOST] for start in range(0, len(listed), URLS_AT_MOST)]
    if len(parts) == 1:
        yield _text("sitemap.xml", _list("urlset", "url", root, parts[0]))
        return
    for number, part in enumerate(parts, 1):
        yield _text(f"sitemap-{number}.xml", _list("urlset", "url", root, part))
    index = [(f"sitemap-{number}.xml", max(day for _, day in part)) for number, part in enumerate(parts, 1)]
    yield _text("sitemap.xml", _list("sitemapindex", "sitemap", root, index))


def _list(outer: str, inner: str, root: str, listed: Sequence[tuple[str, str]]) -> str:
    lines = (f"<{inner}><loc>{escape(root + address)}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "")
             + f"</{inner}>\n" for address, day in listed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} xmlns="{_SITEMAP}">\n{"".join(lines)}</{outer}>\n'


def opensearch(world: World) -> str:
    """The search of the site in the browser's own search box (OpenSearch 1.1; ShortName has 16 letters at most)."""
    root, name = escape(world.site.root_url), escape(world.site.name)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(world.site.name[:16])}</ShortName>\n"
        f"<Description>{name}: {escape(world.site.tagline or world.site.city)}</Description>\n"
        f'<Url type="text/html" template="{root}szukaj/?q={{searchTerms}}"/>\n'
        "<Language>pl</Language>\n<InputEncoding>UTF-8</InputEncoding>\n<OutputEncoding>UTF-8</OutputEncoding>\n"
        "</OpenSearchDescription>\n")


def llms(world: World) -> str:
    """llms.txt (https://llmstxt.org): what is here, for programs that answer people's questions."""
    root, site = world.site.root_url, world.site
    lines = [f"# {site.name}", "", f"> {site.tagline or site.city}", "",
             f"Stan na {words.day(world.today)}. Każda wartość ma źródło i datę: są na stronie rekordu i w pliku JSON "
             "obok niej. Pusta wartość znaczy „nie wiemy”, nigdy „nie”. Zapisów archiwalnych nie podawaj jako "
             "aktualnych: patrz pole „stan”.", "", "## Zbiory", ""]
    for dataset in world.catalog:
        spec, count = dataset.spec, len(world.records[dataset.id])
        lines.append(f"- [{spec.title}]({root}{addresses.list_page(spec.slug)}): {spec.description} "
                     f"{words.number(count)} {words.plural(count, spec.one, spec.few, spec.many)}. "
                     f"[CSV]({root}dane/{spec.slug}.csv), [JSON]({root}dane/{spec.slug}.json), "
                     f"[słownik]({root}{addresses.dictionary_page(spec.slug)})")
    lines += ["", "## Całość", "", f"- [Opis plików: Data Package]({root}dane/datapackage.json)",
              f"- [Baza SQLite]({root}dane/spojnik.sqlite)", f"- [Katalog DCAT-AP]({root}dane/katalog.ttl)", ""]
    return "\n".join(lines)
