"""Paper says what the data say: text, language, tags, embedded letters, and no number that anybody disputes."""

import csv
import re
import subprocess
from pathlib import Path

import pytest

from spojnik.paper.press import imposed, page_count

pytestmark = pytest.mark.needs("typst", "pdfinfo")


def said(path: Path) -> str:
    """The text of a PDF in one line, words whole again."""
    text = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True, errors="replace"
    ).stdout
    return " ".join(re.sub(r"[\u00ad-]\n", "", text).split()).replace("\u00a0", " ")


def squeezed(text: str) -> str:
    """Text without what line ends may change: spaces and hyphens."""
    return re.sub(r"[\s\u00ad\u00a0-]", "", text)


@pytest.fixture(scope="module")
def rows(site: Path) -> dict[str, dict[str, str]]:
    with (site / "dane/wsparcie.csv").open(encoding="utf-8", newline="") as stream:
        return {row["key"]: row for row in csv.DictReader(stream)}


def test_every_service_stands_in_the_booklet(site: Path, rows: dict[str, dict[str, str]]) -> None:
    text = squeezed(said(site / "druk/informator-pl.pdf"))
    lost = [row["name"] for row in rows.values() if squeezed(row["name"]) not in text]
    assert len(rows) > 100
    assert not lost


def test_every_card_says_its_service_and_its_phone(site: Path, rows: dict[str, dict[str, str]]) -> None:
    cards = sorted((site / "druk/karta").glob("*-pl.pdf"))
    assert len(cards) == len(rows)
    for card in cards[::12]:
        row, text = rows[card.name.removesuffix("-pl.pdf")], squeezed(said(card))
        assert squeezed(row["name"]) in text
        for phone in filter(None, row["phone"].split(";")):
            number = squeezed(phone.strip().removeprefix("+48"))
            assert ("phone" in row["niepewne"].split(";")) or number in text, (card.name, phone)


def test_a_disputed_number_is_never_printed(site: Path, rows: dict[str, dict[str, str]]) -> None:
    disputed = [key for key, row in rows.items() if "phone" in row["niepewne"].split(";") and not row["phone"]]
    assert disputed, "the facts hold one; without it this test proves nothing"
    for key in disputed:
        assert not re.search(r"\d{3} \d{3} \d{3}", said(site / f"druk/karta/{key}-pl.pdf"))


@pytest.mark.parametrize(
    "name", ["informator-pl", "duzy-druk-pl", "plakat-i-stare-miasto-pl", "informator-uk", "duzy-druk-en"]
)
def test_tags_language_and_letters(site: Path, name: str) -> None:
    path = site / f"druk/{name}.pdf"
    shown = subprocess.run(
        ["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=True, errors="replace"
    ).stdout
    assert shown.startswith("Document")
    assert "H1" in shown and "H2" in shown and "H3" in shown
    info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True, errors="replace").stdout
    assert re.search(r"Tagged:\s+yes", info) and re.search(r"Title:\s+\S", info)
    fonts = subprocess.run(
        ["pdffonts", str(path)], capture_output=True, text=True, check=True, errors="replace"
    ).stdout.splitlines()[2:]
    assert fonts and all("Libertinus" in font and re.search(r"\byes\s+yes\s+yes\b", font) for font in fonts)
    tongue = name[-2:].encode()
    assert b"/Lang (%s)" % tongue in path.read_bytes() or b"/Lang(%s)" % tongue in path.read_bytes()


def test_the_checker_finds_nothing(site: Path) -> None:
    import pdfua

    files = sorted((site / "druk").rglob("*.pdf"))
    assert len(files) > 400
    for path in files:
        found = [each for each in pdfua.validate(str(path)).findings if "ERROR" in str(each.severity).upper()]
        assert not found, (path, found)


def test_pages_are_imposed_for_folding() -> None:
    assert imposed(8) == [[8, 1, 6, 3], [2, 7, 4, 5]]
    assert sorted(page for side in imposed(11) for page in side if page) == list(range(1, 12))
    assert page_count(b"/Count 3 /Count 12") == 12
