"""Where everything is published. Addresses are promises: other people's bookmarks, feeds and programs call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LIST_PAGE = 200
_FOLD = str.maketrans("łŁđĐøØ", "lLdDoO")


def slugify(text: str) -> str:
    """ "Łagiewniki-Borek Fałęcki" → "lagiewniki-borek-falecki"; at most 80 characters, never empty."""
    folded = unicodedata.normalize("NFKD", text.translate(_FOLD)).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:80].strip("-")
    return slug or "-".join(f"{ord(letter):x}" for letter in text[:12]) or "brak"


def record_page(slug: str, key: str) -> str:
    """Page of a record; its JSON lies beside it."""
    return f"{slug}/{key}.html"


def record_json(slug: str, key: str) -> str:
    """JSON of a record with the why of every value."""
    return f"{slug}/{key}.json"


def list_page(slug: str, number: int = 1) -> str:
    """Page of a dataset's list."""
    return f"{slug}/" if number == 1 else f"{slug}/strona/{number}.html"


def facet_page(slug: str, facet: str, value: str, number: int = 1) -> str:
    """Page of all records with one facet value; feeds and files share its stem."""
    return f"{slug}/wedlug/{facet}/{value}.html" if number == 1 else f"{slug}/wedlug/{facet}/{value}/{number}.html"


def facet_stem(slug: str, facet: str, value: str) -> str:
    """The stem that a facet's page, feeds and files share; the ending says the format."""
    return f"{slug}/wedlug/{facet}/{value}"


def az_page(slug: str) -> str:
    """The list of all names, without anything else to load."""
    return f"{slug}/a-z/"


def az_part(slug: str, number: int) -> str:
    """Some hundred of the names of a large dataset."""
    return f"{slug}/a-z/{number}.html"


def dictionary_page(slug: str) -> str:
    """What the columns mean."""
    return f"dane/{slug}/"


_TRANSLATED = frozenset(("", "szukaj/", "dane/", "zrodla/", "jakosc/", "zmiany/"))


def translated(address: str, slugs: Collection[str], prose: Collection[str]) -> bool:
    """Whether the page at a Polish address exists in the other languages too.

    Lists, records and what leads to them do, and the prose that somebody has translated. Files and feeds exist once.
    `slugs`: the datasets; `prose`: addresses of the translated prose.
    """
    path = address.partition("#")[0].partition("?")[0]
    if path in _TRANSLATED or path in prose:
        return True
    first, _, rest = path.partition("/")
    if first == "dane":
        return rest.endswith("/") and rest[:-1] in slugs
    return (first in slugs or first == "pomoc") and path.endswith(("/", ".html")) and rest != "spodziewane/"


def file_of(address: str) -> str:
    """The file that answers at an address: a folder is answered by its index.html."""
    return address + "index.html" if address == "" or address.endswith("/") else address


def root_of(address: str) -> str:
    """What to put before a site-relative address on the page at `address`: "../" for every folder above it."""
    return "../" * address.count("/")
