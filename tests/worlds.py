"""Copies of the small world that a test may spoil, and what the front door says about them."""

import contextlib
import io
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from spojnik.commands import main
from spojnik.order import Order, load
from spojnik.world import World
from tests.front import TODAY, WORLD
from tests.machine import ROOT


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    text: str


def copy(folder: Path) -> Path:
    """A fresh small world under `folder`; returns its datasets."""
    shutil.copytree(WORLD, folder / "world")
    return folder / "world" / "datasets"


def run(*words: str | Path) -> Said:
    """A command of the front door in this process: thousands of spoiled worlds would be slow as processes."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            code = main([str(word) for word in words])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
    return Said(code, out.getvalue())


def check(datasets: Path, *more: str) -> Said:
    """`build.py check` over a world."""
    return run("check", "--datasets", datasets, "--today", TODAY, *more)


def loaded(datasets: Path, today: str = TODAY, only: Sequence[str] = ()) -> World:
    """The world itself, for what no command prints."""
    site = datasets.parent / "site.yml"
    return load(Order(datasets, ROOT / "site", site, Path(), today, tuple(only)))[0]


def put(datasets: Path, name: str, text: str) -> Path:
    """Write a file of a world."""
    path = datasets / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def correction(datasets: Path, dataset: str, key: str, body: str, name: str = "2026-11-22-00000000.yml") -> Path:
    """A person's correction with the usual head."""
    head = f'key: {key}\non: "2026-11-22"\nby: organizacja\nproof: "https://example.org/dowod"\n'
    return put(datasets, f"{dataset}/manual/{key}/{name}", head + body)
