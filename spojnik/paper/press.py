"""Sheets → PDF files through Typst, which refuses at compile time what PDF/UA-1 forbids (no alt text, skipped heading).

A sheet that says the same as before is not compiled again: the finished file is kept under the hash of all it is made
of. Without the extra `[pdf]` there is no paper, and nothing links to it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Literal

from spojnik.output import Output
from spojnik.paper.sheets import Sheet

STANDARD: Literal["ua-1"] = "ua-1"
_PER_SHEET = 8


def can_print() -> bool:
    """Whether Typst is installed (the extra `[pdf]`)."""
    return importlib.util.find_spec("typst") is not None


def printed(sheet: Sheet, folder: Path, cache: Path) -> Iterator[Output]:
    """The PDF of a sheet; of a booklet also the same pages imposed on A4. `folder` holds the Typst sources."""
    body = _compiled(folder / "sheet.typ", {**sheet.data, "qr": _qr(sheet.data["link"])}, {}, cache)
    yield Output(PurePosixPath(f"druk/{sheet.stem}.pdf"), body)
    if sheet.kind == "booklet":
        data = {
            "title": sheet.title,
            "lang": sheet.data["lang"],
            "day": sheet.data["day"],
            "words": sheet.data["words"],
            "sides": imposed(page_count(body)),
        }
        yield Output(
            PurePosixPath(f"druk/{sheet.stem}-a4.pdf"),
            _compiled(folder / "imposed.typ", data, {"booklet.pdf": body}, cache),
        )


def _compiled(source: Path, data: dict[str, object], files: dict[str, bytes], cache: Path) -> bytes:
    import typst

    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    parts = [
        typst.__name__,
        source.read_text("utf-8"),
        text,
        *(hashlib.sha256(body).hexdigest() for body in files.values()),
    ]
    kept = cache / f"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()}.pdf"
    if kept.exists():
        return kept.read_bytes()
    with tempfile.TemporaryDirectory() as room:
        main = Path(room) / "main.typ"
        main.write_bytes(source.read_bytes())
        for name, content in files.items():
            (Path(room) / name).write_bytes(content)
        body = bytes(
            typst.compile(
                str(main),
                root=room,
                sys_inputs={"data": text},
                ignore_system_fonts=True,
                pdf_standards=[] if files else [STANDARD],
            )
        )
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=cache, delete=False) as fresh:
        fresh.write(body)
    Path(fresh.name).replace(kept)
    return body


def _qr(text: str) -> str:
    import segno

    drawn = io.BytesIO()
    segno.make(text, micro=False).save(drawn, kind="svg", border=1, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


def page_count(body: bytes) -> int:
    """Pages of a PDF that Typst wrote: the largest /Count of its page tree."""
    import re

    return max((int(found) for found in re.findall(rb"/Count (\d+)", body)), default=1)


def imposed(pages: int) -> list[list[int]]:
    """Sides of A4, each four page numbers (0 is blank): fold each half sheet, cut across, nest, staple.

    A sheet of A4 cut across gives two folded leaves of four A6 pages each; leaves nest from the outside in.
    """
    whole = -(-pages // _PER_SHEET) * _PER_SHEET
    leaves = []
    low, high = 1, whole
    while low < high:
        leaves.append(((high, low), (low + 1, high - 1)))
        low, high = low + 2, high - 2
    sides = []
    half = len(leaves) // 2
    for upper, lower in zip(leaves[:half], leaves[half:], strict=True):
        for face in (0, 1):
            sides.append([page if page <= pages else 0 for page in (*upper[face], *lower[face])])
    return sides
