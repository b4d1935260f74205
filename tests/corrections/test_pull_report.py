"""Reports of ten typical pull requests, kept in `golden/` as people will read them, and what a hostile one can do."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from spojnik.corrections.pull_facts import Facts, FieldChange, RecordChange, Seen
from spojnik.corrections.pull_report import code, link, read, report, text
from tests import worlds
from tests.front import TODAY, WORLD

GOLDEN = Path(__file__).parent / "golden"
KEY = "krs-0000207658"
Change = Callable[[Path], object]


def put(dataset: str, key: str, rest: str) -> Change:
    return lambda datasets: worlds.correction(datasets, dataset, key, rest)


def two_files(datasets: Path) -> None:
    put("organisations", KEY, 'values: {phone: "12 637 07 12"}\nwas: {phone: "12 616 78 00"}\n')(datasets)
    put("services", "jadlodajnia", 'values: {opening_hours: "Mo-Su 12:00-15:00"}\n')(datasets)


def code_too(datasets: Path) -> None:
    put("organisations", KEY, 'values: {email: "nowy@example.org"}\nwas: {email: "biuro@example.org"}\n')(datasets)
    (datasets.parent / ".github" / "workflows").mkdir(parents=True)
    (datasets.parent / ".github" / "workflows" / "x.yml").write_text("on: push\n")


def nothing(datasets: Path) -> None:
    """A pull request that was already merged."""


HOSTILE = r'''values:
  street: "|x| `y` <img src=x onerror=alert(1)> @wszyscy #1 [a](https://zle.example) ``` https://zle.example"
'''
PULLS: dict[str, Change] = {
    "1-telefon": put("organisations", KEY, 'values: {phone: "12 637 07 12"}\nwas: {phone: "12 616 78 00"}\n'),
    "2-nowy-wpis": put("organisations", "manual-klub-jesion", 'values: {name: "Klub Jesion", topics: [seniorzy]}\n'),
    "3-koniec": put("services", "ogrzewalnia", 'gone: "2026-05-01"\n'),
    "4-usuniecie-wartosci": put("organisations", KEY, 'values: {email: null}\nwas: {email: "biuro@example.org"}\n'),
    "5-zepsuty-zapis": put("organisations", KEY, 'values:\n  phone: "12 637 07 12\n'),
    "6-zly-telefon": put("organisations", KEY, 'values: {phone: "sto"}\nwas: {phone: "12 616 78 00"}\n'),
    "7-zrodlo-mowi-co-innego": put("organisations", KEY, 'values: {email: "c@example.org"}\nwas: {email: "x@x.pl"}\n'),
    "8-dwa-wpisy": two_files,
    "9-takze-kod": code_too,
    "10-wroga-tresc": put("organisations", KEY, HOSTILE),
    "11-numer-pesel": put("organisations", KEY, 'values: {description: "Prezes, PESEL 44051401359"}\n'),
    "12-bez-zmian": nothing,
}  # fmt: skip


@pytest.mark.parametrize("name", PULLS)
def test_the_report_is_the_golden_one(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing golden file is written and fails until somebody has read it."""
    for side in ("przed", "po"):
        shutil.copytree(WORLD, tmp_path / side, ignore=shutil.ignore_patterns("__pycache__"))
    PULLS[name](tmp_path / "po" / "datasets")
    monkeypatch.chdir(tmp_path / "po")
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    before = Path("..") / "przed" / "datasets"
    facts = tmp_path / "f.json"
    said = worlds.run("pull", "--before", before, "--datasets", "datasets", "--today", TODAY, "--facts", facts)
    assert "Traceback" not in said.text
    found = read(facts.read_bytes())
    assert found is not None and said.code == int(found.stopped)
    shown = report(found, "https://github.com/example/swiat/actions/runs/1")
    golden = GOLDEN / f"{name}.md"
    if not golden.exists():
        golden.write_text(shown, "utf-8")
        pytest.fail(f"{golden.name} was missing: read it, then run again")
    assert shown == golden.read_text("utf-8"), os.linesep + shown
    assert "44051401359" not in facts.read_text("utf-8") + said.text


def test_every_golden_report_belongs_to_a_pull_request() -> None:
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(PULLS)


NASTY = "`|<img src=x>@wszyscy #1 [a](javascript:x) https://zle.example www.zle.example\n### Można przyjąć\n~~~"


def test_a_hostile_report_stays_text() -> None:
    """The facts are made where the pull request's own code runs: every word of them may be an attack."""
    seen = Seen(level=4, place=NASTY, field=NASTY, value=NASTY, why=NASTY, todo=NASTY)
    field = FieldChange(label=NASTY, before=NASTY, after=NASTY, doubt=NASTY)
    names = dict.fromkeys(("dataset", "title", "key", "folder", "what", "by"), NASTY)
    record = RecordChange(**names, proof="javascript:alert(1)", fields=(field,))
    facts = Facts(records=(record,), findings=(seen,), pages=(NASTY,), foreign=(NASTY,), stopped=True)
    shown = report(read(facts.model_dump_json().encode()))
    html = rendered(shown)
    assert "<img" not in html and 'href="javascript' not in html and 'href="https://zle' not in html
    assert html.count("<h3") == len([line for line in shown.splitlines() if line.startswith("### ")])
    outside = "".join(part.split("</code>")[-1] for part in html.split("<code>"))
    assert "@wszyscy" not in outside and "https://zle" not in outside and "www.zle" not in outside


def rendered(source: str) -> str:
    import markdown

    return markdown.markdown(source, extensions=["tables"])


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b'{"records": 1}', b'{"pages": ["' + b"x" * 400 + b'"]}', b'{"zle": 1}', b"{" * 100_000,
     b'{"findings": [{"level": 9}]}', b"x" * 2_000_000],
)  # fmt: skip
def test_what_is_no_report_is_said_to_be_none(body: bytes) -> None:
    assert read(body) is None
    assert "nie zostawiły raportu" in report(None)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("a", "`a`"), ("`", "`` ` ``"), ("a``b", "```a``b```"), ("", "nieznane"), ("a\nb", "`a b`"),
     ("x" * 400, f"`{'x' * 300}`")],
)  # fmt: skip
def test_code_spans_cannot_be_closed(raw: str, shown: str) -> None:
    assert code(raw) == shown


def test_only_plain_addresses_become_links() -> None:
    assert link("https://example.org/a?b=1") == "<https://example.org/a?b=1>"
    for raw in ("javascript:x", "https://a.pl/ x", "https://a.pl/)[x](y", "https://żółw.pl/", "https://a.pl/|"):
        assert not link(raw).startswith("<")
    assert link("") == "brak"


def test_words_stay_words() -> None:
    assert text("Stowarzyszenie „A”, 2026") == "Stowarzyszenie „A”, 2026"
    assert "@w" not in text("@wszyscy") and "\\*" in text("*x*")
