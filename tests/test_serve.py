"""The local server: it builds, serves, builds again after a change, and keeps the last good site after a mistake."""

import os
import re
import shutil
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

from tests import worlds
from tests.machine import ROOT


def got(port: int, path: str) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.read().decode() if answer.status == 200 else ""


def wait_for(port: int, path: str, words: str) -> bool:
    for _ in range(300):
        if words in got(port, path):
            return True
        time.sleep(0.2)
    return False


def test_it_builds_again_when_a_file_changes(tmp_path: Path) -> None:
    datasets = worlds.copy(tmp_path)
    own = shutil.ignore_patterns("numbers.yml", "content")
    shutil.copytree(ROOT / "site", datasets.parent / "site", ignore=own)
    (datasets.parent / "site" / "content").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-u", "build.py", "serve", "--port", "0", "--datasets", datasets, "--out", tmp_path / "dist"],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "http://" in line)
        found = re.search(r":(\d+)/", line)
        assert found is not None
        port = int(found[1])
        page = "/organizacje/zlota-raczka.html"
        assert "Złota Rączka" in got(port, page)
        source = datasets / "organisations" / "observed" / "desk.jsonl"
        good = source.read_text("utf-8")
        time.sleep(1)
        source.write_text(good.replace("Fundacja Złota Rączka", "Fundacja Srebrna Rączka"), "utf-8")
        assert wait_for(port, page, "Srebrna Rączka")
        source.write_text("{", "utf-8")
        time.sleep(3)
        assert "Srebrna Rączka" in got(port, page)
    finally:
        process.terminate()
        process.wait(timeout=30)
