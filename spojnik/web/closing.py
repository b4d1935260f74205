"""What can only be made when other files are known: catalogues of files, the archive, downloads, the offline pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from spojnik.exports.all import whole_catalogue
from spojnik.exports.facts import Finished
from spojnik.output import Output, Put
from spojnik.unit import Unit
from spojnik.web.data_pages import data_page
from spojnik.web.finder.pages import worker
from spojnik.web.pages import Press, presses
from spojnik.web.views import Download


def closing_units(press: Press, made: Mapping[str, Sequence[Put]], file: Callable[[str], Path]) -> Iterator[Unit]:
    """What can only be made when the other files are known: what lies over the files under `dane/`, and what keeps the
    finder's pages offline. made: what each unit put; file: where the bytes of an output are."""
    data = sorted(each[:2] for puts in made.values() for each in puts if _is_data(each.name))
    stored = [Finished(PurePosixPath(name), partial(_read, file, name)) for name, _ in data]
    yield Unit("closing", partial(_closing, press, stored), data)
    for each in presses(press):
        mine = (puts for name, puts in made.items() if name.startswith(f"finder {each.locale} "))
        kept = sorted(put[:2] for puts in mine for put in puts)
        if kept:
            yield Unit(f"worker {each.locale}", partial(worker, each, kept), kept)


def _read(file: Callable[[str], Path], name: str) -> bytes:
    return file(name).read_bytes()


def _is_data(name: str) -> bool:
    """Whether a file lies directly in `dane/`: those go into the archive and have their checksums told."""
    return name.startswith("dane/") and name.count("/") == 1


def _closing(press: Press, data: Sequence[Finished]) -> Iterator[Output]:
    """The package, the archive, the download page."""
    whole = list(whole_catalogue(press.world, data))
    yield from whole
    over = [Finished(PurePosixPath(each.path), partial(bytes, each.body))
            for each in whole if _is_data(str(each.path))]  # fmt: skip
    files: dict[str, list[Download]] = {dataset.id: [] for dataset in press.world.catalog}
    by_slug = {dataset.slug: dataset for dataset in press.world.catalog}
    named = []
    for file in (*data, *over):
        dataset = by_slug.get(file.path.name.split(".")[0].removesuffix("-excel"))
        if dataset is not None:
            files[dataset.id].append(_download(file, len(press.world.records[dataset.id])))
        else:
            named.append(_download(file, None))
    yield from (data_page(each, files, named) for each in presses(press))


def _download(file: Finished, rows: int | None) -> Download:
    name = file.path.name
    return Download(name, str(file.path), _format(name), rows, file.size, file.sha256)


_NAMES = {
    ".csv": "CSV",
    ".json": "JSON",
    ".jsonl": "JSONL",
    ".xlsx": "Excel (XLSX)",
    ".zip": "ZIP",
    ".parquet": "Parquet",
    ".sqlite": "SQLite",
    ".ttl": "Turtle",
    ".jsonld": "JSON-LD",
    ".xml": "XML",
    ".md5": "MD5",
    ".cff": "CFF",
}


def _format(name: str) -> str:
    if name.endswith("-excel.csv"):
        return "CSV dla Excela"
    return _NAMES.get(PurePosixPath(name).suffix, PurePosixPath(name).suffix.lstrip(".").upper())
