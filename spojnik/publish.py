"""Copy a finished site to wherever it is served: a folder, or any address that fsspec knows (S3 among them).

Files first, pages after them, and what is gone last: a reader in the middle never meets a page without its parts.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".csv": "text/csv; charset=utf-8",
    ".atom": "application/atom+xml",
    ".ics": "text/calendar; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


class Published(NamedTuple):
    """How many files were sent, were there already, and were taken away."""

    sent: int
    kept: int
    removed: int


def publish(site: Path, target: str) -> Published:
    """Make `target` hold exactly the files of `site`. FileNotFoundError without a built site.

    target: "s3://bucket/folder", "/srv/www" or another fsspec address; keys come from the environment as the service
    defines (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL).
    """
    from fsspec.core import url_to_fs

    if not (site / "index.html").is_file():
        raise FileNotFoundError(site / "index.html")
    place, root = url_to_fs(target)
    there = _listing(place, root)
    names = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    sent = 0
    for name in sorted(names, key=lambda name: (name.endswith(".html"), name)):
        body = names[name].read_bytes()
        if _same(there.get(name), body):
            continue
        _put(place, f"{root}/{name}", body)
        sent += 1
    gone = sorted(there.keys() - names.keys())
    for name in gone:
        place.rm_file(f"{root}/{name}")
    return Published(sent, len(names) - sent, len(gone))


def _listing(place: Any, root: str) -> dict[str, dict[str, Any]]:
    place.invalidate_cache()
    try:
        found = place.find(root, detail=True)
    except FileNotFoundError:
        return {}
    return {path[len(root) :].lstrip("/"): info for path, info in found.items()}


def _same(info: dict[str, Any] | None, body: bytes) -> bool:
    """S3 names the MD5 of what was put in one piece; elsewhere nothing tells, so the file is sent again."""
    tag = str((info or {}).get("ETag", "")).strip('"')
    return bool(tag) and tag == hashlib.md5(body, usedforsecurity=False).hexdigest()


def _put(place: Any, name: str, body: bytes) -> None:
    if "s3" in _protocols(place):
        kind = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        place.pipe_file(name, body, ContentType=kind)
        return
    place.makedirs(name.rsplit("/", 1)[0], exist_ok=True)
    place.pipe_file(name, body)


def _protocols(place: Any) -> Iterator[str]:
    known = place.protocol
    yield from ([known] if isinstance(known, str) else known)
