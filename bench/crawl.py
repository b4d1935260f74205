"""How much memory and time collecting takes: `python -m bench.crawl`, over a server on this machine, figures in JSON.

5 000 extracts of the court register, a register of 100 MB in XML and an archive of 50 MB, each crawled in a process of
its own, so that only the crawler is measured. The pause between requests is off, as always towards this machine.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import orjson

from tests.scrapers.pages import saved
from tests.scrapers.server import Answer, Asked, Behaviour, serving
from tests.scrapers.support import small_catalog

EXTRACTS = 5000
XML_BYTES = 100_000_000
ZIP_BYTES = 50_000_000
LIMIT_MB = 300
_PIECE = 1 << 16


def main() -> None:
    """Run the three crawls and print one JSON object a line."""
    if len(sys.argv) == 4:
        _child(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
        return
    crawls = {"krs": _extracts, "transparency": _register, "cordis": _archive}
    for name in sys.argv[1:] or crawls:
        with tempfile.TemporaryDirectory() as folder:
            small_catalog(Path(folder))
            behaviour = crawls[name](Path(folder))
            with serving(behaviour) as (mirror, _):
                print(_measure(name, folder, mirror), flush=True)


def _measure(name: str, folder: str, mirror: str) -> str:
    """The child's own report; a crash of it is a crash here."""
    command = [sys.executable, "-m", "bench.crawl", name, folder, mirror]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _child(name: str, folder: Path, mirror: str) -> None:
    from scrapers.registry import all_spiders
    from scrapers.run import Trip, crawl
    from scrapers.settings import Manner
    from spojnik.catalog import load_catalog

    samples: list[float] = []
    threading.Thread(target=_sample, args=(samples,), daemon=True).start()
    trip = Trip(load_catalog(folder / "datasets"), Manner(folder / ".cache", mirror=mirror), "2026-11-22", {})
    started = time.monotonic()
    outcome = crawl([all_spiders()[name]], trip)[0]
    seconds = time.monotonic() - started
    report = {
        "crawl": name, "ok": outcome.attempt.ok, "refused": outcome.attempt.refused, "seconds": round(seconds, 1),
        "requests": outcome.attempt.counters.get("requests"), "records": outcome.attempt.counters.get("records"),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), "limit_mb": LIMIT_MB,
        "mb_by_tenths": [round(samples[len(samples) * tenth // 10]) for tenth in range(10)],
    }  # fmt: skip
    print(json.dumps(report, ensure_ascii=False))


def _sample(samples: list[float]) -> None:
    """Resident memory in MB, twice a second."""
    pages = os.sysconf("SC_PAGE_SIZE") / 1_000_000
    while True:
        samples.append(int(Path("/proc/self/statm").read_text().split()[1]) * pages)
        time.sleep(0.5)


def _extracts(folder: Path) -> Behaviour:
    """A register that knows as many numbers as we ask for, each extract as large as a real one."""
    numbers = [f"{800_000 + place:010}" for place in range(EXTRACTS)]
    desk = folder / "datasets" / "organisations" / "observed" / "desk.jsonl"
    said = {"urls": ["https://x.example/"], "seen_on": "2026-11-01"}
    rows = ({"key": f"krs-{one}", "values": {"name": f"Fundacja {one}", "krs": one}, **said} for one in numbers)
    desk.write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))
    page = next(page.body for page in saved("krs") if page.name == "foundation")
    aim = "POMOC OSOBOM STARSZYM I EDUKACJA " * 100

    def answer(asked: Asked) -> Answer:
        if asked.url.endswith("robots.txt"):
            return Answer(404)
        body = orjson.loads(page)
        body["odpis"]["naglowekA"]["numerKRS"] = asked.url.partition("?")[0].rpartition("/")[2]
        body["odpis"]["dane"]["dzial1"]["danePodmiotu"]["identyfikatory"] = {}
        body["odpis"]["dane"]["dzial3"]["celDzialaniaOrganizacji"]["celDzialania"] = aim
        return Answer(200, {"Content-Type": "application/json"}, orjson.dumps(body))

    return answer


def _register(folder: Path) -> Behaviour:
    """Seventeen thousand entries in a hundred megabytes of XML, one in a hundred of them about Kraków."""
    page = next(page.body for page in saved("transparency") if page.name == "register").decode()
    start, end = page.index("<interestRepresentative>"), page.index("</interestRepresentative>") + 25
    entry, filler = page[start:end], "<goals>" + "We work on transport policy in Europe. " * 140
    file = folder / "register.xml"
    with file.open("w", encoding="utf-8") as out:
        out.write(page[:start])
        number = 0
        while out.tell() < XML_BYTES:
            number += 1
            said = entry if number % 100 == 0 else entry.replace("Kraków", "Paris").replace("<goals>", filler)
            out.write(said.replace("12345678901-01", f"{number:011}-01"))
        out.write("</ns:ListOfIRPublicDetail>")
    return _file(file, "application/xml")


def _archive(folder: Path) -> Behaviour:
    """An archive of 50 MB: text that hardly shrinks, as names and addresses do not."""
    chance = random.Random(7)
    head = "projectID;organisationID;vatNumber;name;SME;activityType;city;country;organizationURL\n"
    file = folder / "projects.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        with target.open("organization.csv", "w", force_zip64=True) as out:
            out.write(head.encode())
            for number in range(10_000_000):
                ours = number % 5000 == 0
                noise = f"{chance.getrandbits(480):0120x}"
                kind, place, country = ("OTH", "KRAKOW", "PL") if ours else ("REC", "LYON", "FR")
                row = (number // 5, 900_000_000 + number, noise, f"ORG {number}", "false", kind, place, country, "")
                out.write((";".join(map(str, row)) + "\n").encode())
                if number % 1000 == 0 and file.stat().st_size > ZIP_BYTES:
                    break
    return _file(file, "application/zip")


def _file(path: Path, kind: str) -> Behaviour:
    def pieces() -> Iterator[bytes]:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece

    body: Callable[[], Iterable[bytes]] = pieces
    return lambda asked: (
        Answer(404) if asked.url.endswith("robots.txt") else Answer(200, {"Content-Type": kind}, body())
    )


if __name__ == "__main__":
    main()
