"""Which pages a site has, by type, so that one of each can be looked at without naming any dataset."""

import re
from pathlib import Path

LANGUAGES = ("en", "uk")
SHARED_SHAPES = ("wedlug", "strona", "a-z")


def address(site: Path, page: Path) -> str:
    """The address at which a server shows the file `page`: `/organizacje/` for `organizacje/index.html`."""
    return "/" + re.sub(r"(^|/)index\.html$", r"\1", page.relative_to(site).as_posix())


def shape(parts: tuple[str, ...]) -> str:
    """The type of a page, from the parts of its path.

    Each folder at the top has a type for its front page and one for the pages in it (records); what lists of all
    datasets share (facet pages, further pages, A–Z) is one type.
    """
    if parts[0] in LANGUAGES and len(parts) > 1:
        return f"{parts[0]}/{translated(shape(parts[1:]))}"
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return f"{parts[0]}/{'' if parts[1] == 'index.html' else '*.html'}"
    return f"*/{parts[1]}/*" if parts[1] in SHARED_SHAPES else f"{parts[0]}/*/*"


def translated(kind: str) -> str:
    """The type of a page in another language: lists and records of all datasets come from the same templates."""
    folder, _, rest = kind.partition("/")
    own = folder in ("pomoc", "dane", "popraw", "szukaj", "*") or "/" not in kind
    return kind if own else f"*/{rest}"


def pages(site: Path) -> list[Path]:
    """Every page of the site, in a stable order."""
    return sorted(site.rglob("*.html"))


def one_of_each(site: Path) -> dict[str, str]:
    """Type → address of its largest page (the one with most to go wrong)."""
    largest: dict[str, Path] = {}
    for page in pages(site):
        kind = shape(page.relative_to(site).parts)
        if kind not in largest or page.stat().st_size > largest[kind].stat().st_size:
            largest[kind] = page
    assert largest, f"no pages in {site}"
    return {kind: address(site, page) for kind, page in sorted(largest.items())}


def records(site: Path) -> dict[str, list[str]]:
    """Folder → addresses of the record pages in it: the pages that have their data in JSON beside them.

    A list has its own JSON beside it too, and is no record.
    """
    found: dict[str, list[str]] = {}
    for page in sorted(site.glob("*/*.html")):
        if page.name != "index.html" and page.with_suffix(".json").exists():
            found.setdefault(page.parent.name, []).append(address(site, page))
    return found
