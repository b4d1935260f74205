"""One test over all spiders: a saved page in, the lines for observed/ out. A missing answer is written, and fails."""

from pathlib import Path

import orjson
import pytest

from scrapers.desk import Desk
from scrapers.offline import Page, read
from scrapers.registry import all_spiders
from spojnik.catalog import Catalog
from tests.scrapers.pages import Saved, every_page, lines, saved
from tests.scrapers.support import KEYS, TODAY, small_catalog

PAGES = list(every_page())


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return small_catalog(tmp_path_factory.mktemp("golden"))


def what_it_says(page: Saved, catalog: Catalog) -> list[dict[str, object]]:
    spider = all_spiders()[page.spider]
    desk = Desk(catalog.datasets[spider.dataset], TODAY, Path("spool.jsonl"), spider.name, KEYS)
    answer = Page(page.url, page.body, page.status, page.type, page.callback, page.arguments)
    said = list(read(spider(desk), answer))
    return [*said, *({"warns": warning} for warning in desk.warnings)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.spider}/{page.name}")
def test_page(page: Saved, catalog: Catalog) -> None:
    said = what_it_says(page, catalog)
    golden = page.path.with_suffix(".jsonl")
    if not golden.exists():
        golden.write_bytes(b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in said))
        pytest.fail(f"{golden} was missing and has been written: read it, then run again")
    assert said == lines(golden)


@pytest.mark.parametrize("name", sorted(all_spiders()))
def test_every_spider_has_a_page_that_states_a_record(name: str) -> None:
    goldens = [page.path.with_suffix(".jsonl") for page in saved(name)]
    assert any("key" in line for golden in goldens if golden.exists() for line in lines(golden))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.spider}/{page.name}")
def test_a_page_says_whether_a_person_made_it(page: Saved) -> None:
    assert "handmade: " in page.path.read_text("utf-8").splitlines()[0]


def test_a_changed_page_is_noticed(catalog: Catalog) -> None:
    page = next(page for page in PAGES if page.spider == "otlas" and page.name == "page-0")
    other = page._replace(body=page.body.replace(b"Asociatia Verde", b"Asociatia Alba"))
    assert what_it_says(other, catalog) != lines(page.path.with_suffix(".jsonl"))
