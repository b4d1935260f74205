"""Other people's validators that have no command of their own, as commands: `python judges.py NAME ARGUMENT…`.

Stands alone (only the standard library and the validator itself), because it also runs beside packages that would not
fit among ours. Prints every fault and exits 1 when there is one; a run that found nothing to judge is a fault too.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def csvw(folder: str) -> Iterator[str]:
    """csvw: metadata and table together, every `*.csv-metadata.json` in a folder."""
    from csvw import CSVW

    for path in sorted(Path(folder).glob("*.csv-metadata.json")):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            try:
                good = CSVW(str(path), validate=True).is_valid
            except ValueError as fault:
                good, said = False, []
                yield f"{path}: {fault}"
            if not good:
                yield from (f"{path}: {one.message}" for one in said)
                yield f"{path}: niezgodny"
        print(path, "OK" if good else "")


def atom(folder: str) -> Iterator[str]:
    """feedparser: well-formed, with an id and a date for the feed and for each entry."""
    import feedparser

    for path in sorted(Path(folder).rglob("*.atom")):
        parsed = feedparser.parse(path.read_bytes())
        if parsed.bozo:
            yield f"{path}: {parsed.bozo_exception}"
        elif not all(one.get("id") and one.get("updated") for one in (parsed.feed, *parsed.entries)):
            yield f"{path}: brak id albo daty"
        print(path, f"{len(parsed.entries)} wpisów")


def ics(folder: str) -> Iterator[str]:
    """icalendar: parsed strictly; every event has a UID, a stamp and a beginning that is a date."""
    from icalendar import Calendar

    for path in sorted(Path(folder).rglob("*.ics")):
        try:
            calendar: Any = Calendar.from_ical(path.read_bytes())
            events = calendar.walk("VEVENT")
            faults = [*calendar.errors, *(error for event in events for error in event.errors)]
            for event in events:
                event.decoded("DTSTART"), event.decoded("DTSTAMP"), event["UID"]
            if len({str(event["UID"]) for event in events}) < len(events):
                faults.append("powtórzony UID")
        except (ValueError, KeyError) as fault:
            events, faults = [], [fault]
        yield from (f"{path}: {fault}" for fault in faults)
        print(path, f"{len(events)} wydarzeń")


def hsds(schema: str, file: str) -> Iterator[str]:
    """jsonschema: every item of `contents`, and no property that the schema does not know."""
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

    judge = Draft202012Validator(_sealed(json.loads(Path(schema).read_bytes())))
    contents = json.loads(Path(file).read_bytes())["contents"]
    for item in contents:
        yield from (f"{file}: {item.get('id')}: {error.json_path}: {error.message[:300]}"
                    for error in judge.iter_errors(item))
    print(file, f"{len(contents)} pozycji")


def _sealed(schema: Any) -> Any:
    """The schema with `additionalProperties: false` on every object, as HSDS's own script does before it validates."""
    if isinstance(schema, list):
        return [_sealed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    sealed = {name: _sealed(part) for name, part in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        sealed["additionalProperties"] = False
    return sealed


def commongrants(file: str) -> Iterator[str]:
    """The CommonGrants SDK's own model of a list of opportunities."""
    from common_grants_sdk.schemas.pydantic import (  # type: ignore[import-not-found]
        OpportunitiesListResponse,
    )
    from pydantic import ValidationError

    try:
        answer = OpportunitiesListResponse.model_validate(json.loads(Path(file).read_bytes()))
        print(file, f"{len(answer.items)} konkursów")
    except ValidationError as faults:
        yield from (f"{file}: {fault['loc']}: {fault['msg']}" for fault in faults.errors())


def rocrate(folder: str) -> Iterator[str]:
    """rocrate (ro-crate-py): the crate loads, its root says what it must, every part is described and is there."""
    from rocrate.rocrate import ROCrate  # type: ignore[import-not-found]

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            crate = ROCrate(folder)
        except (ValueError, KeyError) as fault:
            yield f"{folder}: {fault}"
            return
    yield from (f"{folder}: {one.message}" for one in said if one.category is UserWarning)
    root = crate.root_dataset.properties()
    yield from (f"{folder}: korzeń nie ma „{name}”" for name in ("name", "description", "license")
                if not root.get(name))
    for part in root.get("hasPart", []):
        if crate.get(part["@id"]) is None or not (Path(folder) / part["@id"]).exists():
            yield f"{folder}: nie ma części {part['@id']}"
    print(folder, f"{len(root.get('hasPart', []))} plików")


_SCRIPT = re.compile(r'<script type="?application/ld\+json"?>(.*?)</script>', re.DOTALL)


def schemaorg(folder: str) -> Iterator[str]:
    """rdflib's list of schema.org terms: every type and property in the JSON-LD of every page exists."""
    from rdflib.namespace import SDO

    known = {str(term).rpartition("/")[2] for term in dir(SDO)}
    pages = 0
    for path in sorted(Path(folder).rglob("*.html")):
        for text in _SCRIPT.findall(path.read_text("utf-8")):
            pages += 1
            unknown = sorted(set(_terms(json.loads(text))) - known)
            yield from (f"{path}: schema.org nie zna „{term}”" for term in unknown)
    print(f"{pages} stron z JSON-LD")
    if not pages:
        yield "nie ma żadnej strony z JSON-LD"


def _terms(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _terms(one)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name == "@type":
                yield str(value)
            elif not name.startswith("@"):
                yield name
            yield from _terms(value)


JUDGES: dict[str, Callable[..., Iterator[str]]] = {
    "csvw": csvw, "atom": atom, "ics": ics, "hsds": hsds, "commongrants": commongrants, "schemaorg": schemaorg,
    "rocrate": rocrate}


def main(arguments: list[str]) -> int:
    """Exit code: 0 without faults, 1 with, 2 for a name that is none of ours."""
    if not arguments or arguments[0] not in JUDGES:
        print(f"Podaj jeden z: {', '.join(JUDGES)}.", file=sys.stderr)
        return 2
    faults = list(JUDGES[arguments[0]](*arguments[1:]))
    print("\n".join(faults[:200]))
    print(f"Błędów: {len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
