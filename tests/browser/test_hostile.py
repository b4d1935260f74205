"""The spoiled world in a real browser: every record page is opened, and nothing that it carries runs."""

from pathlib import Path

import pytest

from tests.browser.looking import NewContext
from tests.browser.serving import serving
from tests.hostile import build_hostile

pytestmark = pytest.mark.needs("chromium")


def test_nothing_runs(tmp_path: Path, context: NewContext) -> None:
    built = build_hostile(tmp_path)
    pages = sorted(built.rglob("zly-*.html"))
    assert len(pages) > 40
    page = context().new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    with serving(built) as address:
        for path in pages:
            page.goto(f"{address}/{path.relative_to(built).as_posix()}")
            assert page.evaluate("window.hacked") is None, path
    assert not dialogs
