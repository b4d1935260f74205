"""Whose number is it? A number found by name is confirmed or refuted by what the register says under it.

Joining by name alone is wrong once in twenty times, so a name only proposes; a number never makes a second record.
"""

from __future__ import annotations

from typing import NamedTuple

from scrapers.known import ALIKE, Known, alike
from spojnik.finding import Finding, Level


class Match(NamedTuple):
    """key: under which the register's extract is kept, "" when it must not be; finding: what a person should know."""

    key: str
    finding: Finding | None


def settle(known: Known, number: str, name: str, town: str) -> Match:
    """The record that a register number belongs to. `town` is the seat; only Kraków makes a new record."""
    key = known.krs.get(number, "")
    if key and number not in known.doubtful:
        return Match(key, None)
    here = town.casefold() == "kraków"
    if key:
        return _confirmed(known, key, number, name, here, town)
    if not here:
        return Match("", None)
    twin = known.namesake(name)
    if twin and f"krs-{number}" not in known.names:
        return Match(
            "",
            _finding(
                Level.WARN,
                twin,
                number,
                f"rejestr zna pod tym numerem „{name}”, a my mamy taką nazwę bez numeru; nowego rekordu nie założono",
                "Jeśli to ta sama organizacja, dopisz jej numer KRS.",
            ),
        )
    return Match(f"krs-{number}", None)


def _confirmed(known: Known, key: str, number: str, name: str, here: bool, town: str) -> Match:
    names = known.names.get(key, ())
    score = alike(name, names)
    ours = names[0] if names else key
    if score >= ALIKE and here:
        return Match(
            key,
            _finding(
                Level.NOTE,
                key,
                number,
                f"numer potwierdzony: w rejestrze to „{name}”, u nas „{ours}” "
                f"(zgodność nazw {score}/100), siedziba w Krakowie",
            ),
        )
    why = f"nazwy zgadzają się w {score}/100" if score < ALIKE else f"siedziba to {town or 'nie podano'}, nie Kraków"
    return Match(
        "",
        _finding(
            Level.WARN,
            key,
            number,
            f"numer niepotwierdzony: w rejestrze należy do „{name}”, a u nas do „{ours}” ({why})",
            "Usuń numer albo potwierdź go stroną organizacji.",
        ),
    )


def _finding(level: Level, key: str, number: str, why: str, todo: str = "") -> Finding:
    return Finding("identity", level, "organisations", key, "krs", number, "", "redakcja", why, todo)
