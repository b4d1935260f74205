"""Figures over records say what the pages once counted from the records themselves."""

import pytest

from spojnik import figures
from spojnik.world import World, load_world
from tests.front import TODAY, WORLD


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(WORLD / "datasets", WORLD / "site.yml", TODAY)


def test_how_many_records_a_source_speaks_of(world: World) -> None:
    for dataset in world.catalog:
        records = world.records[dataset.id].values()
        for source in dataset.spec.sources:
            said = sum(any(c.origin.source == source.id for claims in r.why.values() for c in claims) for r in records)
            assert world.stated[dataset.id].get(source.id, 0) == said
    assert any(len(found) > 1 for found in world.stated.values()), "somewhere two sources speak"


def test_how_many_standing_records_were_published_in_a_year(world: World) -> None:
    years = {year for found in world.published.values() for year in found}
    assert years
    for dataset in world.catalog:
        standing = [record for record in world.records[dataset.id].values() if not record.gone]
        for year in years:
            said = sum(any(c[0].origin.published[:4] == year for c in r.why.values()) for r in standing)
            assert world.published[dataset.id].get(year, 0) == said


def test_a_figure_is_counted_when_somebody_asks_and_only_once() -> None:
    asked: list[str] = []
    found = figures.Counted(["a", "b"], lambda name: asked.append(name) or len(asked))  # type: ignore[func-returns-value]
    assert asked == []
    assert (found["a"], found["a"], asked) == (1, 1, ["a"])
    assert list(found) == ["a", "b"]
    with pytest.raises(KeyError):
        found["c"]
