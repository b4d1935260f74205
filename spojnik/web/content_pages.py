"""Prose pages from `site/content/*.md`: Markdown in, cleaned HTML out (contributed text is hostile)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from spojnik import addresses
from spojnik.output import Output
from spojnik.web.pages import Press, page
from spojnik.web.placed import Placed, place
from spojnik.web.reach import reachable
from spojnik.web.stacked import stacked
from spojnik.web.views import Link

_TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "dl",
    "dt",
    "dd",
    "hr",
    "br",
    "abbr",
    "div",
    "section",
    "span",
    "sup",
    "del",
}
_ATTRIBUTES = {"*": {"id", "class", "lang"}, "a": {"href", "title", "id"}, "th": {"scope"}, "abbr": {"title"}}


class Prose(NamedTuple):
    """A Markdown file: its title, its address, its first sentence, its cleaned HTML and its headings."""

    title: str
    address: str
    description: str
    html: Markup
    toc: tuple[Link, ...]


def clean_html(text: str) -> Markup:
    """Markdown → HTML with nothing in it that can run: only listed tags, only http, https, mailto and tel links."""
    import markdown  # a tenth of a second that most processes of a build never need
    import nh3

    found = markdown.markdown(
        text,
        extensions=["extra", "sane_lists", "toc"],
        output_format="html",
        extension_configs={"toc": {"slugify": lambda value, _separator: addresses.slugify(value)}},
    )
    safe = nh3.clean(
        found, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
    )
    return Markup(stacked(safe.replace("<th>", '<th scope="col">')))


@lru_cache
def prose(path: Path) -> Prose:
    """Read one file. Its head is lines of `name: value` up to an empty line: title, address, description."""
    head, _, body = path.read_text("utf-8").partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    html = clean_html(body)
    toc = tuple(
        Link(re.sub(r"<[^>]+>", "", title), f"#{anchor}")
        for anchor, title in re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', html)
    )
    return Prose(said["title"], said["address"], said.get("description", said["title"]), html, toc)


def content_pages(press: Press) -> Iterator[Output]:
    """Every prose page. Links that begin with "/" are ours: they get the way up to the root."""
    files = sorted((press.folder / "content" / press.prefix).glob("*.md"))
    known = tuple((text.address, text.title, text.description) for text in map(prose, files))
    for path in files:
        text = prose(path)
        root = addresses.root_of(press.prefix + text.address)
        body = reachable(press, text.html, {address for address, _, _ in known}, root)
        above = (
            Link(title, press.prefix + address)
            for address, title, _ in sorted(known)
            if text.address.startswith(address) and address != text.address
        )
        yield page(
            press,
            "text.html",
            text.address,
            text.title,
            {"body_html": place(body, Placed(press, text.address, known, str(path))), "toc": text.toc},
            description=text.description,
            crumbs=(Link(press.world.site.name, press.prefix), *above),
        )
