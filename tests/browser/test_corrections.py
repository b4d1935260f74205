"""Correct, add and end a record of every dataset in Chromium: what the editor is given is what the check accepts."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from spojnik.catalog import Dataset
from spojnik.corrections.form import Ask, asks, new_asks
from spojnik.schema import fields
from spojnik.world import World
from tests import worlds
from tests.browser.looking import NewContext, axe
from tests.browser.serving import serving
from tests.front import TODAY, must_build
from tests.machine import ROOT

pytestmark = pytest.mark.needs("chromium")

SITE_FILE = 'name: "Próba"\ncity: "Kraków"\nrepository: "example/spojnik"\ncontact: "kontakt@example.org"\n'
SITE_FILE += 'base_url: "https://spojnik.example.org/"\n'
DATASETS = sorted(path.parent.name for path in (ROOT / "datasets").glob("*/dataset.yml"))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content under a site that has a repository and an address to write to."""
    root = tmp_path_factory.mktemp("poprawki")
    shutil.copytree(ROOT / "datasets", root / "datasets", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "site.yml").write_text(SITE_FILE, "utf-8")
    must_build("--datasets", root / "datasets", "--out", root / "dist", "--today", TODAY)
    return root


@pytest.fixture(scope="module")
def address(repository: Path) -> Iterator[str]:
    with serving(repository / "dist") as base:
        yield base


@pytest.fixture(scope="module")
def known(repository: Path) -> World:
    return worlds.loaded(repository / "datasets")


def prove(page: Page) -> None:
    page.fill("[name=dowod]", "https://example.org/dowod")
    page.select_option("[name=kto]", "organizacja")
    page.click("text=Sprawdź i wybierz, jak wysłać")
    page.locator("#wysylka").wait_for(timeout=5000)


def editor(page: Page) -> tuple[str, str]:
    """Follow (a): the file name and the content that GitHub's editor is opened with."""
    with Caught(page) as seen:
        page.click("#w-github a")
    (target,) = seen
    parts = urlsplit(target)
    assert (parts.netloc, parts.path) == ("github.com", "/example/spojnik/new/main")
    assert len(target) <= 6000
    query = parse_qs(parts.query, strict_parsing=True)
    return query["filename"][0], query["value"][0]


