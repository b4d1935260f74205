"""How a cell becomes text: one value, one line, no markup, and nothing that a spreadsheet would run or spoil."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import orjson

from spojnik.exports.table import Cell
from spojnik.kinds import Kind

# A cell that begins like this is run as a formula by Excel, LibreOffice and Google Sheets (OWASP, "CSV injection").
_FORMULA = re.compile(r"[=+\-@\t\r]")
_SIGNED = re.compile(r"[+\-]?\d[\d \u00a0.,]*(?: wew\. \d+)?")
# What Polish Excel turns into another thing: 0000207658 → 207658, 48 607 522 912 → a number, 2026-03 → "mar.26",
# more than fifteen digits → rounded. https://support.microsoft.com/office/1bd6b845-cad3-4440-9d93-f44c0d1c6fe4
_SPOILED = re.compile(r"0\d+|\d{16,}|\+?\d{1,3}(?:[ \u00a0]\d+)+|\d{4}-\d{2}|\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?")

NOTES = (
    "Pusta komórka znaczy: nie wiemy. Nie znaczy „nie” ani „zero”.",
    "Jeden rekord to jedna linia. Akapity dłuższych tekstów są połączone spacją; w plikach JSON zostają akapitami.",
    "Listy rozdziela średnik. Średnik wewnątrz pozycji zapisujemy jako przecinek, a w adresie strony jako %3B.",
    "Tekst, który zaczyna się od =, +, -, @ albo tabulatora, ma na początku apostrof, żeby arkusz nie uruchomił go "
    "jako formuły. Liczby ze znakiem i telefony w plikach CSV zostają bez apostrofu.",
    "W pliku CSV dla Excela apostrof chroni też to, co Excel by zepsuł: zera z przodu numeru KRS, telefony, miesiące. "
    "W pliku XLSX apostrofów nie ma, bo tam numery są zapisane jako tekst.",
)


def guarded(text: str) -> str:
    """Text that a spreadsheet would run gets an apostrophe before it; signed numbers and phones stay as they are."""
    return f"'{text}" if text and _FORMULA.match(text) and not _SIGNED.fullmatch(text) else text


def kept(text: str) -> str:
    """As `guarded`; also what Excel would take for a number or a date (KRS with its zeros, phones, a month)."""
    return f"'{text}" if text and (_FORMULA.match(text) or _SPOILED.fullmatch(text)) else text


def bare(text: str) -> str:
    """A cell of our files without the apostrophe that guards it: for reading them back."""
    return text[1:] if text[:1] == "'" and (_FORMULA.match(text[1:]) or _SPOILED.fullmatch(text[1:])) else text


def decimal(number: float) -> str:
    """A number in digits: 1500, 0.000001; never an exponent, which spreadsheets and people misread."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    return f"{number:.6f}".rstrip("0")


def single_line(text: str) -> str:
    """Paragraphs are joined by a space: one row of a CSV file is one line."""
    return text.replace("\n\n", " ").replace("\n", " ") if "\n" in text else text


def listed(values: Sequence[Cell]) -> str:
    """A list in one cell: "a;b". A semicolon inside an item would split it: %3B in an address, else a comma."""
    return ";".join(_item(str(value)) for value in values)


def _item(text: str) -> str:
    if ";" in text:
        text = text.replace(";", "%3B" if text.startswith("http") else ",")
    return single_line(text)


def years(amounts: Mapping[str, float]) -> str:
    """{"2026": 1500.5} → "2026: 1500,5", years apart by " | ": a semicolon would be a new column in Polish Excel."""
    return " | ".join(f"{year}: {decimal(amount).replace('.', ',')}" for year, amount in amounts.items())


Printer = Callable[[Cell], str]
# What _FORMULA begins with, and _SPOILED: a text of one line that begins with another letter is itself, and most are.
_RUN = frozenset("=+-@\t\r")
_RUN_OR_SPOILED = _RUN | frozenset("0123456789")


def _text(risky: frozenset[str], careful: Printer) -> Printer:
    def show(cell: Cell) -> str:
        if cell.__class__ is str and cell[:1] not in risky and "\n" not in cell:
            return str(cell)
        return careful(cell)

    return show


def _list(risky: frozenset[str], careful: Printer) -> Printer:
    def show(cell: Cell) -> str:
        try:
            joined = ";".join(cell)
        except TypeError:
            return careful(cell)
        plain = joined.count(";") == len(cell) - 1 and joined[:1] not in risky and "\n" not in joined
        return joined if plain else careful(cell)

    return show


def for_machines(kind: Kind) -> Printer:
    """Known cell → text of RFC 4180 files: true/false, 1500.5, lists "a;b", objects as JSON."""
    if kind.item:
        return _list(_RUN, lambda cell: guarded(listed(cell)))
    by_type: dict[str, Printer] = {
        "boolean": lambda cell: "true" if cell else "false",
        "number": decimal,
        "integer": str,
        "object": lambda cell: orjson.dumps(cell).decode(),
    }
    return by_type.get(kind.table["type"], _text(_RUN, lambda cell: guarded(single_line(str(cell)))))


def for_excel(kind: Kind) -> Printer:
    """Known cell → text for Polish Excel: tak/nie, 1500,5, nothing run, no zero lost."""
    if kind.item:
        return _list(_RUN_OR_SPOILED, lambda cell: kept(listed(cell)))
    by_type: dict[str, Printer] = {
        "boolean": lambda cell: "tak" if cell else "nie",
        "number": lambda cell: decimal(cell).replace(".", ","),
        "integer": str,
        "object": years,
        "date": str,
    }
    return by_type.get(kind.table["type"], _text(_RUN_OR_SPOILED, lambda cell: kept(single_line(str(cell)))))
