"""YAML and JSONL in and out: one canonical byte form, and `file:line:column` for every value.

YAML is read by PyYAML's C scanner with the implicit types cut down, because the full set turns KRS 0000123456 into
the octal 42798 and dates and `no` into surprises; aliases are refused (a cyclic one never ends, a nested one explodes),
duplicate keys too (PyYAML would keep the last one silently).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import xxhash
import yaml

from spojnik.finding import Finding, Level

Steps = tuple[str | int, ...]
MAX_BYTES = 1_000_000
MAX_DEPTH = 12
_SCALARS = (
    (re.compile(r"true|false"), lambda text: text == "true"),
    (re.compile(r"-?(0|[1-9]\d{0,14})"), int),
    (re.compile(r"-?(0|[1-9]\d{0,14})\.\d{1,10}"), float),
    (re.compile(r"~|null|"), lambda text: None),
)


class Located(NamedTuple):
    """Data of a file, where each part of it stands (line and column from 1), and what was wrong with it. mark: a digest
    of the bytes that said so."""

    data: Any
    places: Mapping[Steps, tuple[int, int]]
    path: str
    findings: tuple[Finding, ...] = ()
    mark: str = ""

    def place(self, steps: Sequence[str | int] = ()) -> str:
        """`file:line:column` of a value, or of the nearest thing around it that has a place."""
        tail = tuple(steps)
        while tail and tail not in self.places:
            tail = tail[:-1]
        line, column = self.places.get(tail, (1, 1))
        return f"{self.path}:{line}:{column}"


class _Refused(Exception):
    """A YAML construct that contributed files may not use, with its place."""

    def __init__(self, why: str, todo: str, mark: yaml.Mark) -> None:
        super().__init__(why)
        self.why, self.todo, self.mark = why, todo, mark


def load_yaml(path: Path) -> Located:
    """Read one YAML file. Never raises for its content: what is wrong comes back as findings with data None."""
    shown = shown_path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        return _broken(shown, 1, 1, f"pliku nie da się odczytać ({error.strerror})", "Sprawdź, czy istnieje.")
    return parse_yaml(raw, shown)


def parse_yaml(raw: bytes, shown: str) -> Located:
    """Bytes of a YAML document → Located; `shown` is the file name for messages."""
    if len(raw) > MAX_BYTES:
        return _broken(shown, 1, 1, "plik ma ponad 1 MB", "Podziel go albo usuń zbędną treść.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return _broken(shown, line, column, "plik nie jest zapisany w UTF-8", "Zapisz go w kodowaniu UTF-8.")
    places: dict[Steps, tuple[int, int]] = {}
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise _Refused("odwołania (*) nie są tu dozwolone", "Wpisz wartość wprost.", event.start_mark)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        data = None if node is None else _walk(node, (), places)
    except _Refused as refused:
        return _broken(shown, refused.mark.line + 1, refused.mark.column + 1, refused.why, refused.todo)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        why = "tabulator w miejscu wcięcia" if "\\t" in repr(error.problem) else "zapis YAML jest uszkodzony"
        return _broken(shown, line, column, why, "Sprawdź wcięcia (same spacje), dwukropki i cudzysłowy.")
    except (yaml.YAMLError, ValueError, RecursionError):
        return _broken(shown, 1, 1, "zapis YAML jest uszkodzony", "Sprawdź, czy nie ma w nim niewidocznych znaków.")
    return Located(data, places, shown, mark=xxhash.xxh3_64_hexdigest(raw))


def shown_path(path: Path) -> str:
    """A path as messages name it: from the current folder where it lies under it."""
    return os.path.relpath(path) if path.is_absolute() and path.is_relative_to(Path.cwd()) else str(path)


def _broken(shown: str, line: int, column: int, why: str, todo: str) -> Located:
    finding = Finding("store", Level.ERROR, "", "", "", None, f"{shown}:{line}:{column}", "redakcja", why, todo)
    return Located(None, {}, shown, (finding,))


def _walk(node: yaml.Node, steps: Steps, places: dict[Steps, tuple[int, int]]) -> Any:
    places[steps] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if len(steps) > MAX_DEPTH:
        raise _Refused("dane są zagnieżdżone zbyt głęboko", "Spłaszcz zapis.", node.start_mark)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, steps, places)
    if isinstance(node, yaml.SequenceNode):
        return [_walk(child, (*steps, index), places) for index, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: yaml.MappingNode, steps: Steps, places: dict[Steps, tuple[int, int]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name_node, value_node in node.value:
        if not isinstance(name_node, yaml.ScalarNode):
            raise _Refused("nazwa pola musi być tekstem", "Wpisz nazwę pola i dwukropek.", name_node.start_mark)
        name = str(name_node.value)
        if name in data:
            raise _Refused(f"pole „{name}” występuje dwa razy", "Zostaw jedno z nich.", name_node.start_mark)
        data[name] = _walk(value_node, (*steps, name), places)
    return data


def _scalar(node: yaml.ScalarNode) -> Any:
    """Only true/false, plain numbers without leading zeros and null have a type; everything else is text."""
    if node.tag not in (
        "tag:yaml.org,2002:str",
        "tag:yaml.org,2002:int",
        "tag:yaml.org,2002:float",
        "tag:yaml.org,2002:bool",
        "tag:yaml.org,2002:null",
        "tag:yaml.org,2002:timestamp",
        "tag:yaml.org,2002:merge",
        "tag:yaml.org,2002:value",
    ):
        raise _Refused("znaczniki typu (!) nie są tu dozwolone", "Usuń znacznik.", node.start_mark)
    if node.style in ("'", "\"", "|", ">"):
        return node.value
    for pattern, read in _SCALARS:
        if pattern.fullmatch(node.value):
            return read(node.value)
    return node.value


def iter_jsonl(path: Path) -> Iterator[Located]:
    """One Located a line, with the line's own place; a broken line gives a finding and the next ones go on."""
    with path.open("rb") as stream:
        yield from jsonl_lines(stream, shown_path(path))


