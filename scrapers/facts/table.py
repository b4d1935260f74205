"""Tables of tasks: the template of public health competitions has columns where the others have labels."""

import re
from collections.abc import Iterator

_COLUMNS = (
    ("number", r"^(?:nr|lp\.?|l\.p\.)\b"),
    ("Termin realizacji zadania", r"^(?:termin|okres|czas)\b"),
    ("Planowana wysokość środków publicznych na realizację zadania",
     r"^(?:planowan\w+ )?(?:wysokość|kwota|środki|budżet)\b"),
    ("Tytuł zadania publicznego", r"^(?:zadani\w+|nazwa|tytuł|program\w*)\b"),
)
_TOTAL = re.compile(r"^(?:razem|ogółem|łącznie|suma)\b", re.I)


def unfold_tables(lines: list[str]) -> list[str]:
    """The lines with every table of tasks written as labelled lines, so that one grammar reads both templates.

    A table of one task gives its title, period and money. Of several tasks only what they share is the call's: the same
    period, and money only where a last row sums it.
    """
    unfolded: list[str] = []
    at = 0
    while at < len(lines):
        columns = _columns(lines[at])
        if not columns:
            unfolded.append(lines[at])
            at += 1
            continue
        rows = []
        at += 1
        while at < len(lines) and " | " in lines[at]:
            rows.append([cell.strip() for cell in lines[at].split(" | ")])
            at += 1
        unfolded += _labelled(columns, rows)
    return unfolded


def _columns(line: str) -> list[str]:
    cells = line.split(" | ")
    names = [next((name for name, pattern in _COLUMNS if re.search(pattern, cell.strip(), re.I)), "") for cell in cells]
    known = {name for name in names if name and name != "number"}
    # "Termin realizacji zadania: | 2025" is a label beside its value, so a colon is no column.
    return names if len(known) >= 2 and ":" not in line else []


def _labelled(columns: list[str], rows: list[list[str]]) -> Iterator[str]:
    tasks = [row for row in rows if not any(_TOTAL.match(cell) for cell in row) and len(row) == len(columns)]
    totals = [row for row in rows if any(_TOTAL.match(cell) for cell in row)]
    for at, name in enumerate(columns):
        if name in ("", "number"):
            continue
        values = {row[at] for row in tasks}
        money = name.startswith("Planowana")
        if len(tasks) == 1 or (len(values) == 1 and not money):
            yield f"{name}: {values.pop()}"
        elif money and totals:
            yield f"{name}: {totals[-1][-1]}"
