"""Reading saved pages offline: `python -m scrapers parse NAME FILE…`, one JSON object a record on standard output."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from scrapers import announcement


class Parsed(NamedTuple):
    """One record of a page. `wording` keeps the source's words of a field; `notes` (Polish) go to standard error."""

    key: str
    values: Mapping[str, object]
    wording: Mapping[str, str] = {}
    notes: Sequence[str] = ()


Parser = Callable[[bytes, str], Iterable[Parsed]]
"""The bytes of a saved page and its file name in, records out; ValueError (Polish) for a page without a record."""


def _announcement(body: bytes, name: str) -> Iterable[Parsed]:
    call = announcement.parse(body, name)
    yield Parsed(call.key, call.values, call.wording, call.notes)


PARSERS: dict[str, Parser] = {"announcement": _announcement}
"""By the NAME of the command; a spider adds its own under its name."""


def parse_files(name: str, files: Sequence[str]) -> int:
    """Prints the records of every file; returns the exit code: 0, or 2 where a file cannot be read or NAME is unknown.

    A page without a record prints nothing and a message on standard error: that is an answer, not a failure.
    """
    if name not in PARSERS:
        print(f"Nie ma parsera „{name}”. Do wyboru: {', '.join(sorted(PARSERS))}.", file=sys.stderr)
        return 2
    code = 0
    for file in files:
        try:
            body = Path(file).read_bytes()
        except OSError as error:
            print(f"{file}: nie można odczytać pliku ({error.strerror}). Sprawdź ścieżkę.", file=sys.stderr)
            code = 2
            continue
        try:
            for parsed in PARSERS[name](body, Path(file).name):
                for note in parsed.notes:
                    print(f"{file}: {note}", file=sys.stderr)
                print(_line(file, parsed))
        except ValueError as error:
            print(f"{file}: {error}", file=sys.stderr)
    return code


def _line(file: str, parsed: Parsed) -> str:
    record: dict[str, object] = {"page": file, "key": parsed.key, "values": dict(parsed.values)}
    if parsed.wording:
        record["wording"] = dict(parsed.wording)
    return json.dumps(record, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")
