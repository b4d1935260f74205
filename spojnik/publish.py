"""Copy a finished site to wherever it is served: a folder, or any address that fsspec knows (S3 among them).

Files first, pages after them, and what is gone last: a reader in the middle never meets a page without its parts.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from spojnik.remote import listing, pages_last, reached, send


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
    if not (site / "index.html").is_file():
        raise FileNotFoundError(site / "index.html")
    place, root = reached(target)
    there = listing(place, root)
    names = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    sent = 0
    for name in sorted(names, key=pages_last):
        body = names[name].read_bytes()
        if _same(there.get(name), body):
            continue
        send(place, {f"{root}/{name}": body})
        sent += 1
    gone = sorted(there.keys() - names.keys())
    for name in gone:
        place.rm_file(f"{root}/{name}")
    return Published(sent, len(names) - sent, len(gone))


def _same(info: dict[str, Any] | None, body: bytes) -> bool:
    """S3 names the MD5 of what was put in one piece; elsewhere nothing tells, so the file is sent again."""
    tag = str((info or {}).get("ETag", "")).strip('"')
    return bool(tag) and tag == hashlib.md5(body, usedforsecurity=False).hexdigest()
