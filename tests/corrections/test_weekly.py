"""What happens to corrections as sources change, and what the weekly review says of each."""

from pathlib import Path

import pytest

from spojnik.corrections.weekly import letter, promises, review
from tests import worlds

KEY = "zlota-raczka"


def reviewed(datasets: Path, rest: str, key: str = KEY) -> str:
    worlds.correction(datasets, "organisations", key, rest)
    return review(worlds.loaded(datasets))


@pytest.mark.parametrize(
    ("was", "heading"),
    [
        ("+48 12 616 78 00", ""),  # the source still says it: the correction stands
        ("+48 12 616 78 99", "Kto ma rację? (1)"),  # the source says a third thing
    ],
)
def test_a_correction_stands_or_is_overtaken(tmp_path: Path, was: str, heading: str) -> None:
    datasets = worlds.copy(tmp_path)
    for path in (datasets / "organisations" / "manual").glob("*/*.yml"):
        path.unlink()
    text = reviewed(datasets, f'values: {{phone: "12 637 07 12"}}\nwas: {{phone: "{was}"}}\n', "krs-0000207658")
    if heading:
        assert heading in text
        assert "`datasets/organisations/manual/krs-0000207658/2026-11-22-00000000.yml`" in text
    else:
        assert "Można usunąć (0)" in text and "Kto ma rację? (0)" in text and "Bez zmian stoi 1 poprawka" in text


def test_a_correction_that_the_source_caught_up_with_can_go(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    for path in (datasets / "organisations" / "manual").glob("*/*.yml"):
        path.unlink()
    text = reviewed(
        datasets, 'values: {phone: "12 616 78 00"}\nwas: {phone: "12 616 78 09"}\n', key="krs-0000207658"
    )  # fmt: skip
    assert "Można usunąć (1)" in text and "Usuń plik poprawki" in text


def test_a_tie_is_settled_by_a_correction(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    assert "Strony podają różne wartości (1)" in review(worlds.loaded(datasets))
    text = reviewed(datasets, 'values: {phone: "12 616 78 02"}\nwas: {phone: "12 616 78 01"}\n')
    assert "Strony podają różne wartości (0)" in text


@pytest.mark.parametrize(
    ("until", "today", "words"),
    [
        ("2026-12-06", "2026-11-22", "Obowiązuje do 6 grudnia 2026."),
        ("2026-11-21", "2026-11-22", "Obowiązywało do 21 listopada 2026."),
        ("2026-12-07", "2026-11-22", ""),
    ],
)
def test_a_promise_is_recalled_two_weeks_before_it_ends(tmp_path: Path, until: str, today: str, words: str) -> None:
    datasets = worlds.copy(tmp_path)
    worlds.correction(datasets, "organisations", KEY, f'values: {{email: "a@example.org"}}\nuntil: "{until}"\n')
    world = worlds.loaded(datasets, today)
    found = list(promises(world))
    assert bool(found) is bool(words)
    if words:
        text = letter(world, found[0])
        assert words in text and f"/popraw/organizacje/{KEY}.html#do" in text and "\u00a0" not in text


def test_a_renewed_promise_is_not_recalled(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    for number, until in enumerate(("2026-11-20", "2027-11-20")):
        worlds.correction(
            datasets, "organisations", KEY, f'values: {{email: "a@example.org"}}\nuntil: "{until}"\n',
            f"2026-11-2{number}-00000000.yml",
        )  # fmt: skip
    assert list(promises(worlds.loaded(datasets))) == []


def test_names_in_the_review_stay_text(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    text = reviewed(datasets, 'values: {name: "@wszyscy <img src=x> `x`"}\nuntil: "2026-11-20"\n')
    outside = "".join(text.split("~~~~")[::2])
    assert "<img" not in outside.replace("\\<img", "") and "@wszyscy" not in outside
