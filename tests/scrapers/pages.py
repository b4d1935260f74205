"""Saved pages of sources: each `<name>.yml` says which address, which file, whether a person wrote it from the map."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from spojnik.store import load_yaml

PAGES = Path(__file__).parent.parent / "pages"


class Saved(NamedTuple):
    """One page: address, method and part of the body that it answers, answer, and the callback that reads it."""

    spider: str
    name: str
    url: str
    body: bytes
    method: str = "GET"
    status: int = 200
    type: str = "text/html; charset=utf-8"
    callback: str = "parse"
    arguments: Mapping[str, Any] = {}
    asked: str = ""
    handmade: bool = True
    stream: bool = False
    path: Path = Path()


TYPES = {
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/octet-stream",
    ".zip": "application/zip",
    ".none": "application/json",
}


def saved(spider: str) -> tuple[Saved, ...]:
    """The pages of one spider, by name."""
    return tuple(_read(path) for path in sorted((PAGES / spider).glob("*.yml")))


def every_page() -> Iterator[Saved]:
    """The pages of all spiders."""
    for folder in sorted(PAGES.iterdir()):
        if folder.name != "announcement":
            yield from saved(folder.name)


def _read(path: Path) -> Saved:
    located = load_yaml(path)
    assert not located.findings, located.findings
    meta = dict(located.data)
    file = path.with_name(meta.pop("file"))
    body = file.read_bytes() if file.exists() else b""
    meta.setdefault("type", TYPES[file.suffix])
    return Saved(path.parent.name, path.stem, body=body, path=path, **meta)


def answers(page: Saved, url: str, method: str, body: bytes) -> bool:
    """Whether this page answers a request."""
    return page.url == url and page.method == method and page.asked.encode() in body


def lines(path: Path) -> list[Any]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
