"""The 18 districts of Kraków: numbers and names as the city writes them.

Source: Statut and resolution XXI/143/91 of 27 March 1991; names as printed at https://www.krakow.pl/get_html.php?dok_id=9620.
`TILES` is our own rough drawing (column, row) for the schematic map; it states no boundary.
"""

from __future__ import annotations

_NAMES = {
    "I": "Stare Miasto",
    "II": "Grzegórzki",
    "III": "Prądnik Czerwony",
    "IV": "Prądnik Biały",
    "V": "Krowodrza",
    "VI": "Bronowice",
    "VII": "Zwierzyniec",
    "VIII": "Dębniki",
    "IX": "Łagiewniki-Borek Fałęcki",
    "X": "Swoszowice",
    "XI": "Podgórze Duchackie",
    "XII": "Bieżanów-Prokocim",
    "XIII": "Podgórze",
    "XIV": "Czyżyny",
    "XV": "Mistrzejowice",
    "XVI": "Bieńczyce",
    "XVII": "Wzgórza Krzesławickie",
    "XVIII": "Nowa Huta",
}
DISTRICTS: tuple[str, ...] = tuple(f"{number} {name}" for number, name in _NAMES.items())

TILES: dict[str, tuple[int, int]] = {
    "VI": (0, 1),
    "IV": (1, 0),
    "III": (2, 0),
    "XV": (3, 0),
    "XVII": (4, 0),
    "V": (1, 1),
    "II": (3, 1),
    "XIV": (4, 1),
    "XVI": (5, 0),
    "XVIII": (5, 1),
    "VII": (0, 2),
    "I": (2, 1),
    "XIII": (3, 2),
    "VIII": (1, 2),
    "IX": (2, 2),
    "XI": (2, 3),
    "XII": (3, 3),
    "X": (1, 3),
}


def district_number(district: str) -> str:
    """ "XI Podgórze Duchackie" → "XI"."""
    return district.partition(" ")[0]
