"""What all spiders leave behind, together, is something that a site can be built from."""

import shutil
from pathlib import Path

from scrapers.registry import all_spiders
from scrapers.run import Trip, crawl
from scrapers.settings import Manner
from spojnik.finding import Level
from spojnik.world import load_world
from tests.scrapers.pages import every_page
from tests.scrapers.server import Answer, Asked, Behaviour, of_pages, serving
from tests.scrapers.support import KEYS, ROOT, TODAY, pretending, small_catalog


def day() -> Behaviour:
    """All saved pages; what one spider learns another asks about, and there the answer is "not known"."""
    pages = list(every_page())
    good, nothing = of_pages(pages), next(page.body for page in pages if page.name == "search-nothing")

    def answer(asked: Asked) -> Answer:
        said = good(asked)
        if said.status == 404 and "/rest/document/" in asked.url:
            return Answer(400)
        return (
            Answer(200, {"Content-Type": "text/xml"}, nothing) if said.status == 404 and "wsBIR" in asked.url else said
        )

    return answer


def test_the_catalogue_can_be_loaded_after_a_day_of_crawling(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path)
    shutil.copy(ROOT / "site" / "site.yml", tmp_path / "site.yml")
    with serving(day()) as (mirror, _):
        manner = Manner(tmp_path / ".cache", mirror=mirror, clock=pretending().clock)
        outcomes = crawl(list(all_spiders().values()), Trip(catalog, manner, TODAY, KEYS))
    assert [(one.name, one.attempt.refused) for one in outcomes if not one.attempt.ok] == []
    world = load_world(tmp_path / "datasets", tmp_path / "site.yml", TODAY)
    assert [finding.sentence() for finding in world.findings if finding.level >= Level.ERROR] == []
    assert {path.name for path in tmp_path.iterdir()} == {"datasets", "site.yml", ".cache"}, (
        "nothing outside its places"
    )
    written = {path.name for path in tmp_path.glob("datasets/*/observed/*")}
    assert all(name.endswith((".jsonl", ".run.json")) for name in written)
    doubled = [finding for one in outcomes for finding in one.findings if "ta sama nazwa" in finding.why]
    assert {(finding.dataset, finding.value) for finding in doubled} >= {("partners", "Asociatia Verde")}
