"""What a correction form asks: derived from the schema, prefilled with the record, with the rules of kinds as data.

The browser checks by the same rules (site/static/correct-kinds.js reads `rules`); a test runs both over one table of
spellings, so that they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from spojnik import words
from spojnik.catalog import Dataset
from spojnik.corrections.file import keyed_by_krs
from spojnik.hidden import SEAT_FIELDS
from spojnik.kinds import Kind
from spojnik.origin import MANUAL, Merged
from spojnik.schema import Field, fields
from spojnik.web.views import Link
from spojnik.world import World

BY = {
    "organizacja": "jestem z tej organizacji albo instytucji",
    "urząd": "piszę z urzędu, który to prowadzi lub ogłasza",
    "czytelnik": "czytam i widzę błąd",
}
_HOURS = r"^[\p{L}\p{N}_ :;,+\-/\x22\[\]()|]{2,200}$"
_REF = "^[a-z0-9][a-z0-9-]{1,119}$"
# Limits that JSON Schema parts of the kinds leave out: least, most, digits after the comma.
_LIMITS: Mapping[str, tuple[float | None, float, int]] = {
    "money": (0, 10**12, 2),
    "percent": (0, 100, 2),
    "area": (0, 10**6, 2),
    "number": (None, 10**13, 6),
    "count": (0, 10**9, 0),
    "year": (1000, 2100, 0),
    "month": (1, 12, 0),
}
_READERS = {"money_by_year": "years", "postal_code": "pattern", "hours": "pattern", "text": "line"}


class Ask(NamedTuple):
    """One question of a form. widget: text, textarea, lines, tel, email, url, date, number, select, checks.

    text: what stands in the box now; chosen: codes that are ticked; now: what we show today, in words. owner: the
    register that decides instead of us (then nothing is asked). note: why the box is empty or special.
    """

    name: str
    label: str
    help: str
    example: str
    widget: str
    required: bool
    options: tuple[tuple[str, str], ...]
    text: str
    chosen: tuple[str, ...]
    now: str
    owner: Link | None
    note: str


def asks(world: World, dataset: Dataset, record: Merged) -> tuple[Ask, ...]:
    """The questions about a record that is there, in the order of the schema."""
    found = []
    hidden = SEAT_FIELDS if record.values.get("sheltered") is True or record.key in world.sheltered else frozenset()
    for field in _asked(dataset):
        if field.name in hidden:
            continue
        source = dataset.source(field.f.owner) if field.f.owner else None
        owner = Link(source.title, source.url) if source else None
        tie = record.doubts.get(field.name) == "tie"
        value = None if tie else record.values.get(field.name)
        note = ""
        if tie:
            said = dict.fromkeys(_words(field.kind, claim.value) for claim in record.why[field.name])
            note = f"Strony podają różne wartości: {', '.join(said)}. Wpisz tę, która jest dobra."
        found.append(_ask(field, value, owner, note))
    return tuple(found)


def new_asks(dataset: Dataset) -> tuple[Ask, ...]:
    """The questions about a record that we lack: everything that people may know, registers included."""
    return tuple(_ask(field, None, None, "") for field in _asked(dataset))


def _asked(dataset: Dataset) -> tuple[Field, ...]:
    return tuple(field for field in fields(dataset.model) if field.f.form and field.name != "key")


def _ask(field: Field, value: Any, owner: Link | None, note: str) -> Ask:
    kind = field.kind.item or field.kind
    options = tuple((code, kind.show(code)) for code in kind.options or ())
    if kind.name == "flag":
        options = (("tak", "tak"), ("nie", "nie"))
    if kind.name == "month":
        options = tuple((str(number), words.month(number)) for number in range(1, 13))
    chosen = () if value is None else tuple(typed(kind, part) for part in (value if field.kind.item else [value]))
    return Ask(
        field.name,
        field.label,
        field.f.help,
        example(field),
        widget(field.kind),
        field.required,
        options,
        "\n".join(chosen),
        chosen if options else (),
        _words(field.kind, value),
        owner,
        note,
    )


def example(field: Field) -> str:
    """An example worth showing: the field's own, else its kind's; the kind of plain text knows nothing of the field."""
    return field.f.example or ("" if (field.kind.item or field.kind).name in ("text", "prose") else field.kind.example)


def widget(kind: Kind) -> str:
    """How a browser asks for a kind."""
    one = kind.item or kind
    if kind.item is not None:
        return "checks" if one.options and len(one.options) <= 40 else "lines"
    if one.options or one.name in ("flag", "month"):
        return "select"
    known = {"prose": "textarea", "money_by_year": "lines", "phone": "tel", "email": "email", "url": "url"}
    return known.get(one.name, "date" if one.name == "day" else "text")


def typed(kind: Kind, value: Any) -> str:
    """A canonical value as a person would type it into a box; its kind reads it back."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, Mapping):
        return "\n".join(f"{year}: {amount}" for year, amount in value.items())
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return str(kind.show(value)).replace("\u00a0", " ") if kind.name == "phone" else str(value)


