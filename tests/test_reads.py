"""What is read of the world is noted, whichever way somebody asks: what were read unseen would never be made again."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from spojnik.reads import Readings, Recall, Watched, noted, watched
from spojnik.web import rows
from spojnik.web.rows import references
from spojnik.world import World, load_world
from tests.front import TODAY, WORLD

FRAME = {"catalog", "site", "today", "sheltered"}  # in the key of every unit
FINDINGS = {"findings"}  # given to the one page that shows them


@pytest.fixture(scope="module")
def world() -> World:
    return load_world(WORLD / "datasets", WORLD / "site.yml", TODAY)


@pytest.mark.parametrize(
    ("ask", "place"),
    [
        (lambda m: m["a"], "m\ta"),
        (lambda m: m.get("a"), "m\ta"),
        (lambda m: m.get("absent", 7), "m\tabsent"),
        (lambda m: "a" in m, "m\ta"),
        (lambda m: list(m), "keys m\t"),
        (len, "keys m\t"),
        (lambda m: list(m.values()), "m\t"),
        (lambda m: dict(m.items()), "m\t"),
        (lambda m: set(m.keys()), "keys m\t"),
        (lambda m: {**m}, "keys m\t"),
        (lambda m: {**m}, "m\tb"),
        (lambda m: m == {"a": 1}, "m\t"),
        (bool, "keys m\t"),
    ],
)
def test_every_way_of_asking_is_noted(ask: Callable[[Mapping[str, int]], Any], place: str) -> None:
    plain = {"a": 1, "b": 2}
    with noted() as places:
        answer = ask(Watched("m", plain))
    assert place in places
    assert answer == ask(plain)


def test_whoever_is_answered_from_memory_has_read_as_much_as_the_first() -> None:
    """Two pages of a list share the row of a record: without this the second would not know what the row read."""
    asked: list[str] = []
    plain = Watched("m", {"a": 1})
    recall = Recall[str, int](lambda key: asked.append(key) or plain[key])  # type: ignore[func-returns-value]
    for _ in range(2):
        with noted() as places:
            assert recall("a") == 1
        assert places == {"m\ta"}
    assert asked == ["a"]


def test_the_filters_of_a_row_are_read_by_every_page_that_shows_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row is made once for all lists; a page that filters in place reads the filters itself, each time."""
    plain = Watched("m", {"a": ()})
    monkeypatch.setattr(rows, "facet_values", lambda *_: plain["a"])
    dataset = next(each for each in world.catalog if rows.facet_fields(each.model))
    with noted() as making:
        row = rows.row(world, dataset, next(iter(world.records[dataset.id].values())), "pl")
    assert making == set()
    for ask in (lambda m: m.items(), list, len, lambda m: m[next(iter(m))]):
        with noted() as places:
            ask(row.facets)
        assert places == {"m\ta"}


def test_no_part_of_the_world_is_read_unseen(world: World) -> None:
    """A field that somebody adds to World and not to `watched` would be read unseen: this fails before that."""
    seen = watched(world)
    for name in set(World._fields) - FRAME - FINDINGS:
        found = getattr(seen, name)
        parts = found.values() if type(found) is dict else [found]
        assert all(isinstance(each, Watched) for each in parts), name
    assert all(isinstance(each, Watched) for each in seen.records.values())


def test_what_was_not_read_does_not_count(world: World) -> None:
    dataset, key = "organisations", next(iter(world.records["organisations"]))
    other = next(each for each in world.records[dataset] if each != key)
    said = tuple(each._replace(mark="x") if each.key == key else each for each in world.said[dataset])
    other_mark = {**world.gists[dataset], key: world.gists[dataset][key]._replace(mark="x")}
    changed = world._replace(said={**world.said, dataset: said}, gists={**world.gists, dataset: other_mark})
    before, after = (Readings(each, references(each), {}) for each in (world, changed))
    for place, holds in ((f"records {dataset}\t{other}", True), (f"records {dataset}\t{key}", False),
                         (f"records {dataset}\t", False), (f"gists {dataset}\t{key}", False),
                         (f"gists {dataset}\t{other}", True), (f"gists {dataset}\t", False),
                         (f"said\t{dataset}", False), ("records services\t", True),
                         (f"records {dataset}\tabsent", True), (f"standing\t{dataset}", True),
                         (f"keys records {dataset}\t", True), ("keys joined\t", True), (f"stated\t{dataset}", True),
                         (f"published\t{dataset}", True), (f"closing\t{dataset}", True)):
        assert (before.key("given", [place]) == after.key("given", [place])) is holds, place
    assert before.key("given", []) != before.key("other", [])


def test_another_key_counts_for_who_read_the_keys(world: World) -> None:
    dataset, records = "organisations", world.records["organisations"]
    fewer, gists = dict(list(records.items())[1:]), dict(list(world.gists[dataset].items())[1:])
    changed = world._replace(records={**world.records, dataset: fewer}, gists={**world.gists, dataset: gists})
    before, after = (Readings(each, references(each), {}) for each in (world, changed))
    assert before.key("", [f"keys records {dataset}\t"]) != after.key("", [f"keys records {dataset}\t"])
    assert before.key("", ["keys records services\t"]) == after.key("", ["keys records services\t"])
