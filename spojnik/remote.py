"""A folder at an address (S3, or whatever else fsspec knows), with the few words of a path that the build uses.

There is no rename there. What is staged is copied to its place inside the store: the bytes do not travel again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from spojnik.finding import Finding, Level, Stopped

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


class Remote(NamedTuple):
    """A folder or a file at an address, for example "s3://kosz/serwis"; no slash at its end."""

    address: str

    def __str__(self) -> str:
        return self.address

    def __truediv__(self, name: str) -> Remote:
        return Remote(f"{self.address}/{name}")

    @property
    def name(self) -> str:
        """The last part."""
        return self.address.rsplit("/", 1)[1]

    @property
    def parent(self) -> Remote:
        """What it lies in."""
        return Remote(self.address.rsplit("/", 1)[0])

    def is_dir(self) -> bool:
        """Whether anything lies under it: stores have no empty folders."""
        place, root = reached(self.address)
        return bool(place.isdir(root))

    def exists(self) -> bool:
        """Whether it is a file, or a folder that is not empty."""
        place, root = reached(self.address)
        return bool(place.exists(root))

    def read_bytes(self) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        place, root = reached(self.address)
        body: bytes = place.cat_file(root)
        return body

    def write_all(self, bodies: Mapping[str, bytes]) -> None:
        """Put files under this folder, several at once; each appears whole or not at all."""
        place, root = reached(self.address)
        send(place, {f"{root}/{name}": body for name, body in bodies.items()})

    def names(self) -> set[str]:
        """Every file under this folder, named from here."""
        place, root = reached(self.address)
        return set(listing(place, root))

    def clear(self) -> None:
        """Take away everything under it."""
        place, root = reached(self.address)
        if place.exists(root):
            place.rm(root, recursive=True)

    def remove(self, names: Iterable[str]) -> None:
        """Take these files away; one that is already gone is well."""
        place, root = reached(self.address)
        for name in sorted(listing(place, root).keys() & set(names)):
            place.rm_file(f"{root}/{name}")

    def fill(self, staged: Remote, names: Iterable[str]) -> None:
        """Copy staged files here: files first, pages after them, so that no page comes before its parts."""
        place, root = reached(self.address)
        _, source = reached(staged.address)
        for _, group in groupby(sorted(names, key=pages_last), key=lambda name: pages_last(name)[0]):
            part = list(group)
            place.copy([f"{source}/{name}" for name in part], [f"{root}/{name}" for name in part])


def reached(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it. Nothing is remembered of a listing: others write there too."""
    from fsspec.core import url_to_fs

    place, root = url_to_fs(address, use_listings_cache=False)
    return place, str(root)


def listing(place: Any, root: str) -> dict[str, dict[str, Any]]:
    """Every file under a folder: its name from there → what the store says about it."""
    place.invalidate_cache()
    try:
        found = place.find(root, detail=True)
    except FileNotFoundError:
        return {}
    return {path[len(root) :].lstrip("/"): info for path, info in found.items()}


def pages_last(name: str) -> tuple[bool, str]:
    """The order of sending."""
    return name.endswith(".html"), name


def send(place: Any, bodies: Mapping[str, bytes]) -> None:
    """Write files, path → bytes; S3 is told their types, and takes them several at a time."""
    if "s3" not in _protocols(place):
        for path, body in bodies.items():
            place.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            place.pipe_file(path, body)
        return
    for kind, paths in groupby(sorted(bodies, key=_kind), key=_kind):
        place.pipe({path: bodies[path] for path in paths}, ContentType=kind)


def _kind(path: str) -> str:
    import mimetypes

    return TYPES.get(PurePosixPath(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def _protocols(place: Any) -> Iterator[str]:
    known = place.protocol
    yield from ([known] if isinstance(known, str) else known)


def must_reach(out: Remote) -> None:
    """Raise Stopped, in words, for an address where no site can be written; asked before anything is made."""
    protocol, _, path = out.address.partition("://")
    if not path.partition("/")[2]:
        raise _stopped(out, "brakuje folderu w koszu", f"Wpisz go, na przykład {protocol}://{path or 'kosz'}/serwis.")
    try:
        out.is_dir()
    except ImportError:
        raise _stopped(out, "brakuje dodatku cluster", 'Zainstaluj go: pip install -e ".[cluster]".') from None
    except Exception as error:  # every store has its own errors, and none of them is ours to tell apart
        reason = f"nie da się tam zajrzeć ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        raise _stopped(out, reason, "Sprawdź adres i klucze w środowisku (dla S3: AWS_…).") from None


def _stopped(out: Remote, why: str, todo: str) -> Stopped:
    return Stopped((Finding("out", Level.STOP, "", "", "", None, str(out), "redakcja", why, todo),))
