"""Where a record stands on lists, and which records a list names."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from spojnik.catalog import load_catalog
from spojnik.merge import merge
from spojnik.origin import Merged, Observation, Origin
from spojnik.ranks import alphabetical, by_name, rank
from spojnik.status import ORDER, Standing
from spojnik.web.groups import Keys
from tests.front import WORLD

DATASETS = load_catalog(WORLD / "datasets").datasets
_KEYS = st.from_regex(r"[a-z]-[0-9]{1,3}", fullmatch=True)
_NAMES = st.text("aąbcćlłzźż Aż1„”", min_size=1, max_size=5).filter(str.strip)


def _record(key: str, name: str) -> Merged:
    said = Observation(key, {"name": name}, Origin("desk", (), "2026-11-20"), "2026-11-20", "2026-11-20")
    return merge(DATASETS["organisations"], [said])[key]


@given(st.lists(st.tuples(st.sampled_from(ORDER), _NAMES, _KEYS), max_size=8))
def test_one_text_sorts_as_its_parts_would(rows: list[tuple[str, str, str]]) -> None:
    dataset = DATASETS["organisations"]
    placed = [(rank(dataset, _record(key, name), Standing(code)), code, name, key) for code, name, key in rows]

    def parts(row: tuple[str, str, str, str]) -> tuple[int, str, str]:
        _, code, name, key = row
        return ORDER.index("closed" if code == "decided" else code), alphabetical(name) or "\uffff", key

    assert [parts(row) for row in sorted(placed)] == sorted(map(parts, placed))
    for place, _, name, key in placed:
        assert by_name(place) == f"{alphabetical(name)}\0{key}"


def test_a_list_names_its_records_by_their_places() -> None:
    standing = ["c", "a", "b", "d"]
    keys = Keys(array("I", [3, 0]), standing, {key: place for place, key in enumerate(standing)})
    assert list(keys) == ["d", "c"] and keys[1] == "c" and keys[:1] == ["d"] and len(keys) == 2
    assert "c" in keys and "a" not in keys and "gone" not in keys and 3 not in keys
