"""Style, scripts and signs: what a visitor gets of them."""

import subprocess
from pathlib import Path

import pytest

from spojnik.web.static_files import lean, static_files
from tests.machine import ROOT


@pytest.mark.parametrize("named", ["engine.js", "engine"])
def test_a_folder_named_like_a_script_is_one_script(named: str, tmp_path: Path) -> None:
    (tmp_path / named).mkdir()
    for part in ("2-last.js", "1-first.js"):
        (tmp_path / named / part).write_text(f"{part};")
    (tmp_path / "style.css").write_text("  p {} /* stays */\n")
    made = {str(each.path): each.body for each in static_files(tmp_path)}
    joined = {"static/engine.js": b"1-first.js;2-last.js;"}
    apart = {"static/engine/1-first.js": b"1-first.js;", "static/engine/2-last.js": b"2-last.js;"}
    assert made == {"static/style.css": b"  p {} /* stays */\n", **(joined if named == "engine.js" else apart)}


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* Why. */\nlet a;\n", "let a;\n"),
        ("/* Why,\n   and ** how. */\n  let a;\n", "let a;\n"),
        ("  // why\n  let a; // stays: it may be a text\n", "let a; // stays: it may be a text\n"),
        ('f("https://example.org"); /* stays */\n', 'f("https://example.org"); /* stays */\n'),
        ("x =\n  /ab*/.test(y);\n", "x =\n/ab*/.test(y);\n"),
        ("a /* one */\n  + b /* two */ + c\n", "a /* one */\n+ b /* two */ + c\n"),
        ("/* begins\n", "/* begins\n"),
    ],
)
def test_only_whole_lines_of_comments_and_indents_are_left_out(written: str, sent: str) -> None:
    assert lean(written.encode()).decode() == sent


def test_no_text_of_our_scripts_goes_over_a_line() -> None:
    """Within a text a line may begin with two strokes, or with spaces that somebody means."""
    for path in filter(Path.is_file, sorted((ROOT / "site" / "static").rglob("*.js"))):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert line.replace('<>"`', "").count("`") % 2 == 0, f"{path}:{number}"
            assert not line.endswith("\\"), f"{path}:{number}"


@pytest.mark.needs("node")
def test_what_is_sent_is_a_script(tmp_path: Path) -> None:
    for each in static_files(ROOT / "site" / "static"):
        if str(each.path).endswith(".js"):
            file = tmp_path / Path(each.path).name
            file.write_bytes(each.body)
            done = subprocess.run(["node", "--check", file], capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr
