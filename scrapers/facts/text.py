"""From bytes of a saved page to lines of text: the only place that knows encodings and mark-up."""

import codecs
import re

import lxml.etree
import lxml.html

LARGEST_PAGE = 10_000_000
"""Bytes. The longest competition text seen is under 200 kB; anything near this size is not an announcement."""

_META_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""", re.I)
_MARKUP = re.compile(r"<(?:!doctype\b|/?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,500})?/?>)", re.I)
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_SILENT = {"script", "style", "head", "nav", "template", "noscript", "svg", "form", "button", "select", "textarea",
           "iframe", "object"}
_BLOCKS = {"p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "h1", "h2",
           "h3", "h4", "h5", "h6", "section", "article", "main", "aside", "header", "footer", "blockquote", "pre",
           "address", "figure", "figcaption", "body", "html", "tbody", "thead", "fieldset"}


def decode(body: bytes, declared: str = "") -> str:
    """The text of a page. `declared` is the charset of the HTTP header; the page's own declaration comes second.

    Valid UTF-8 with Polish letters wins over any declaration, since old pages moved to UTF-8 keep their old `meta`.
    ISO-8859-2 with bytes 0x80-0x9F is windows-1250 that was declared wrongly, the usual error of the 2000s.
    Raises ValueError (Polish) for a page above LARGEST_PAGE.
    """
    if len(body) > LARGEST_PAGE:
        raise ValueError(f"plik ma {len(body)} bajtów, a największy dozwolony {LARGEST_PAGE}: to nie jest ogłoszenie")
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    found = _META_CHARSET.search(body[:4096])
    name = (declared or (found.group(1).decode("ascii") if found else "")).lower()
    try:
        name = codecs.lookup(name).name if name else ""
    except LookupError:
        name = ""
    if name in ("", "ascii", "utf-8", "iso8859-1", "iso8859-2", "cp1252"):
        name = "utf-8" if name == "utf-8" and _mostly_utf8(body) else _polish_charset(body)
    return body.decode(name, errors="replace")


def _mostly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", errors="replace")
    return text.count("\ufffd") * 10 < sum(letter in "ąćęłńóśźż" for letter in text)


def _polish_charset(body: bytes) -> str:
    """windows-1250 and ISO-8859-2 differ in ą, ś, ź only; windows puts ś and ź where ISO has control characters."""
    return "cp1250" if _WINDOWS_ONLY.search(body) or body.count(b"\xb9") > body.count(b"\xb1") else "iso8859-2"


def lines_of(text: str) -> list[str]:
    """Lines as a reader sees them, without empty ones: of HTML one a block, otherwise as they stand.

    Cells of a table row are joined with " | ", so that a table survives as text. Non-breaking and thin spaces become
    plain ones; scripts, menus and forms are left out.
    """
    plain = _from_html(text) if _MARKUP.search(text[:20_000]) else text.replace("\t", " | ")
    plain = plain.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "")
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in re.split(r"\r\n?|\n|\u2028|\x0c", plain))
    return [line.strip("| ") for line in lines if line.strip("| ")]


def _from_html(text: str) -> str:
    # An XML declaration with an encoding is refused by lxml in decoded text, and comments may hide other pages.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        root = lxml.html.document_fromstring(text)
    except (lxml.etree.ParserError, ValueError):
        return ""
    pieces: list[str] = []
    silent: list[lxml.html.HtmlElement] = []
    for event, node in lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _SILENT:
                silent.append(node)
            pieces.append(_opening(tag, node) if not silent else "")
            if not silent and node.text:
                pieces.append(_inline(node.text, tag))
        elif event == "end":
            if silent and silent[-1] is node:
                silent.pop()
            pieces.append("\n" if tag in _BLOCKS and tag not in ("td", "th") and not _in_cell(node) else "")
        if event != "start" and not silent and node.tail:
            pieces.append(_inline(node.tail, ""))
    return "".join(pieces)


def _opening(tag: str, node: lxml.html.HtmlElement) -> str:
    if tag in ("td", "th"):
        return " | " if node.getprevious() is not None else "\n"
    if tag in _BLOCKS:
        return " " if _in_cell(node) and not _layout(node) else "\n"
    return ""


def _in_cell(node: lxml.html.HtmlElement) -> bool:
    return any(parent.tag in ("td", "th") for parent in node.iterancestors()) and not _layout(node)


def _layout(node: lxml.html.HtmlElement) -> bool:
    """Old city pages lay the whole text out in one table cell: a row of one cell is no row of data."""
    cell = next((parent for parent in node.iterancestors() if parent.tag in ("td", "th")), None)
    return cell is not None and cell.getprevious() is None and cell.getnext() is None


def _inline(text: str, tag: str) -> str:
    return text if tag == "pre" else re.sub(r"[\r\n\t]+", " ", text)
