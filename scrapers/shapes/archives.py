"""Spreadsheets, archives and huge XML, read as streams with real bytes counted: a bomb lies about its size."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import python_calamine
from lxml import etree

from scrapers.select import Mismatch

MOST_MEMBERS = 2000
MOST_BYTES = 400_000_000
MOST_RATIO = 200
_PIECE = 1 << 16
Source = Path | bytes


class _Counted(io.RawIOBase):
    """A member of an archive that stops at what it may hold."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        self._left -= len(piece)
        if self._left < 0:
            raise Mismatch("archiwum po rozpakowaniu jest większe, niż przyjmujemy")
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def archive(source: Source) -> Iterator[zipfile.ZipFile]:
    """An open zip. Mismatch for what only calls itself one: a wrong address answers 200 with a page."""
    opened = open(source, "rb") if isinstance(source, Path) else io.BytesIO(source)
    try:
        if opened.read(4) != b"PK\x03\x04":
            raise Mismatch("to nie jest archiwum ZIP")
        opened.seek(0)
        with zipfile.ZipFile(opened) as zipped:
            if len(zipped.infolist()) > MOST_MEMBERS:
                raise Mismatch("archiwum ma za dużo plików")
            yield zipped
    except (zipfile.BadZipFile, EOFError, zipfile.LargeZipFile):
        raise Mismatch("archiwum ZIP jest uszkodzone albo urwane") from None
    finally:
        opened.close()


@contextmanager
def member(zipped: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """A member's bytes as a stream, capped by what it really holds. Names are never used as paths."""
    try:
        info = zipped.getinfo(name)
    except KeyError:
        raise Mismatch(f"w archiwum brakuje pliku {name}") from None
    limit = min(MOST_BYTES, max(info.compress_size * MOST_RATIO, 1_000_000))
    with zipped.open(info) as stream:
        yield io.BufferedReader(_Counted(stream, limit), _PIECE)


def csv_rows(stream: IO[bytes], mark: str = ",") -> Iterator[dict[str, str]]:
    """Rows of a CSV file by its header. Mismatch for a row of another length: that is where a file was cut off."""
    csv.field_size_limit(1_000_000)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    rows = csv.reader(text, delimiter=mark, strict=True)
    try:
        header = [" ".join(name.split()) for name in next(rows, [])]
        for number, row in enumerate(rows, 2):
            if len(row) != len(header):
                raise Mismatch(
                    f"wiersz {number} pliku CSV ma {len(row)} kolumn zamiast {len(header)}; pewnie się urwał"
                )
            yield dict(zip(header, row, strict=True))
    except csv.Error:
        raise Mismatch("plik CSV jest uszkodzony albo urwany") from None
    except UnicodeDecodeError:
        raise Mismatch("plik CSV ma inne kodowanie znaków, niż zapowiada") from None


def columns(row: dict[str, str], *needed: str) -> None:
    """Mismatch where a CSV lacks a column that we read."""
    if missing := [name for name in needed if name not in row]:
        raise Mismatch(f"w pliku CSV brakuje kolumn: {', '.join(missing)}")


def sheet_rows(body: bytes) -> Iterator[list[Any]]:
    """Rows of the first sheet of an XLSX file; its parts are measured before the reader unpacks them."""
    with archive(body) as zipped:
        total = 0
        for info in zipped.infolist():
            with member(zipped, info.filename) as stream:
                while piece := stream.read(_PIECE):
                    total += len(piece)
                    if total > MOST_BYTES // 4:
                        raise Mismatch("arkusz po rozpakowaniu jest większy, niż przyjmujemy")
    try:
        book = python_calamine.load_workbook(io.BytesIO(body))
        yield from book.get_sheet_by_index(0).iter_rows()
    except python_calamine.CalamineError:
        raise Mismatch("arkusz jest uszkodzony albo urwany") from None


def xml_elements(path: Path, tag: str) -> Iterator[Any]:
    """Elements with a local name, one at a time, freed after use: a register of 100 MB passes in a few."""
    with path.open("rb") as stream:
        if b"<!DOCTYPE" in (head := stream.read(4096)).upper() or b"<!ENTITY" in head.upper():
            raise Mismatch("dokument XML definiuje własne encje; takich nie czytamy")
    try:
        for _, element in etree.iterparse(
            str(path), tag=f"{{*}}{tag}", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            if element.getroottree().docinfo.internalDTD is not None:
                raise Mismatch("dokument XML definiuje własne encje; takich nie czytamy")
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                parent.remove(element.getprevious())
    except etree.XMLSyntaxError:
        raise Mismatch("dokument XML jest uszkodzony albo urwany") from None
