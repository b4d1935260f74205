"""The README promises only what is there: links that lead somewhere, commands that exist, the real list of datasets."""

import re
import subprocess
import sys
from pathlib import Path

from tests.machine import ROOT

README = ROOT / "README.md"


def lost(document: Path) -> list[str]:
    """Links of a Markdown file to files of the repository that are not there."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    return [link for link in links if "://" not in link and not link.startswith("mailto:")
            and not (document.parent / link).exists()]  # fmt: skip


def test_links_between_documents_resolve() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert README in documents
    assert {str(document): lost(document) for document in documents if lost(document)} == {}


def test_every_command_of_the_readme_is_a_target() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    said = set(re.findall(r"\bmake ([a-z]+)", README.read_text(encoding="utf-8")))
    assert said and said <= targets


def test_the_dataset_table_is_up_to_date() -> None:
    made = subprocess.run([sys.executable, ".ci/readme"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert README.read_text(encoding="utf-8") == made.stdout, "run «make readme»"


def test_counter_example_a_lost_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[jest](a.md) [nie ma](b.md#x) [dalej](https://example.org/)", encoding="utf-8")
    assert lost(tmp_path / "a.md") == ["b.md"]
