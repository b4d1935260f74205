"""Files of the site that no data shape: style, scripts, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from spojnik.output import Output

# In our scripts a comment has lines of its own, and no text goes over a line. Nothing within a line is touched: that
# takes a parser, and rjsmin, which has one, comes as a finished wheel for Linux only.
_UNSAID = re.compile(rb"(?m)^[ \t]*(?://.*\n|/\*(?:[^*]|\*(?!/))*\*/[ \t]*\n)")
_INDENT = re.compile(rb"(?m)^[ \t]+")


def static_files(folder: Path) -> Iterator[Output]:
    """Every file under `static/`: scripts without comments and indents, all others as they are. The parts of a script
    in a folder that is named like one are one file, in the order of their names. A visitor waits for it once, and it
    packs a fifth better than its parts."""
    for path in sorted(folder.rglob("*")):
        name = PurePosixPath("static", path.relative_to(folder).as_posix())
        if path.is_dir() and path.suffix == ".js":
            yield Output(name, b"".join(lean(part.read_bytes()) for part in sorted(path.glob("*.js"))))
        elif path.is_file() and path.parent.suffix != ".js":
            yield Output(name, lean(path.read_bytes()) if path.suffix == ".js" else path.read_bytes())


def lean(script: bytes) -> bytes:
    """A script as browsers need it."""
    return _INDENT.sub(b"", _UNSAID.sub(b"", script))
