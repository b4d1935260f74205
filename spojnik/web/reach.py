"""Which of our own pages a build has. Prose is written for the whole site; a part of it (`--only`, another catalogue)
has fewer pages, and a link to a page that is not there would lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup

from spojnik.web.numbers.pages import INDEX, numbers_of
from spojnik.web.pages import Press

_ALWAYS = ("", "zrodla", "jakosc", "zmiany", "szukaj", "dane", "popraw", "pomoc", "druk", "sql", "static")
_LINK = re.compile(r'<a href="/([^"#]*)([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)


def reachable(press: Press, html: Markup, prose: Collection[str], root: str) -> Markup:
    """Prose whose links to "/…" go up to `root`, to the page in the reader's language where there is one; those to
    pages that this build lacks become their text."""
    slugs = {dataset.slug: dataset.id for dataset in press.world.catalog}
    numbers = {INDEX, *(number.page for number in numbers_of(press))}

    def there(address: str) -> bool:
        if address in prose or address in numbers:
            return True
        first, _, rest = address.partition("/")
        if first in ("popraw", "dane") and "/" in rest:
            return rest.partition("/")[0] in slugs
        if first in slugs and rest.endswith(".html") and "/" not in rest:
            return rest.removesuffix(".html") in press.world.records[slugs[first]]
        return first in slugs or first in _ALWAYS

    def linked(found: re.Match[str]) -> str:
        address, tail, more, text = found.groups()
        target = f"{root or './'}{press.place(address)}{tail}"
        return f'<a href="{target}"{more}>{text}</a>' if there(address) else text

    return Markup(_LINK.sub(linked, html))
