"""Queries in headless Chromium over a counting server: milliseconds of the page's clock, bytes as sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS
from tests.machine import chromium

_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json"}


class Asked(NamedTuple):
    """One query in the browser. sent: bytes of all bodies; total: results; ids: the peer's names of them, in order."""

    words: str
    ms: float
    sent: int
    total: int
    ids: list[str] | None


class Passes(NamedTuple):
    """cold: each query in a browser that has nothing; new: one after another in one page; again: once more there."""

    cold: list[Asked]
    new: list[Asked]
    again: list[Asked]


def asked(root: Path, whose: str, queries: Sequence[str]) -> Passes:
    """All queries of one engine ("ours" or "pagefind") over the files in root."""
    with _serving(root) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        cold = []
        for words in queries:
            with _page(browser, server) as page:
                cold.append(_ask(page, server, whose, words))
        with _page(browser, server) as page:
            _ask(page, server, whose, "stowarzyszenie")
            new = [_ask(page, server, whose, words) for words in queries]
            again = [_ask(page, server, whose, words) for words in queries]
        browser.close()
    return Passes(cold, new, again)


@contextmanager
def _page(browser: Browser, server: _Counting) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
    yield page
    context.close()


def _ask(page: Page, server: _Counting, whose: str, words: str) -> Asked:
    before = server.sent
    found: dict[str, Any] = page.evaluate("([whose, words]) => ask(whose, words)", [whose, words])
    return Asked(words, found["ms"], server.sent - before, found["total"], found["ids"])


class _Counting(ThreadingHTTPServer):
    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root, self.sent, self.lock = root, 0, threading.Lock()


class _Handler(BaseHTTPRequestHandler):
    """A host as they are: text is sent as gzip, binary files as they lie; everything may be kept."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Counting

    def do_GET(self) -> None:
        path = self.server.root / urlsplit(self.path).path.lstrip("/")
        try:
            body = _body(path)
        except OSError:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", _TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Cache-Control", "max-age=3600")
        self.send_header("Content-Length", str(len(body)))
        if path.suffix in _TYPES:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        with self.server.lock:  # counted before it is sent: the page may be done before this thread is
            self.server.sent += len(body)
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@cache
def _body(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.compress(body, 6, mtime=0) if path.suffix in _TYPES else body


@contextmanager
def _serving(root: Path) -> Iterator[_Counting]:
    server = _Counting(root)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
