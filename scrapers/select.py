"""Selectors that state how many matches they expect: a page that changed its shape is noticed at once."""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector, SelectorList


class Mismatch(ValueError):
    """A page is not what the source map says; the text is Polish: what was expected and what was found."""


def some(node: Any, css: str, least: int = 1, most: int = 10_000) -> SelectorList[Selector]:
    """Between `least` and `most` matches of a CSS selector."""
    found: SelectorList[Selector] = node.css(css)
    if not least <= len(found) <= most:
        expected = f"{least}" if least == most else f"od {least} do {most}"
        raise Mismatch(f"selektor „{css}” powinien znaleźć {expected}, a znalazł {len(found)}")
    return found


def one(node: Any, css: str) -> Selector:
    """Exactly one match."""
    return some(node, css, 1, 1)[0]


def words(node: Any) -> str:
    """The visible text of a node in one line."""
    text = " ".join(" ".join(node.css("*:not(script):not(style)::text").getall()).split())
    return re.sub(r"(?<=[\w\"”)]) (?=[.,;:!?)](?:\s|$))", "", text)


def text(node: Any, css: str) -> str:
    """The text of exactly one match."""
    return words(one(node, css))


def maybe(node: Any, css: str) -> str:
    """The text of one match, or "" where there is none: for what a source may leave out."""
    found = some(node, css, 0, 1)
    return words(found[0]) if found else ""


def dig(data: Any, path: str, kind: type = object) -> Any:
    """A value inside JSON by dotted path; Mismatch names the step that is missing or has another type."""
    here = data
    for step in path.split("."):
        if not isinstance(here, dict) or step not in here:
            raise Mismatch(f"w odpowiedzi brakuje pola „{path}” (nie ma „{step}”)")
        here = here[step]
    if not isinstance(here, kind):
        raise Mismatch(f"pole „{path}” ma inny typ niż zwykle ({type(here).__name__})")
    return here


def get(data: Any, path: str) -> Any:
    """The same for what a source may leave out: None where it did."""
    for step in path.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data
