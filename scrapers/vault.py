"""Raw answers, kept by their SHA-256 outside git, and what a server said to recognise them by (ETag, Last-Modified)."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import NamedTuple

import orjson

KEPT_DAYS = 90


class Kept(NamedTuple):
    """What is known of an address that was fetched before; its Content-Type too, since that names the charset."""

    url: str
    sha256: str
    etag: str
    modified: str
    content_type: str


def path_of(cache: Path, sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return cache / "raw" / sha256[:2] / sha256


def store(cache: Path, body: bytes) -> str:
    """Keep bytes; their hash. Saved before they are read, so that a page we fail to understand can be looked at."""
    sha256 = hashlib.sha256(body).hexdigest()
    path = path_of(cache, sha256)
    if path.exists():
        os.utime(path)
    else:
        replace_file(path, body)
    return sha256


def replace_file(path: Path, body: bytes) -> None:
    """Write a file whole or not at all: a kill leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as out:
        out.write(body)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)


def remember(cache: Path, kept: Kept) -> None:
    """Note an answer that carried an ETag or a date."""
    replace_file(_note(cache, kept.url), orjson.dumps(kept._asdict()))


def recall(cache: Path, url: str) -> Kept | None:
    """What was noted for an address, if its bytes are still there and whole."""
    try:
        kept = Kept(**orjson.loads(_note(cache, url).read_bytes()))
        digest = hashlib.sha256()
        with path_of(cache, kept.sha256).open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except (OSError, ValueError, TypeError):
        return None
    return kept if kept.url == url and digest.hexdigest() == kept.sha256 else None


def prune(cache: Path) -> None:
    """Forget raw answers that no run has met for three months: they may hold data of people."""
    oldest = time.time() - KEPT_DAYS * 86400
    for folder in ("raw", "pages"):
        for path in (cache / folder).rglob("*"):
            if path.is_file() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)


def _note(cache: Path, url: str) -> Path:
    return cache / "pages" / f"{hashlib.sha256(url.encode()).hexdigest()}.json"
