"""The repository stands alone, keeps its files small and its dependencies pinned, and can be read by a newcomer."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine import ROOT

LONGEST_FILE = 300  # lines: what fits in a head
LARGEST_STYLESHEET = 15_000  # bytes, all of site/static together
CODE = (".py", ".html", ".js", ".css")
FOREIGN = ("tests/pages/", "tests/world/")  # recorded pages and hostile samples are as their authors made them
BINARY = (
    ".png",
    ".jpg",
    ".ico",
    ".pdf",
    ".woff2",
    ".ttf",
    ".gz",
    ".zip",
    ".xlsx",
    ".ods",
    ".parquet",
    ".sqlite",
    ".mo",
)
LOCKS = ("requirements.lock", "requirements-pdf.lock", "requirements-parquet.lock", "requirements-dev.lock")

# What says more about somebody's machine, or about one registry, than about the project.
MACHINE = re.compile(
    r"(?:^|[^\w.])/(?:work|farm|root|home|tmp|opt)/"
    r"|\.\./shared\b"
    r"|--(?:extra-)?index" + r"-url|--find" + r"-links[ =]"
    r"|\bpypi" + r"\.(?:org|python)|\bpythonhosted" + r"\.org|registry\.npmjs" + r"\.org"
    r"|\"resolved\": *\"",
    re.MULTILINE,
)


def tracked() -> list[Path]:
    """Every file of the project, committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return sorted(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def ours() -> Iterator[tuple[str, Path]]:
    """Name and path of the files that we write ourselves and that are text."""
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in BINARY and not name.startswith(FOREIGN):
            yield name, path


def traces(text: str) -> list[str]:
    """Machine paths and registry addresses in `text`."""
    return [found.group().strip() for found in MACHINE.finditer(text)]


def undocumented(source: str) -> list[str]:
    """The module, and the public functions and classes at its top, that do not say why they are there."""
    module = ast.parse(source)
    named = [node for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
    missing = [node.name for node in named if not node.name.startswith("_") and not ast.get_docstring(node)]
    return missing if ast.get_docstring(module) or not module.body else ["(module)", *missing]


def unpinned(lock: str) -> list[str]:
    """Requirements of a lock file without an exact version and a hash, and lines that are not requirements at all."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE))
    right = re.compile(r"[a-z0-9._-]+==[^\s;]+(?: *;[^#]*?)?(?: *--hash=sha256:[0-9a-f]{64})+\s*$")
    return [line for line in joined.splitlines() if line.strip() and not right.match(line)]


@pytest.mark.needs("git")
def test_nothing_tells_of_a_machine_or_a_registry() -> None:
    found = [f"{name}: {trace}" for name, path in ours() for trace in traces(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found[:40])


@pytest.mark.needs("git")
def test_our_text_files_are_utf_8_with_plain_line_ends() -> None:
    wrong = [name for name, path in ours() if (body := path.read_bytes()) and (b"\r" in body or body[-1:] != b"\n")]
    assert not wrong, wrong


@pytest.mark.needs("git")
def test_no_file_is_too_long() -> None:
    lengths = {name: path.read_bytes().count(b"\n") for name, path in ours() if path.suffix in CODE}
    assert lengths
    long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE}
    assert not long, long


def test_the_stylesheet_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "site" / "static").rglob("*.css")}
    assert sizes.pop("style.css") < LARGEST_STYLESHEET
    assert all(size < LARGEST_STYLESHEET / 6 for size in sizes.values()), f"sheets of single page types: {sizes}"


def test_every_public_name_says_why() -> None:
    files = [ROOT / "build.py", *(ROOT / "spojnik").rglob("*.py"), *(ROOT / "scrapers").rglob("*.py")]
    missing = [
        f"{path.relative_to(ROOT)}: {name}" for path in files for name in undocumented(path.read_text(encoding="utf-8"))
    ]
    assert not missing, "\n".join(missing)


def test_site_stays_a_name_of_the_standard_library() -> None:
    assert not list((ROOT / "site").rglob("*.py"))


def test_ruff_has_nothing_to_say() -> None:
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_locks_are_pinned_and_hashed_and_name_no_index(name: str) -> None:
    assert unpinned((ROOT / name).read_text(encoding="utf-8")) == []


def test_the_npm_lock_has_hashes_and_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wrong = [name for name, entry in packages.items() if name and ("resolved" in entry or "integrity" not in entry)]
    assert not wrong, wrong


def test_every_dependency_is_locked_and_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    wanted = {line for group in [*groups, project["dependency-groups"]["dev"]] for line in group}
    locked = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
    for line in wanted:
        name = re.split(r"[\[<>=]", line)[0].replace(".", "-")
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), f"{name}: run «make lock»"
        assert re.search(rf'"{re.escape(line)}".*# \S', text), f"{line}: say in a word why we need it"


def test_counter_examples_of_traces() -> None:
    for guilty in (
        "see /ho" + "me/ola/x",
        "--index" + "-url x",
        "https://pypi" + ".org/simple",
        '"resol' + 'ved": "x"',
    ):
        assert traces(guilty), guilty
    for innocent in ("https://example.org/home/", "site/work/x", "a/tmp/b", "index url"):
        assert not traces(innocent), innocent


def test_counter_examples_of_docstrings_and_locks() -> None:
    assert undocumented("def f(): ...\nclass C: ...") == ["(module)", "f", "C"]
    assert undocumented('"""Why."""\ndef _f(): ...') == []
    good = "a==1 ; python_version < '3.12' \\\n    --hash=sha256:" + "0" * 64 + "\n    # via b\n"
    assert unpinned(good) == []
    assert unpinned("a>=1\n") and unpinned("a==1\n") and unpinned("-i somewhere\n" + good)