def jsonl_lines(lines: Iterable[bytes], shown: str, first: int = 1) -> Iterator[Located]:
    """The same for lines that somebody else has read; `first` is the number of the first of them in its file."""
    for number, line in enumerate(lines, first):
        if not line.strip():
            continue
        try:
            mark = xxhash.xxh3_64_hexdigest(line)
            yield Located(orjson.loads(line), {(): (number, 1)}, shown, mark=mark)
        except orjson.JSONDecodeError as error:
            yield _broken(
                shown,
                number,
                error.colno,
                "linia nie jest poprawnym JSON",
                "Plik pisze maszyna: przywróć go z historii albo uruchom zbieranie jeszcze raz.",
            )


_MESSAGES = {
    "missing": ("brakuje wymaganego pola", "Dopisz je."),
    "extra_forbidden": ("nie ma takiego pola", "Usuń je albo popraw nazwę."),
    "model_type": ("to ma być zestaw pól", "Wpisz nazwy pól i wartości."),
}


def finding_of(
    error: Mapping[str, Any], located: Located, dataset: str, key: str, level: Level, under: Steps = ()
) -> Finding:
    """A pydantic error as a finding: by error type, since its English text is no interface; kinds speak Polish."""
    steps = (*under, *error["loc"])
    name = ".".join(str(step) for step in error["loc"])
    raised = error.get("ctx", {}).get("error")
    why, todo = _MESSAGES.get(error["type"], ("wartość ma zły typ albo zapis", "Porównaj ją z opisem pola."))
    if raised is not None:
        why, todo = str(raised), ""
    value = None if error["type"] == "missing" else error.get("input")
    return Finding("schema", level, dataset, key, name, value, located.place(steps), "redakcja", why, todo)


def dump_line(value: Mapping[str, Any]) -> bytes:
    """One canonical JSONL line: order kept, UTF-8, newline."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


_PLAIN = re.compile(r"[^\W\d_][\w .,()/–—„”%+&;-]*", re.UNICODE)
_RESERVED = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", "tak", "nie"}


def dump_yaml(value: Mapping[str, Any]) -> str:
    """Canonical YAML of a small mapping: every text that is not plainly a word is double-quoted, block style."""
    return "".join(_lines(value, 0))


def _lines(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for name, item in value.items():
        if isinstance(item, Mapping) and item:
            yield f"{pad}{_text(str(name))}:\n"
            yield from _lines(item, indent + 2)
        elif isinstance(item, list | tuple) and item:
            yield f"{pad}{_text(str(name))}:\n"
            yield from (f"{pad}  - {_text(part)}\n" for part in item)
        else:
            yield f"{pad}{_text(str(name))}: {_text(item)}\n"


def _text(item: Any) -> str:
    if item is None:
        return "null"
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, int | float) and re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", str(item)):
        return str(item)
    if isinstance(item, list | tuple | Mapping):
        return "[]" if isinstance(item, list | tuple) else "{}"
    text = str(item)
    safe = _PLAIN.fullmatch(text) and text.lower() not in _RESERVED and not text.endswith((" ", ":"))
    return text if safe and ": " not in text else orjson.dumps(text).decode()
