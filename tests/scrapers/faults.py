"""The ways in which sources fail, each as a change to a server that behaves; they know file types, never a spider."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
from lxml import etree, html

from tests.scrapers.server import Answer, Asked, Behaviour

Bytes = Callable[[bytes, str], bytes]
GIGABYTE = 1_000_000_000


def once(answer: Answer) -> Callable[[Behaviour], Behaviour]:
    """The fault for the first request of each address, good behaviour afterwards."""
    return lambda good: lambda asked: good(asked) if asked.times or _robots(asked) else answer


def always(answer: Callable[[], Answer]) -> Callable[[Behaviour], Behaviour]:
    """The fault for every request."""
    return lambda good: lambda asked: good(asked) if _robots(asked) else answer()


def changed(change: Bytes) -> Callable[[Behaviour], Behaviour]:
    """Good answers with their bytes changed."""

    def wrap(good: Behaviour) -> Behaviour:
        def answer(asked: Asked) -> Answer:
            said = good(asked)
            if said.status != 200 or _robots(asked) or not isinstance(said.body, bytes):
                return said
            return said._replace(body=change(said.body, said.headers.get("Content-Type", "")))

        return answer

    return wrap


def recoded(good: Behaviour) -> Behaviour:
    """HTML and JSON in windows-1250, and the header says so."""

    def answer(asked: Asked) -> Answer:
        said = good(asked)
        kind = said.headers.get("Content-Type", "")
        if said.status != 200 or not isinstance(said.body, bytes) or not re.match("text/html|application/json", kind):
            return said
        text = said.body.decode().replace('charset="utf-8"', 'charset="windows-1250"')
        return said._replace(
            body=text.encode("cp1250", "xmlcharrefreplace" if "html" in kind else "strict"),
            headers={"Content-Type": kind.partition(";")[0] + "; charset=windows-1250"},
        )

    return answer


def endless(good: Behaviour) -> Behaviour:
    """There is always a next page, and it repeats the page before."""
    last: dict[str, Answer] = {}

    def answer(asked: Asked) -> Answer:
        said = good(asked)
        place = asked.url.partition("?")[0]
        if said.status == 404 and place in last and asked.method == "GET":
            return last[place]
        if said.status == 200 and isinstance(said.body, bytes) and "json" in said.headers.get("Content-Type", ""):
            body = re.sub(rb'"last":\s*true', b'"last": false', said.body)
            said = said._replace(body=re.sub(rb'"(total\w*|value)":\s*\d+', rb'"\1": 1000000', body))
        if said.status == 200:
            last[place] = said
        return said

    return answer


def gigabyte() -> Iterator[bytes]:
    """A billion bytes that are made only as they are read."""
    piece = b"[" * 65536
    for _ in range(GIGABYTE // len(piece)):
        yield piece


def cut(body: bytes, kind: str) -> bytes:
    """The connection broke in the middle."""
    return body[: len(body) * 3 // 5]


def recharged(body: bytes, kind: str) -> bytes:
    """UTF-16 under a header that says UTF-8."""
    return body[::-1] if _binary(body) else body.decode().encode("utf-16-le")


def sized(share: Callable[[list[Any]], list[Any]]) -> Bytes:
    """Lists, tables and rows with other lengths: nothing, half, or everything twice."""

    def change(body: bytes, kind: str) -> bytes:
        if body[:2] == b"PK":
            return _in_zip(body, lambda rows: [rows[0], *share(rows[1:])])
        if "csv" in kind:
            rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
            return _csv([rows[0], *share(rows[1:])], ",")
        if "json" in kind:
            return json.dumps(_lists(json.loads(body), share), ensure_ascii=False).encode() if body else body
        if "xml" in kind:
            return _xml(body, share)
        return _html(body, share)

    return change


def renamed(body: bytes, kind: str) -> bytes:
    """Every key, column and label has another name."""
    if body[:2] == b"PK":
        return _in_zip(body, lambda rows: [[f"inna {cell}" for cell in rows[0]], *rows[1:]])
    if "csv" in kind:
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
        return _csv([[f"inna {cell}" for cell in rows[0]], *rows[1:]], ",")
    if "json" in kind:
        return json.dumps(_keys(json.loads(body)), ensure_ascii=False).encode() if body else body
    if "xml" in kind:
        return re.sub(rb"<(/?)([A-Za-z]\w*)", rb"<\1x\2", body)
    text = re.sub(r"(class|id)=\"([^\"]*)\"", r'\1="inne-\2"', body.decode())
    return re.sub(r">([^<>]*\w[^<>]*:)", r">inaczej: ", re.sub(r"(<th[^>]*>)", r"\1inna ", text)).encode()


def _robots(asked: Asked) -> bool:
    return asked.url.endswith("/robots.txt")


def _binary(body: bytes) -> bool:
    return body[:2] == b"PK"


def _lists(data: Any, share: Callable[[list[Any]], list[Any]]) -> Any:
    if isinstance(data, list):
        return share([_lists(item, share) for item in data])
    return {name: _lists(value, share) for name, value in data.items()} if isinstance(data, dict) else data


def _keys(data: Any) -> Any:
    if isinstance(data, list):
        return [_keys(item) for item in data]
    return {f"inne_{name}": _keys(value) for name, value in data.items()} if isinstance(data, dict) else data


def _csv(rows: list[list[str]], mark: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _in_zip(body: bytes, change: Callable[[list[list[Any]]], list[list[Any]]]) -> bytes:
    """A spreadsheet or an archive of CSV or JSON files with its rows changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        if "xl/workbook.xml" in archive.namelist():
            book = openpyxl.load_workbook(io.BytesIO(body))
            rows = [list(row) for row in book.active.iter_rows(values_only=True)]
            fresh = openpyxl.Workbook()
            for row in change([["" if cell is None else cell for cell in row] for row in rows]):
                fresh.active.append(row)
            fresh.save(out)
            return out.getvalue()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for name in archive.namelist():
                text = archive.read(name).decode("utf-8-sig")
                if name.endswith(".json"):
                    items = json.loads(text)
                    rows = change([[*items[0]], *items]) if items else []
                    target.writestr(
                        name,
                        json.dumps(
                            [dict(zip(rows[0], item.values(), strict=False)) for item in rows[1:]], ensure_ascii=False
                        ),
                    )
                else:
                    target.writestr(name, _csv(change(list(csv.reader(io.StringIO(text), delimiter=";"))), ";"))
    return out.getvalue()


def _xml(body: bytes, share: Callable[[list[Any]], list[Any]]) -> bytes:
    if not body.lstrip().startswith(b"<"):
        return body
    root = etree.fromstring(body)
    parent = max(root.iter(), key=lambda node: len([child for child in node if len(child)]), default=root)
    kept = [etree.tostring(child) for child in parent if len(child)]
    for child in [child for child in parent if len(child)]:
        parent.remove(child)
    for text in share(kept):
        parent.append(etree.fromstring(text))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _html(body: bytes, share: Callable[[list[Any]], list[Any]]) -> bytes:
    page = html.fromstring(body.decode())
    groups: dict[Any, list[Any]] = {}
    for node in page.xpath("//tr[td] | //li | //*[contains(@class, 'item')]"):
        groups.setdefault(node.getparent(), []).append(node)
    for parent, nodes in groups.items():
        kept = [html.tostring(node, encoding="unicode") for node in nodes]
        for node in nodes:
            parent.remove(node)
        for text in share(kept):
            parent.append(
                html.fragment_fromstring(f"<div>{text}</div>")[0]
                if not text.startswith("<tr")
                else html.fromstring(f"<table>{text}</table>").xpath("//tr")[0]
            )
    return html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>").encode()
