"""`dane/spojnik.zip`: everything in one file, with a Polish README; the same bytes for the same records."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from spojnik import words
from spojnik.exports.dialect import NOTES
from spojnik.exports.facts import Finished
from spojnik.output import Output

if TYPE_CHECKING:
    from spojnik.world import World

_DATE = (1980, 1, 1, 0, 0, 0)  # the first day that ZIP knows; real times would change the bytes
_PACKED = (".xlsx", ".parquet", ".zip")  # compressed already: packing again costs time and saves nothing


def export(world: World, files: Mapping[str, Finished]) -> Iterable[Output]:
    """All of `files` that lie directly in `dane/`, and README.txt."""
    inside = {file.path.name: file for path, file in sorted(files.items())
              if path.startswith("dane/") and path.count("/") == 1}
    told = readme(world, {name: file.size for name, file in inside.items()})
    members = {name: file.read for name, file in inside.items()}
    yield Output(PurePosixPath("dane/spojnik.zip"), packed({"README.txt": partial(bytes, told), **members}))


def packed(members: Mapping[str, Callable[[], bytes]]) -> bytes:
    """A ZIP with fixed dates and rights. members: name → a function that reads the body when its turn comes.

    Level 2 takes a third of the time of the usual 6 for a fifth more bytes: a gigabyte of tables is packed anew
    whenever one record changes. A level given to ZipFile would not reach members that bring their own ZipInfo.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, read in members.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, read(), compresslevel=2)
    return stream.getvalue()


def readme(world: World, inside: Mapping[str, int]) -> bytes:
    """What is in the archive, how to read it and how to cite it. CRLF: Windows Notepad is where it will be opened."""
    site = world.site
    datasets = [(dataset.spec, len(world.records[dataset.id])) for dataset in world.catalog]
    lines = [
        f"{site.name}: otwarte dane",
        f"Stan na {words.day(world.today)}.",
        *([f"Serwis: {site.base_url}"] if site.base_url else []),
        f"Wydawca: {site.operator or 'nie został jeszcze wskazany'}.",
        "",
        "CO TU JEST",
        *(f"- {spec.slug}: {spec.title} ({words.number(count)} "
          f"{words.plural(count, spec.one, spec.few, spec.many)}). {spec.description}" for spec, count in datasets),
        "",
        "KTÓRY PLIK WZIĄĆ",
        "- Pracujesz w arkuszu: weź plik .xlsx. Ma arkusz „słownik”, który objaśnia kolumny.",
        "- Masz polski Excel i wolisz CSV: weź plik z końcówką -excel.csv.",
        "- Piszesz program: weź .csv, .json albo .jsonl. Kolumny i typy opisuje datapackage.json.",
        "",
        "JAK CZYTAĆ",
        *(f"- {note}" for note in NOTES),
        "- Kolumna „niepewne” wymienia pola niepotwierdzone i takie, o których źródła mówią różnie.",
        "",
        "LICENCJA",
        "Nasze zestawienie: CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/deed.pl",
        "Wartości zachowują warunki swoich źródeł; są w datapackage.json i na stronie źródeł.",
        "",
        "JAK CYTOWAĆ",
        f"{site.name}, stan na {words.day(world.today)}" + (f", {site.base_url}" if site.base_url else "") + ".",
        "",
        "PLIKI (nazwa, liczba bajtów)",
        *(f"{name}  {size}" for name, size in sorted(inside.items())),
    ]
    return "".join(f"{line}\r\n" for line in lines).replace("\u00a0", " ").encode()
