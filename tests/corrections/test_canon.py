"""One form for every file: comments stay, values stay, and doing it twice changes nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spojnik.canon import compare, form_of, rewrite
from spojnik.store import dump_yaml, parse_yaml
from tests.machine import ROOT

UGLY = """# nagłówek
key:   krs-1   # ogon
on: '2026-01-01'
krs: 0000123456
e:
q: "true"
s:
- a
# w środku
- 'b: c'
- {a: 1, b: 2}
long: |
  pierwsza

  druga
puste: []
"""
CANONICAL = """# nagłówek
key: krs-1     # ogon
"on": "2026-01-01"
krs: "0000123456"
e: null
q: "true"
s:
  - a
# w środku
  - "b: c"
  - a: 1
    b: 2
long: |
  pierwsza

  druga
puste: []
"""
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def test_comments_and_values_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(UGLY, "utf-8")
    assert compare(tmp_path) == 1
    assert path.read_text("utf-8") == UGLY
    assert rewrite(tmp_path) == 0
    assert path.read_text("utf-8") == CANONICAL
    assert compare(tmp_path) == 0


@given(st.dictionaries(TEXTS.filter(bool), TEXTS | st.integers(-(10**9), 10**9) | st.lists(TEXTS, max_size=3)))
def test_what_the_forms_write_is_canonical(tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]) -> None:
    text = dump_yaml(data)
    if parse_yaml(text.encode(), "x").data == data:
        path = tmp_path_factory.mktemp("fmt") / "a.yml"
        path.write_text("# uwaga\n" + text, "utf-8")
        assert form_of(path).after == path.read_bytes()


@pytest.mark.parametrize("broken", ["a: [", "a: *b", "a: 1\na: 2", "\tb: 1"])
def test_a_broken_file_is_named_and_left_alone(tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yml"
    path.write_text(broken, "utf-8")
    assert rewrite(tmp_path) == 1
    assert path.read_text("utf-8") == broken
    assert f"{path}:" in capsys.readouterr().out


def test_jsonl_is_sorted_only_where_order_is_no_history(tmp_path: Path) -> None:
    (tmp_path / "observed").mkdir()
    lines = '{"key": "b", "x": 1}\n\n{"key":"a"}\n'
    for name in ("history.jsonl", "observed/desk.jsonl"):
        (tmp_path / name).write_text(lines, "utf-8")
    assert rewrite(tmp_path) == 0
    assert (tmp_path / "history.jsonl").read_text("utf-8") == '{"key":"b","x":1}\n{"key":"a"}\n'
    assert (tmp_path / "observed/desk.jsonl").read_text("utf-8") == '{"key":"a"}\n{"key":"b","x":1}\n'


def test_what_is_committed_is_canonical() -> None:
    assert compare(ROOT / "datasets") == 0, "run: python build.py fmt"
