"""The weekly edition as a release: the archive is an asset that never changes, its line is committed.

Needs the last edition to count the version from; it is the asset of the newest release whose tag says so.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from spojnik.corrections import github
from spojnik.exports.edition_index import make, read
from spojnik.order import Order, load
from spojnik.store import dump_line
from spojnik.world import stop_on

LIST = "editions.jsonl"
_TAG = "wydanie-"


def release(root: Path, order: Order) -> int:
    """Publish today's edition and commit its line to `editions.jsonl`; 0 also when today's is already there."""
    world, findings = load(order)
    stop_on(findings)
    base = f"repos/{github.repository()}"
    tags = [str(each["tag_name"]) for each in github.api("GET", f"{base}/releases?per_page=100") or []]
    ours = sorted(tag for tag in tags if tag.startswith(_TAG))
    tag = f"{_TAG}{order.today}"
    if tag in ours:
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if ours:
            _gh("release", "download", ours[-1], "--pattern", "????-??-??.zip", "--dir", name)
        body, line = make(world, read(folder))
        file = folder / f"{order.today}.zip"
        file.write_bytes(body)
        _gh("release", "create", tag, str(file), "--title", f"Wydanie {order.today}", "--notes", line["sentence"])
    address = f"https://github.com/{github.repository()}/releases/download/{tag}/{order.today}.zip"
    with (root / LIST).open("ab") as lines:
        lines.write(dump_line({**line, "address": address}))
    github.commit(f"Wydanie {order.today}: {line['version']}\n\n{line['sentence']}\n", (LIST,), root)
    return 0


def _gh(*words: str) -> None:
    done = subprocess.run(["gh", *words, "--repo", github.repository()], capture_output=True, text=True)
    if done.returncode:
        raise github.Unavailable(done.stderr.strip())
