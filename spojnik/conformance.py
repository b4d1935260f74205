"""`make conformance`: public validators over the finished site, each shown to catch a fault, raw results kept.

`conformance.yml` names them. A result is "zgodne" only when the validator ran on the real files and found nothing, and
the same run over a copy with a planted fault found something; what could not run is "brak".
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from spojnik.store import load_yaml

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / ".spojnik" / "conformance.json"
CACHE = ROOT / ".cache" / "schemas"
OUTPUT_AT_MOST = 20_000
SECONDS = 900


class Result(NamedTuple):
    """What one validator said. verdict: "zgodne", "niezgodne" or "brak"; catches: whether it saw the planted fault;
    raw: what it printed; note: why there is no verdict."""

    check: str
    standard: str
    validator: str
    version: str
    command: str
    verdict: str
    catches: bool
    raw: str
    note: str = ""


def main(arguments: Sequence[str]) -> int:
    """Run all checks, print a line each, keep the results for the board. Exit 1 when something does not conform."""
    parser = argparse.ArgumentParser(prog="python -m spojnik.conformance", description="Sprawdziany zgodności")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="zbudowany serwis")
    parser.add_argument("--schemas", type=Path, help="folder z opublikowanymi schematami")
    parser.add_argument("--only", nargs="*", default=[], help="tylko te sprawdziany")
    parser.add_argument("--results", type=Path, default=RESULTS, help="gdzie zapisać wyniki")
    options = parser.parse_args(arguments)
    if not (options.out / "index.html").exists():
        print(f"W folderze {options.out} nie ma serwisu. Zbuduj go: make site.", file=sys.stderr)
        return 2
    plan = load_yaml(ROOT / "conformance.yml").data
    found = schemas(plan["schemas"], options.schemas)
    results = []
    for name, check in plan["checks"].items():
        if not options.only or name in options.only:
            results.append(judge(name, check, options.out.resolve(), found))
            print(line(results[-1]), flush=True)
    options.results.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps([result._asdict() for result in results], ensure_ascii=False, indent=1)
    options.results.write_text(written, "utf-8")
    if options.results == RESULTS:
        print("Wyniki trafią na stronę jakosc/zgodnosc/ przy następnym zbudowaniu serwisu: make site.")
    return 1 if any(result.verdict == "niezgodne" for result in results) else 0


def line(result: Result) -> str:
    """One line of the board for a terminal."""
    caught = "łapie podłożony błąd" if result.catches else "podłożonego błędu nie sprawdzono"
    told = result.note or caught
    return f"{result.verdict:<10} {result.standard} – {result.validator} {result.version} ({told})"


def load_results(path: Path = RESULTS) -> list[Result]:
    """The results of the last run, for the page; none before the first."""
    return [Result(**row) for row in json.loads(path.read_text("utf-8"))] if path.exists() else []


def schemas(wanted: Mapping[str, Mapping[str, str]], folder: Path | None) -> dict[str, Path]:
    """name → file with the published hash: from a folder, from the cache, else fetched; absent if it cannot be had."""
    places = [place for place in (folder, CACHE) if place and place.is_dir()]
    known = {hashlib.sha256(path.read_bytes()).hexdigest(): path
             for place in places for path in sorted(place.rglob("*")) if path.is_file()}
    found = {}
    for name, schema in wanted.items():
        path = known.get(schema["sha256"])
        if path is None and folder is None:
            path = _fetched(name, schema)
        if path is not None:
            found[name] = path.resolve()
    return found


def _fetched(name: str, schema: Mapping[str, str]) -> Path | None:
    # Not Scrapy: one published file, known by its hash, for a tool that is no part of the build.
    from urllib.request import urlopen  # noqa: TID251

    try:
        with urlopen(schema["url"], timeout=30) as answer:
            body: bytes = answer.read(20_000_000)
    except OSError:
        return None
    if hashlib.sha256(body).hexdigest() != schema["sha256"]:
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / name
    path.write_bytes(body)
    return path


def judge(name: str, check: Mapping[str, Any], out: Path, known: Mapping[str, Path]) -> Result:
    """Run one validator over the site, then over a copy with a planted fault."""
    validator, version = _validator(check)
    told = " ".join(str(part).replace("{judges}", "spojnik/judges.py") for part in check["command"])
    blank = Result(name, check["standard"], validator, version, told, "brak", False, "")
    needed = re.findall(r"\{schema:([^}]+)\}", told)
    if missing := [schema for schema in needed if schema not in known]:
        return blank._replace(note=f"nie ma schematu {', '.join(missing)}")
    files = sorted({path for pattern in check["files"] for path in out.glob(pattern) if path.is_file()})
    if not files:
        return blank._replace(note="serwis nie ma takich plików")
    try:
        code, raw = _run(check, out, known)
    except (OSError, subprocess.TimeoutExpired) as error:
        return blank._replace(note=f"sprawdzianu nie da się uruchomić: {error}"[:300])
    if _absent(check, raw):
        return blank._replace(raw=raw, note="sprawdzian potrzebuje sieci albo pakietu, którego tu nie ma")
    catches = _catches(check, out, files, known)
    if code == 0 and not catches:
        return blank._replace(raw=raw, note="nie zauważył podłożonego błędu, więc jego zgoda nic nie znaczy")
    return blank._replace(verdict="niezgodne" if code else "zgodne", catches=catches, raw=raw)


def _validator(check: Mapping[str, Any]) -> tuple[str, str]:
    if "with" in check:
        name, _, version = check["with"].partition("==")
        return name, version
    try:
        return check["package"], metadata.version(check["package"])
    except metadata.PackageNotFoundError:
        return check["package"], ""


def _run(check: Mapping[str, Any], out: Path, known: Mapping[str, Path]) -> tuple[int, str]:
    scripts = Path(sys.executable).parent
    parts = [re.sub(r"\{schema:([^}]+)\}", lambda found: str(known[found[1]]), str(part)) for part in check["command"]]
    parts = [part.replace("{judges}", str(ROOT / "spojnik" / "judges.py")) for part in parts]
    if "with" in check:
        parts = [str(scripts / "uv"), "run", "--quiet", "--isolated", "--no-project", "--with", check["with"], *parts]
    elif (scripts / parts[0]).exists():
        parts[0] = str(scripts / parts[0])
    done = subprocess.run(parts, cwd=out, capture_output=True, text=True, timeout=SECONDS, check=False)
    # The board shows paths as anybody would have them: from the site's folder.
    raw = (done.stdout + done.stderr).replace(f"{out}/", "").replace(str(out), ".")
    for name, path in known.items():
        raw = raw.replace(str(path), name)
    raw = re.sub(r"\x1b\[[0-9;]*m", "", raw)
    return done.returncode, raw if len(raw) <= OUTPUT_AT_MOST else raw[:OUTPUT_AT_MOST] + "\n… (dalszy ciąg pominięty)"


_NOT_INSTALLED = r"No solution found|Failed to (?:fetch|download|resolve)|ModuleNotFoundError|not found in the package"


def _absent(check: Mapping[str, Any], raw: str) -> bool:
    """Whether the validator never came to judge."""
    patterns = [_NOT_INSTALLED, *([check["unreachable"]] if "unreachable" in check else [])]
    return any(re.search(pattern, raw) for pattern in patterns)


def _catches(check: Mapping[str, Any], out: Path, files: Sequence[Path], known: Mapping[str, Path]) -> bool:
    """Whether the validator objects to a copy of the files in which one value is spoiled."""
    fault = check["fault"]
    with tempfile.TemporaryDirectory(prefix="spojnik-") as folder:
        copy = Path(folder)
        for path in files:
            target = copy / path.relative_to(out)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        spoiled = sorted(copy.glob(fault["file"])) if "file" in fault else [copy / files[0].relative_to(out)]
        for path in spoiled:
            before = path.read_bytes().decode()
            after = re.sub(fault["find"], fault["put"], before, count=1, flags=re.MULTILINE)
            if after != before:
                path.write_bytes(after.encode())
                code, raw = _run(check, copy, known)
                return code != 0 and not _absent(check, raw)
    return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
