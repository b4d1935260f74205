"""Every page, as the checker that the Web's own standards body keeps sees it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.machine import VNU

pytestmark = pytest.mark.needs("vnu")


def html_errors(folder: Path) -> list[str]:
    """What the Nu checker calls an error in the pages and drawings under `folder`, one line each."""
    command = ["java", "-Xss4m", "-Xmx1g", "-jar", str(VNU), "--errors-only", "--skip-non-html"]
    command += ["--format", "json", "--stdout", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    messages = json.loads(done.stdout)["messages"]
    return [f"{each.get('url')}:{each.get('lastLine')}: {each['message']}" for each in messages]


def test_every_page_is_valid_html(site: Path) -> None:
    errors = html_errors(site)
    assert not errors, f"{len(errors)} errors\n" + "\n".join(errors[:40])


def test_every_page_of_the_small_world_is_valid_html(world: Path) -> None:
    errors = html_errors(world)
    assert not errors, f"{len(errors)} errors\n" + "\n".join(errors[:40])


def test_counter_example_an_image_without_words_is_an_error(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=pl><title>Próba</title><p><img src='a.png'></p></html>"
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    assert any("alt" in error for error in html_errors(tmp_path))
