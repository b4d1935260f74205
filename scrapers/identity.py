"""Whose number is it? A number found by name is confirmed or refuted by what the register says under it.

Joining by name alone is wrong once in twenty times, so a name only proposes; a number never makes a second record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scrapers.known import ALIKE, STRANGE, Known, alike, same_letters
from spojnik.finding import Finding, Level


class Match(NamedTuple):
    """key: under which the register's extract is kept, "" when it must not be; finding: what a person should know."""

    key: str
    finding: Finding | None


def settle(known: Known, number: str, name: str, town: str) -> Match:
    """The record that a register number belongs to. `town` is the seat; only Kraków makes a new record."""
    key = known.krs.get(number, "")
    if key and number not in known.doubtful:
        return Match(key, _renamed(known, key, number, name))
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


def _renamed(known: Known, key: str, number: str, name: str) -> Finding | None:
    """A certain number under another name: the body took a new name, or we took down a wrong number."""
    names = known.names.get(key, ())
    if not names or alike(name, names) >= STRANGE:
        return None
    why = f"rejestr nazywa ten numer „{name}”, a u nas to „{names[0]}”"
    return _finding(Level.WARN, key, number, why, "Sprawdź, czy organizacja zmieniła nazwę, czy numer jest błędny.")


def twins(dataset: str, added: Mapping[str, str], others: Mapping[str, str]) -> Iterator[Finding]:
    """New records whose name has the letters of one that another source already has: joining is for a person."""
    by_name = {same_letters(name): key for key, name in others.items()}
    for key, name in sorted(added.items()):
        twin = by_name.get(same_letters(name))
        if twin and twin != key:
            why = f"ta sama nazwa co {twin}"
            todo = f"Jeśli to ten sam wpis, dodaj {key} do same.yml z kluczem {twin}."
            yield Finding("identity", Level.NOTE, dataset, key, "", name, "", "redakcja", why, todo)


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
