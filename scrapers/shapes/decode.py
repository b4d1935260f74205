"""Bytes to text, JSON, HTML and XML. City pages lie about their charset, so bytes decide before headers do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson
from lxml import etree
from parsel import Selector
from scrapy.http import Response

from scrapers.facts.text import decode
from scrapers.select import Mismatch, dig

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BROKEN = re.compile("[\x00\x80-\x84\x86-\x9f\ufffd]")


def text_of(response: Response) -> str:
    """UTF-8 if the bytes are UTF-8 (they almost never are by chance), else what a Polish page of its charset means.

    Mismatch when what comes out holds control characters: better no data than broken letters.
    """
    try:
        text = response.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(response.headers.get("Content-Type") or b"")
        text = decode(response.body, declared.group(1).decode("ascii") if declared else "")
    if _BROKEN.search(text):
        raise Mismatch("odpowiedź ma inne kodowanie znaków, niż zapowiada, i nie da się jej odczytać")
    return text


def json_text(text: str) -> Any:
    """JSON, or Mismatch in Polish: a wall or a notice of a break often comes as HTML with status 200."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        if text.lstrip()[:1] == "<":
            raise Mismatch("zamiast danych przyszła strona HTML") from None
        raise Mismatch("odpowiedź nie jest poprawnym JSON; pewnie się urwała") from None


def json_of(response: Response, path: str = "", kind: type = object) -> Any:
    """The JSON of an answer, or what lies in it under a dotted path, of the expected type."""
    data = json_text(text_of(response))
    if path:
        return dig(data, path, kind)
    if not isinstance(data, kind):
        raise Mismatch(f"odpowiedź ma inny kształt niż zwykle ({type(data).__name__})")
    return data


def page_of(response: Response) -> Selector:
    """An HTML page; Mismatch for anything else."""
    text = text_of(response)
    if not re.search(r"<(?:html|body|div|table|p|h\d)\b", text[:200_000], re.IGNORECASE):
        raise Mismatch("odpowiedź nie jest stroną HTML")
    if re.search(r"<html\b", text[:2000], re.IGNORECASE) and not re.search(r"</html\s*>", text[-2000:], re.IGNORECASE):
        raise Mismatch("strona HTML nie ma końca; pewnie się urwała")
    return Selector(text=text, type="html")


def xml_of(body: bytes) -> Any:
    """The root of an XML document without entities, DTD and network: those only serve attacks here."""
    if b"<!DOCTYPE" in body[:4096].upper() or b"<!ENTITY" in body.upper():
        raise Mismatch("dokument XML definiuje własne encje; takich nie czytamy")
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        raise Mismatch("odpowiedź nie jest poprawnym XML; pewnie się urwała") from None


class Entry(NamedTuple):
    """One entry of a feed."""

    title: str
    link: str
    published: str


def feed_items(response: Response) -> Iterator[Entry]:
    """Entries of an RSS feed."""
    root = xml_of(response.body)
    if root.tag != "rss":
        raise Mismatch("odpowiedź nie jest kanałem RSS")
    for item in root.iterfind("channel/item"):
        yield Entry(*(" ".join((item.findtext(name) or "").split()) for name in ("title", "link", "pubDate")))
