"""SOAP by hand: an envelope out, one element in. A SOAP library would fetch descriptions and speak past our manners."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from scrapy.http import Response

from scrapers.select import Mismatch
from scrapers.shapes.decode import text_of, xml_of

_ENVELOPE = re.compile(r"<(\w+:)?Envelope\b.*</(\w+:)?Envelope>", re.DOTALL)


def envelope(action: str, address: str, body: str, extra: str = "") -> bytes:
    """A SOAP 1.2 envelope with WS-Addressing; `body` is XML whose texts the caller escaped with `element`."""
    return (
        '<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"'
        f' xmlns:wsa="http://www.w3.org/2005/08/addressing"{extra}><soap:Header>'
        f"<wsa:To>{escape(address)}</wsa:To><wsa:Action>{escape(action)}</wsa:Action></soap:Header>"
        f"<soap:Body>{body}</soap:Body></soap:Envelope>"
    ).encode()


def element(name: str, text: str) -> str:
    """One element with escaped text."""
    return f"<{name}>{escape(text)}</{name}>"


def result(response: Response, name: str) -> str:
    """The text of the element `name` of an answer, also when the envelope comes inside a multipart body."""
    found = _ENVELOPE.search(text_of(response))
    if found is None:
        raise Mismatch("odpowiedź nie zawiera koperty SOAP")
    for node in xml_of(found.group().encode()).iter(f"{{*}}{name}"):
        return str(node.text or "")
    raise Mismatch(f"w odpowiedzi brakuje elementu {name}")
