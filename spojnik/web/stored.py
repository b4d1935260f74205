"""Compiled templates kept from build to build: when one record changed, compiling was a third of the whole time.

What is kept is named by everything that a compiled template is made of: all templates, the translations, our own code
and the libraries'. Anything that cannot be kept or read again is compiled; a folder that cannot be written costs time.
"""

from __future__ import annotations

import io
import marshal
import os
import pickle
import secrets
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import xxhash
from jinja2 import Environment, Undefined
from jinja2.nodes import EvalContext

from spojnik import words
from spojnik.web.draft import Draft

_CODE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("babel", "jinja2", "markupsafe")
_KEPT = 8  # states of templates and code: branches that somebody goes to and fro between
_ERRORS = (OSError, ValueError, EOFError, TypeError, AttributeError, KeyError, IndexError, ImportError,
           pickle.PickleError)  # fmt: skip


def stored(environment: Environment, templates: Path, locale: str, name: str, make: Callable[[], Draft]) -> Draft:
    """What `make` would give, from `.cache/templates/` beside the site's folder where it was made before."""
    folder = templates.resolve().parent.parent / ".cache" / "templates" / _state(templates)
    path = folder / f"{locale}-{name}"
    try:
        return _read(environment, path.read_bytes())
    except _ERRORS:
        draft = make()
    try:
        _write(path, _written(environment, draft))
    except _ERRORS:
        pass  # a read-only folder, or a constant that cannot be kept: it is compiled again next time
    return draft


@cache
def _state(templates: Path) -> str:
    """A digest of all that a compiled template is made of."""
    found = xxhash.xxh3_128(repr((sys.version, [version(each) for each in _LIBRARIES])).encode())
    for path in sorted((*_files(templates), *_files(words.LOCALES), *_CODE.rglob("*.py"))):
        found.update(f"\n{path} ".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _named(environment: Environment) -> dict[int, tuple[str, str]]:
    """What a template may call and the environment has under a name: kept as the name."""
    found: dict[int, tuple[str, str]] = {id(environment): ("environment", "")}
    for kind in ("globals", "filters", "tests"):
        for name, value in getattr(environment, kind).items():
            if callable(value):
                found.setdefault(id(value), (kind, name))
                if hasattr(value, "inside"):
                    found.setdefault(id(value.inside), (f"inside {kind}", name))
    return found


class _Writer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, environment: Environment) -> None:
        super().__init__(stream)
        self._named = _named(environment)

    def persistent_id(self, value: Any) -> tuple[str, str] | None:
        if isinstance(value, Undefined):
            return "undefined", str(value._undefined_name)
        return ("context", "") if isinstance(value, EvalContext) else self._named.get(id(value))


class _Reader(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, environment: Environment) -> None:
        super().__init__(stream)
        self._environment = environment

    def persistent_load(self, known: tuple[str, str]) -> Any:
        kind, name = known
        if kind in ("environment", "context"):
            return self._environment if kind == "environment" else EvalContext(self._environment)
        if kind == "undefined":
            return self._environment.undefined(name=name)
        inside, _, kind = kind.rpartition(" ")
        value = getattr(self._environment, kind)[name]
        return value.inside if inside else value


def _written(environment: Environment, draft: Draft) -> bytes:
    stream = io.BytesIO()
    _Writer(stream, environment).dump((draft.constants, sorted(draft.hidden), sorted(draft.asked)))
    return marshal.dumps((marshal.dumps(draft.code), stream.getvalue()))


def _read(environment: Environment, body: bytes) -> Draft:
    code, rest = marshal.loads(body)
    constants, hidden, asked = _Reader(io.BytesIO(rest), environment).load()
    return Draft(marshal.loads(code), constants, frozenset(hidden), frozenset(asked))


def _write(path: Path, body: bytes) -> None:
    """Another process may write the same file: each renames its own into place."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in sorted(path.parent.parent.iterdir(), key=lambda each: each.stat().st_mtime)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)
    own = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    own.write_bytes(body)
    os.replace(own, path)
