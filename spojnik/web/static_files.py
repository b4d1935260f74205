"""Files of the site that no data shape: style, scripts, signs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from spojnik.output import Output


def static_files(folder: Path) -> Iterator[Output]:
    """Every file under `static/` as it is, but for the parts of a script: those of a folder that is named like one are
    one file, in the order of their names. A visitor waits for it once, and it packs a seventh better than its parts."""
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath("static", path.relative_to(folder).as_posix())
        if path.is_dir() and path.suffix == ".js":
            yield Output(name, b"".join(part.read_bytes() for part in sorted(path.glob("*.js"))))
        elif path.is_file() and path.parent.suffix != ".js":
            yield Output(name, path.read_bytes())