class Caught:
    """The addresses that a page tries to leave for; nothing leaves this machine."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen = page, []

    def __enter__(self) -> list[str]:
        self.page.route("https://github.com/**", self._keep)
        return self.seen

    def _keep(self, route: Any) -> None:
        self.seen.append(route.request.url)
        route.fulfill(status=200, content_type="text/html", body="<title>GitHub</title>")

    def __exit__(self, *_: object) -> None:
        self.page.wait_for_url("https://github.com/**")
        self.page.unroute("https://github.com/**")


def accepted(repository: Path, file: str, content: str) -> World:
    """The world with the file in it; the check accepts it, and its name is the hash of its content."""
    assert file.rsplit("-", 1)[-1] == hashlib.sha256(content.encode()).hexdigest()[:8] + ".yml"
    path = repository / file
    assert path.resolve().is_relative_to(repository / "datasets")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8", newline="")
    try:
        said = worlds.check(repository / "datasets", "--only", file.split("/")[1])
        assert file not in said.text, said.text
        assert worlds.run("fmt", "--check", "--datasets", path.parent).code == 0
        return worlds.loaded(repository / "datasets", only=file.split("/")[1:2])
    finally:
        path.unlink()


def sample(dataset: Dataset, ask: Ask) -> str:
    """Something else that a person could type into this box."""
    kind = next(field.kind for field in fields(dataset.model) if field.name == ask.name)
    one = kind.item or kind
    words = {
        "phone": "12 637 07 12",
        "email": "nowy@example.org",
        "url": "https://example.org/nowa",
        "day": "2027-03-12",
        "text": "Nowa treść: „cytat” & #1",
        "prose": "Pierwszy akapit.\n\nDrugi: - nie lista",
    }
    return words.get(one.name, "")


def first(dataset: Dataset, questions: tuple[Ask, ...]) -> Ask:
    """The telephone where there is one, else the first box that a plain sample fits."""
    boxes = ("tel", "text", "textarea", "url", "email", "lines")
    free = [ask for ask in questions if not ask.owner and not ask.required and ask.widget in boxes]
    usable = [ask for ask in free if sample(dataset, ask)]
    return next((ask for ask in usable if ask.widget == "tel"), usable[0])


@pytest.mark.parametrize("name", DATASETS)
def test_correct_a_record(name: str, repository: Path, address: str, known: World, context: NewContext) -> None:
    dataset = known.catalog.datasets[name]
    records = known.records[name]
    if not records:
        pytest.skip("zbiór bez wpisów")
    record = next(iter(records.values()))
    ask = first(dataset, asks(known, dataset, record))
    page = context().new_page()
    page.goto(f"{address}/{dataset.slug}/{record.key}.html")
    page.locator(f"a[href$='popraw/{dataset.slug}/{record.key}.html']").first.click()
    page.wait_for_load_state()
    page.fill(f"[name=v_{ask.name}]", sample(dataset, ask))
    prove(page)
    file, content = editor(page)
    assert file.startswith(f"datasets/{name}/manual/{record.key}/")
    after = accepted(repository, file, content).records[name][record.key]
    claim = next(claim for claim in after.why[ask.name] if claim.origin.source == "manual")
    assert claim.value and claim.origin.by == "organizacja"


@pytest.mark.parametrize("name", DATASETS)
def test_add_a_record(name: str, repository: Path, address: str, known: World, context: NewContext) -> None:
    dataset = known.catalog.datasets[name]
    page = context().new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/nowy.html")
    page.click("text=Sprawdź i wybierz, jak wysłać")
    assert "pole jest wymagane" in page.inner_text("#bledy")
    for ask in new_asks(dataset):
        if ask.required:
            if ask.widget == "select":
                page.select_option(f"[name=v_{ask.name}]", index=1)
            else:
                page.fill(f"[name=v_{ask.name}]", sample(dataset, ask) or ask.example or "2026")
    prove(page)
    file, content = editor(page)
    key = file.split("/")[3]
    assert key not in known.records[name]
    assert key in accepted(repository, file, content).records[name]


def test_a_new_record_that_is_there_is_pointed_out(address: str, known: World, context: NewContext) -> None:
    dataset = next(iter(known.catalog))
    key = next(key for key in known.records[dataset.id] if key.startswith("krs-"))
    page = context().new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/nowy.html")
    page.fill(f"[name=v_{dataset.spec.name}]", "Inna nazwa")
    page.fill("[name=v_krs]", key.removeprefix("krs-"))
    page.fill("[name=dowod]", "https://example.org/dowod")
    page.select_option("[name=kto]", "czytelnik")
    page.click("text=Sprawdź i wybierz, jak wysłać")
    page.locator("#bledy a").wait_for()
    assert f"taki wpis już jest ({key})" in page.inner_text("#bledy")
    assert not page.is_visible("#wysylka")


@pytest.mark.parametrize("name", DATASETS)
def test_end_a_record(name: str, repository: Path, address: str, known: World, context: NewContext) -> None:
    dataset = known.catalog.datasets[name]
    records = known.records[name]
    if not records:
        pytest.skip("zbiór bez wpisów")
    key = list(records)[-1]
    page = context().new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html#koniec")
    page.fill("[name=koniec]", "2026-11-01")
    prove(page)
    file, content = editor(page)
    assert accepted(repository, file, content).records[name][key].gone == "2026-11-01"


def test_the_other_ways_carry_the_same(address: str, known: World, context: NewContext) -> None:
    dataset = next(iter(known.catalog))
    key = next(iter(known.records[dataset.id]))
    page = context().new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html#phone")
    page.fill("[name=v_phone]", "12 637 07 12")
    prove(page)
    text = page.input_value("#w-tresc")
    issue = parse_qs(urlsplit(page.get_attribute("#w-zgloszenie a", "href")).query)
    assert issue["v_phone"] == ["+48 12 637 07 12"] and issue["klucz"] == [key]
    letter = page.get_attribute("#w-poczta a", "href")
    assert letter.startswith("mailto:kontakt@example.org?") and text in parse_qs(urlsplit(letter).query)["body"][0]
    page.emulate_media(media="print")
    assert "+48 12 637 07 12" in page.inner_text("[data-slip=phone]")
    assert not page.is_visible("#poprawka") and page.is_visible(".qr")


def test_a_long_answer_offers_the_other_ways(address: str, known: World, context: NewContext) -> None:
    dataset = next(iter(known.catalog))
    key = next(iter(known.records[dataset.id]))
    page = context().new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html")
    page.fill("[name=v_description]", "ąęśćż " * 800)
    prove(page)
    assert not page.is_visible("#w-github") and "za długi" in page.inner_text("#w-brak")
    assert page.is_visible("#w-poczta") and page.is_visible("#w-drukuj")


def test_mistakes_are_named_where_they_are(address: str, known: World, context: NewContext) -> None:
    dataset = next(iter(known.catalog))
    key = next(iter(known.records[dataset.id]))
    page = context().new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html")
    page.fill("[name=v_phone]", "12345")
    page.click("text=Sprawdź i wybierz, jak wysłać")
    assert "to nie jest numer telefonu" in page.inner_text("#bledy")
    assert page.get_attribute("[name=v_phone]", "aria-invalid") == "true"
    assert page.inner_text("#e-phone").startswith("to nie jest numer telefonu")
    assert not page.is_visible("#wysylka")


def test_without_scripts_the_form_is_a_prefilled_issue(address: str, known: World, context: NewContext) -> None:
    dataset = next(iter(known.catalog))
    key = next(iter(known.records[dataset.id]))
    page = context(scripts=False).new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html")
    page.fill("[name=v_phone]", "12 637 07 12")
    page.fill("[name=dowod]", "https://example.org/dowod")
    page.select_option("[name=kto]", "organizacja")
    with Caught(page) as seen:
        page.click("text=Wyślij przez formularz na GitHubie")
    query = parse_qs(urlsplit(seen[0]).query)
    assert urlsplit(seen[0]).path == "/example/spojnik/issues/new"
    assert query["v_phone"] == ["12 637 07 12"] and query["klucz"] == [key]
    assert query["template"] == [f"popraw-{dataset.slug}.yml"]
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html")
    assert page.get_attribute("text=Wyślij e-mailem", "formaction").startswith("mailto:kontakt@example.org?")


@pytest.mark.needs("axe")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_sent_form_and_a_wrong_one_are_accessible(
    address: str, known: World, context: NewContext, width: int
) -> None:
    dataset = next(iter(known.catalog))
    key = next(iter(known.records[dataset.id]))
    page = context(width=width).new_page()
    page.goto(f"{address}/popraw/{dataset.slug}/{key}.html")
    page.fill("[name=v_phone]", "12345")
    page.click("text=Sprawdź i wybierz, jak wysłać")
    found = axe(page)
    page.fill("[name=v_phone]", "12 637 07 12")
    prove(page)
    assert found + axe(page) == []


def test_a_very_large_dataset_has_one_page_that_reads_the_record(
    repository: Path, address: str, known: World, context: NewContext
) -> None:
    from spojnik.web import correct_pages
    from spojnik.web.pages import Press

    dataset = next(iter(known.catalog))
    world = known._replace(large=dict.fromkeys(known.large, True))
    made = {str(each.path): each.body for each in correct_pages.correct_pages(Press(world, ROOT / "site"), dataset)}
    stem = f"popraw/{dataset.slug}"
    assert set(made) == {f"{stem}/{name}" for name in ("pola.js", "nowy.html", "wpis.html")}
    (repository / "dist" / stem / "wpis.html").write_bytes(made[f"{stem}/wpis.html"])
    record = next(record for record in known.records[dataset.id].values() if "phone" in record.values)
    page = context().new_page()
    page.goto(f"{address}/{stem}/wpis.html?klucz={record.key}#phone")
    expect(page.locator("[name=v_phone]")).not_to_have_value("")
    page.fill("[name=v_phone]", "12 637 07 12")
    prove(page)
    file, content = editor(page)
    assert file.startswith(f"datasets/{dataset.id}/manual/{record.key}/")
    assert f'phone: "{record.values["phone"]}"' in content.split("was:")[1]
    accepted(repository, file, content)
