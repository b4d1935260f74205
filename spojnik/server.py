"""A server for looking at the site on one's own machine; it builds again when a file changes."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WATCHED = ("site", "spojnik")


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  (the base class declares it so)
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".atom": "application/atom+xml",
    }

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: what was built is more interesting than what was read."""


def rebuild(options: Sequence[str]) -> bool:
    """Build in a process of its own, since schemas and machinery may have changed; a failure keeps the last site."""
    return subprocess.run([sys.executable, "build.py", *options]).returncode == 0


def serve(out: Path, port: int, datasets: Path) -> int:
    """Build, serve `out` on 127.0.0.1 and build again after each change, until interrupted."""
    from watchfiles import watch

    gc.enable()  # a build ends soon and needs none of it; a server stays
    options = ("--datasets", str(datasets), "--out", str(out))
    rebuild(options)
    out.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Serwis: http://127.0.0.1:{server.server_port}/  (Ctrl+C kończy)", flush=True)
    try:
        for changes in watch(datasets, *(name for name in WATCHED if Path(name).exists()), raise_interrupt=False):
            print(f"Zmiana: {sorted(path for _, path in changes)[0]}", flush=True)
            rebuild(options)
    finally:
        server.shutdown()
    return 0
