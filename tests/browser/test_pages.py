"""One page of each type, in a real Chromium: accessible, narrow enough, light enough, and nobody else is asked."""

from pathlib import Path

import pytest

from tests.addresses import one_of_each, records
from tests.browser.looking import NewContext, axe, first_visit, sideways
from tests.browser.serving import serving

pytestmark = pytest.mark.needs("chromium")

FIRST_VISIT = 40_000  # bytes, gzipped: what a cheap phone on a weak network can bear
GOOD = "<!doctype html><html lang=pl><title>Próba</title><main><h1>Próba</h1>{}</main></html>"


@pytest.mark.needs("axe")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_type_is_accessible(site: Path, base: str, context: NewContext, width: int, dark: bool) -> None:
    page = context(width=width, dark=dark).new_page()
    violations: list[str] = []
    for address in one_of_each(site).values():
        page.goto(base + address)
        violations += axe(page)
    assert not violations, f"{len(violations)} violations\n" + "\n".join(violations[:40])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    site: Path, base: str, context: NewContext, scripts: bool
) -> None:
    page = context(width=320, height=640, scripts=scripts).new_page()
    wide: list[str] = []
    for address in one_of_each(site).values():
        page.goto(base + address)
        if excess := sideways(page):
            wide.append(f"{address}: {excess} px too wide")
    assert not wide, "\n".join(wide)


def test_first_visit_to_a_record_is_light(site: Path, base: str, context: NewContext) -> None:
    heavy: list[str] = []
    found = records(site)
    assert found, "no record pages"
    for addresses in found.values():
        largest = max(addresses, key=lambda address: (site / address[1:]).stat().st_size)
        sizes = first_visit(context(width=390), base + largest)
        if sum(sizes.values()) > FIRST_VISIT:
            heavy.append(f"{largest}: {sum(sizes.values())} bytes: {sizes}")
    assert not heavy, "\n".join(heavy)


@pytest.mark.needs("axe")
def test_counter_example_axe_sees_a_field_without_a_name(tmp_path: Path, context: NewContext) -> None:
    (tmp_path / "index.html").write_text(GOOD.format("<input>"), encoding="utf-8")
    with serving(tmp_path) as address:
        page = context().new_page()
        page.goto(address)
        assert any(" label:" in line for line in axe(page))


def test_counter_example_a_wide_page_is_seen(tmp_path: Path, context: NewContext) -> None:
    (tmp_path / "index.html").write_text(GOOD.format("<p style='width:900px'>szeroko</p>"), encoding="utf-8")
    with serving(tmp_path) as address:
        page = context(width=320, scripts=False).new_page()
        page.goto(address)
        assert sideways(page) > 0


def test_counter_example_a_stranger_and_a_broken_script_are_seen(
    tmp_path: Path, context: NewContext, faults: list[str]
) -> None:
    body = "<img alt='' src='http://stranger.example/a.png'><script>nothing.here</script>"
    (tmp_path / "index.html").write_text(GOOD.format(body), encoding="utf-8")
    with serving(tmp_path) as address:
        page = context().new_page()
        page.goto(address, wait_until="networkidle")
    assert any("stranger.example" in fault for fault in faults)
    assert any("nothing is not defined" in fault for fault in faults)
    faults.clear()


def test_counter_example_weight_counts_what_the_page_loads(tmp_path: Path, context: NewContext) -> None:
    (tmp_path / "index.html").write_text(GOOD.format("<img alt='' src='noise.svg'>"), encoding="utf-8")
    (tmp_path / "noise.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    with serving(tmp_path) as address:
        assert {url.rsplit("/", 1)[1] for url in first_visit(context(), address)} >= {"", "noise.svg"}
