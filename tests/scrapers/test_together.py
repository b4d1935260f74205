"""What all spiders leave behind, together, is something that a site can be built from."""

import shutil
from pathlib import Path

from scrapers.registry import all_spiders
from scrapers.run import Trip, crawl
from scrapers.settings import Manner
from spojnik.finding import Level
from spojnik.world import load_world
from tests.scrapers.pages import saved
from tests.scrapers.server import Answer, Asked, Behaviour, of_pages, serving
from tests.scrapers.support import KEYS, ROOT, TODAY, pretending, small_catalog


def alone(name: str) -> Behaviour:
    """The saved pages of one spider; what it learned from the others and asks about is "not known"."""
    pages = list(saved(name))
    good = of_pages(pages)

    def answer(asked: Asked) -> Answer:
        said = good(asked)
        if said.status == 404 and name == "eu_organisations":
            return Answer(400)
        if said.status == 404 and name == "regon" and not asked.url.endswith("robots.txt"):
            return Answer(200, {"Content-Type": "text/xml"}, next(p.body for p in pages if p.name == "search-nothing"))
        return said

    return answer


def test_the_catalogue_can_be_loaded_after_a_day_of_crawling(tmp_path: Path) -> None:
    catalog = small_catalog(tmp_path)
    shutil.copy(ROOT / "site" / "site.yml", tmp_path / "site.yml")
    outcomes = []
    for name, spider in all_spiders().items():
        with serving(alone(name)) as (mirror, _):
            manner = Manner(tmp_path / ".cache", mirror=mirror, clock=pretending().clock)
            outcomes += crawl([spider], Trip(catalog, manner, TODAY, KEYS))
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
