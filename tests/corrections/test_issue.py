"""Whatever an issue says, it gives one right file under manual/ or one friendly answer, and never anything else."""

from pathlib import Path

import pytest

from spojnik.corrections.file import body, path, write
from spojnik.corrections.issue import Accepted, Reply, read_issue
from spojnik.world import World
from tests import worlds
from tests.corrections.bodies import BODIES, Body
from tests.front import TODAY, WORLD, tree


@pytest.fixture(scope="module")
def world() -> World:
    return worlds.loaded(WORLD / "datasets")


def test_there_are_sixty_and_more() -> None:
    assert len(BODIES) >= 60
    assert len({each.name for each in BODIES}) == len(BODIES)


@pytest.mark.parametrize("given", BODIES, ids=[each.name for each in BODIES])
def test_a_body_gives_the_right_file_or_the_right_answer(world: World, given: Body, tmp_path: Path) -> None:
    read = read_issue(world, given.text, TODAY)
    if given.values is None:
        assert isinstance(read, Reply)
        assert [name for name in given.names if f"**{name}**" not in read.text] == []
        assert "Dzień dobry" in read.text and len(read.text) < 3000
        assert not {"<script", "javascript:", "xxxx", "../"} & set(read.text.split())
        return
    assert isinstance(read, Accepted), read
    assert dict(read.correction.values) == given.values
    datasets = worlds.copy(tmp_path)
    before = tree(tmp_path)
    written = write(datasets.parent, read.dataset, read.correction)
    after = tree(tmp_path)
    changed = [name for name in after if after[name] != before.get(name) and not name.endswith("/")]
    assert changed == [written.relative_to(tmp_path).as_posix()]
    assert f"/{read.dataset.id}/manual/{read.correction.key}/" in changed[0]
    said = worlds.check(datasets)
    assert said.code == 0, said.text


def test_an_answer_says_nothing_of_what_was_sent(world: World) -> None:
    for each in BODIES:
        read = read_issue(world, each.text, TODAY)
        if isinstance(read, Reply):
            for line in each.text.replace("\r", "\n").split("\n"):
                if len(line) > 12 and not line.startswith("###"):
                    assert line not in read.text, each.name


def test_a_path_is_refused_even_when_a_key_slips_through(world: World) -> None:
    dataset = world.catalog.datasets["organisations"]
    accepted = read_issue(world, BODIES[0].text, TODAY)
    assert isinstance(accepted, Accepted)
    for key in ("../../x", "a/b", "", "A", "x" * 200, "a\nb"):
        with pytest.raises(ValueError):
            path(dataset, accepted.correction._replace(key=key))
    with pytest.raises(ValueError):
        path(dataset, accepted.correction._replace(on="../../2026-11-22"))


def test_the_file_of_a_known_correction_is_known_byte_for_byte(world: World) -> None:
    accepted = read_issue(world, BODIES[0].text, TODAY)
    assert isinstance(accepted, Accepted)
    assert body(accepted.correction).decode() == (
        'key: krs-0000207658\n"on": "2026-11-22"\nby: organizacja\nproof: "https://example.org/kontakt"\n'
        'values:\n  phone: "+48 12 637 07 12"\nwas:\n  phone: "+48 12 616 78 00"\n'
    )
    assert path(accepted.dataset, accepted.correction).name == "2026-11-22-9e7f28bb.yml"