def _words(kind: Kind, value: Any) -> str:
    return "" if value is None else str(kind.show(value))


def before(record: Merged, field: Field) -> Any:
    """What a correction of this field replaces: the best source's own word, not an earlier correction.

    Merging asks whether the source still says it; an earlier correction in its place would always look overtaken.
    """
    claims = record.why.get(field.name, ())
    source = next((claim for claim in claims if claim.origin.source != MANUAL), None)
    return source.value if source else record.values.get(field.name)


def known(dataset: Dataset, record: Merged) -> dict[str, Any]:
    """What the browser must know of a record: its key; by field what stands here now and what a correction replaces."""
    said = {
        field.name: {"now": None if record.doubts.get(field.name) == "tie" else record.values.get(field.name),
                     "was": before(record, field)}
        for field in _asked(dataset)
        if field.name in record.why and not field.f.owner
    }  # fmt: skip
    return {"key": record.key, "fields": said}


def rules(dataset: Dataset, keys: Mapping[str, Any]) -> dict[str, Any]:
    """The rules of a dataset's form as data. keys: the keys that it has."""
    asked = _asked(dataset)
    found: dict[str, Any] = {
        "dataset": dataset.id,
        "slug": dataset.slug,
        "folder": f"datasets/{dataset.folder.name}/{MANUAL}",
        "title": dataset.spec.title,
        "name": dataset.spec.name,
        "krs": keyed_by_krs(keys),
        "fields": {field.name: rule(field) for field in asked},
    }
    if any((field.kind.item or field.kind).name == "phone" for field in asked):
        found["phone"] = phone_rules()
    return found


def rule(field: Field) -> dict[str, Any]:
    """One field's rule: reader, many, required, limits, pattern, options, named as in JSON Schema."""
    kind = field.kind.item or field.kind
    reader = "choice" if kind.options else "ref" if kind.target else _READERS.get(kind.name, kind.name)
    found: dict[str, Any] = {"label": field.label, "read": reader, "many": field.kind.item is not None}
    if field.required:
        found["required"] = True
    if example(field):
        found["example"] = example(field)
    if kind.name in _LIMITS:
        least, most, digits = _LIMITS[kind.name]
        found |= {"read": "number", "minimum": least, "maximum": most, "digits": digits}
    if kind.options:
        found["enum"] = dict(kind.options)
    if reader in ("pattern", "ref"):
        found["pattern"] = {"hours": _HOURS, "postal_code": r"^\d{2}-\d{3}$"}.get(kind.name, _REF)
    return found


def phone_rules() -> dict[str, Any]:
    """Polish numbering as phonenumberslite has it: which numbers exist and how they are grouped."""
    from phonenumbers import PhoneMetadata

    poland = PhoneMetadata.metadata_for_region("PL", None)
    if poland is None:
        raise LookupError("phonenumberslite has no numbering plan of Poland")
    kinds = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip", "pager", "uan")
    valid = [said.national_number_pattern for name in kinds if (said := getattr(poland, name)) is not None]
    groups = [
        {"pattern": group.pattern, "lead": group.leading_digits_pattern[-1], "format": group.format}
        for group in poland.number_format
    ]
    return {
        "valid": "|".join(f"(?:{part})" for part in valid if part),
        "groups": [{**group, "format": str(group["format"]).replace("\\", "$")} for group in groups],
    }
