"""A server on this machine that stands in for every source, and can misbehave in each of the ways that sources do."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.scrapers.pages import Saved, answers


class Answer(NamedTuple):
    """What the server says. A body that is an iterable is sent piece by piece without a length."""

    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes | Iterable[bytes] = b""
    hang: bool = False


class Asked(NamedTuple):
    """One request, under the address the spider meant; `times` counts how often it came before."""

    method: str
    url: str
    body: bytes
    headers: dict[str, str]
    times: int


Behaviour = Callable[[Asked], Answer]


def of_pages(pages: Iterable[Saved]) -> Behaviour:
    """A server that behaves: the saved pages, 404 for everything else."""
    known = tuple(pages)

    def answer(asked: Asked) -> Answer:
        page = next((page for page in known if answers(page, asked.url, asked.method, asked.body)), None)
        return (
            Answer(404, {"Content-Type": "text/html"}, b"nie ma")
            if page is None
            else Answer(page.status, {"Content-Type": page.type}, page.body)
        )

    return answer


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[tuple[str, list[Asked]]]:
    """The base address of a running server, and the requests it got (robots.txt apart)."""
    log: list[Asked] = []
    seen: Counter[tuple[str, str, bytes]] = Counter()
    stop = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            host, _, rest = parts.path.lstrip("/").partition("/")
            url = f"https://{host}/{rest}" + (f"?{parts.query}" if parts.query else "")
            asked = Asked(self.command, url, body, dict(self.headers), seen[self.command, url, body])
            seen[self.command, url, body] += 1
            if rest != "robots.txt":
                log.append(asked)
            self._send(behaviour(asked))

        def _send(self, answer: Answer) -> None:
            if answer.hang:
                stop.wait(10)
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            whole = isinstance(answer.body, bytes)
            if whole:
                self.send_header("Content-Length", str(len(answer.body)))
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            try:
                for piece in [answer.body] if whole else answer.body:
                    self.wfile.write(piece)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = _serve

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", log
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
