"""Pages that say "label: value", in whatever markup: read by the words of the label."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parsel import Selector

from scrapers.select import words

_METKA = re.compile(r"Data (publikacji|aktualizacji):\s*</div>\s*<div[^>]*>\s*(\d{4}-\d{2}-\d{2})")
_METKA_TEXT = re.compile(r"Data (publikacji|aktualizacji):\s*(\d{4}-\d{2}-\d{2})")


def metka(html: str) -> dict[str, str]:
    """The city CMS's footer: {"publikacji": day, "aktualizacji": day}; the person it names is not read."""
    found = _METKA.findall(html) or _METKA_TEXT.findall(re.sub(r"<[^>]+>", " ", html))
    return dict(found)


def labelled(node: Selector, labels: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """name → text between one of its labels and the next known label. Labels match whole words at a block's start or
    with a colon after them; the first of each counts."""
    text = "\n".join(line for line in (words(block) for block in _blocks(node)) if line)
    every = sorted({label for starts in labels.values() for label in starts}, key=len, reverse=True)
    if not every:
        return {}
    pattern = re.compile(rf"(?im)(?:^|(?<=[.;,] ))({'|'.join(map(re.escape, every))})\s*(?::|\n|$|(?<=\w) ?[–-] )")
    marks = list(pattern.finditer(text))
    values: dict[str, str] = {}
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        said = mark.group(1).casefold()
        name = next(name for name, starts in labels.items() if said in {start.casefold() for start in starts})
        value = " ".join(text[mark.end() : after.start() if after else None].split())
        if value and name not in values:
            values[name] = value
    return values


def _blocks(node: Selector) -> list[Selector]:
    """The smallest blocks: paragraphs, cells, list items, headings, definition parts; else the node itself."""
    found = node.xpath(
        ".//*[self::p or self::li or self::td or self::th or self::dt or self::dd or self::div or self::span[@class]"
        " or self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"
        "[not(.//p or .//li or .//td or .//th or .//dt or .//dd or .//div or .//h2 or .//h3 or .//h4)]"
    )
    return list(found) or [node]
