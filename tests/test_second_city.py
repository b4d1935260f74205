"""The guide „Twoje miasto w jedno popołudnie”, followed to the letter in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from spojnik.store import dump_yaml, parse_yaml
from tests.front import tree
from tests.machine import ROOT
from tests.test_repository import tracked

GUIDE = ROOT / "docs" / "twoje-miasto.md"
LEFT_BEHIND = ("tests/", "bench/", "node_modules/")


class Block(NamedTuple):
    """A fenced block of the guide: its language, the file that it is ("" for commands), and its text."""

    language: str
    file: str
    text: str


def blocks(guide: str) -> list[Block]:
    """Every fenced block in order; the word after the language names the file."""
    found = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    return [Block(*each) for each in found]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("miasto")
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(LEFT_BEHIND):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / name)
    machinery = tree(root / "spojnik")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for block in blocks(GUIDE.read_text("utf-8")):
        if block.file:
            path = root / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
            continue
        assert block.language == "sh", block
        for command in block.text.splitlines():
            done = subprocess.run(
                ["sh", "-euc", command],
                cwd=root,
                env={**os.environ, "PATH": programs, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                timeout=300,
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert tree(root / "spojnik") == machinery
    return root


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("index.html", "Otwarty Przykład"),
        ("biblioteki/index.html", "Biblioteka Przykładowa, filia 1"),
        ("biblioteki/filia-1.html", "ul. Przykładowa 5"),
        ("dane/biblioteki/index.html", "Godziny otwarcia"),
        ("dane/biblioteki.csv", "+48 12 616 78 00"),
        ("popraw/biblioteki/filia-1.html", "Ulica i numer"),
        ("popraw/biblioteki/nowy.html", "Nowy wpis"),
    ],
)
def test_the_second_city_has(city: Path, page: str, words: str) -> None:
    assert words in (city / "dist" / page).read_text("utf-8-sig")


def test_it_has_its_own_issue_form_and_no_other(city: Path) -> None:
    assert {path.name for path in (city / ".github" / "ISSUE_TEMPLATE").glob("popraw-*.yml")} == {
        "popraw-biblioteki.yml"
    }


def test_nothing_of_the_first_city_is_left_in_its_data(city: Path) -> None:
    assert sorted(path.name for path in (city / "datasets").iterdir()) == ["biblioteki"]
    record = (city / "dist" / "biblioteki" / "filia-1.html").read_text("utf-8")
    assert "Przykładowo" in record


def test_the_guide_needs_no_edit_of_the_machinery() -> None:
    assert not [block.file for block in blocks(GUIDE.read_text("utf-8")) if block.file.startswith("spojnik/")]
    assert len(blocks(GUIDE.read_text("utf-8"))) >= 6


def test_every_command_of_the_guides_exists() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    known = subprocess.run([sys.executable, "build.py", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    commands = set(re.findall(r"python build\.py ([a-z][a-z-]*)", text))
    assert commands and not [each for each in commands if not re.search(rf"^    {each}\b", known, re.MULTILINE)]


def test_the_example_of_a_correction_is_what_the_machinery_writes() -> None:
    guide = (ROOT / "docs" / "co-sie-dzieje-z-poprawka.md").read_text("utf-8")
    (example,) = [block.text for block in blocks(guide) if block.language == "yaml"]
    assert dump_yaml(parse_yaml(example.encode(), "x").data) == example
