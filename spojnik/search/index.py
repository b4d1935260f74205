"""The index: documents in, files out, the same bytes for the same documents.

indeks.bin is the only file with a fixed name (JSON, see `_entry`); all others carry a hash of their family, so a host
may let them be cached for ever. Shards hold whole ranges of keys; a heavy word keeps its postings in a file of its own,
so that a neighbour in its shard costs little. A catalogue of some hundred records comes to a few dozen files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from spojnik.search.doc import STATES, Doc
from spojnik.search.forks import done, uncollected
from spojnik.search.lexicon import Lexicon
from spojnik.search.roots import ENDINGS, FAMILIES, PREFIXES
from spojnik.search.scan import Scan, packed_values, scan
from spojnik.search.stops import ASKS, COUNTED, ENGLISH, HOW_MANY, JOINS, PLACES, STOPS, WHERE
from spojnik.search.synonyms import compiled, shared_out
from spojnik.search.terms import relatives, spread_terms
from spojnik.search.wire import CARDS, Term, pack, spread, write_numbers, write_pairs, write_terms

VERSION = 3
ENTRY = "indeks.bin"
_NUMBERS = 2_048  # identifiers in a shard
_FACETS = 40_000  # bytes of facet values in a file
_COMMON = 4_000  # words that a typing error is compared with, besides the shard it falls into
_PAIRS = 1_500  # documents of pairs in a file
_RARE_PAIRS = 20_000  # from this many documents on, a pair must occur in three titles
Packed = tuple[list[str], list[bytes]]  # first keys of files, where they have keys, and the files


def build_index(
    docs: Iterable[Doc], synonyms: Mapping[str, Sequence[str]], cache: Path | None, jobs: int = 1
) -> Iterator[tuple[str, bytes]]:
    """(file name under szukaj/indeks/, bytes) of every file of the index.

    docs are read once and not kept; by each of so many processes (jobs), if more than one. cache is a folder for what
    the lexicon learnt, or None. ValueError for an unknown state.
    """
    with uncollected():
        files, directory, entry = _made(docs, synonyms, cache, jobs)
    for kind, (hash_, parts) in files.items():
        for at, body in enumerate(parts):
            yield f"{kind}-{hash_}-{at}.bin", body
    yield f"f-{files['f'][0]}-spis.bin", directory
    yield ENTRY, entry


def _made(
    docs: Iterable[Doc], synonyms: Mapping[str, Sequence[str]], cache: Path | None, jobs: int
) -> tuple[dict[str, tuple[str, list[bytes]]], bytes, bytes]:
    """(kind → (hash, files), the directory of facets, the entry)."""
    lexicon = Lexicon(cache)
    found = scan(docs, lexicon, jobs)
    order, rank = found.order()
    rows = compiled(synonyms, found.keys_of, found.keys)
    found.lemmas.update(relatives(found, lexicon))
    starts, shards, far = spread_terms(found, rank, lexicon, jobs)
    lexicon.save()
    common = sorted(found.keys, key=lambda key: (-len(found.posts[found.keys[key]]), key))[:_COMMON]
    half = len(order) // 2 // CARDS * CARDS
    tasks = [
        partial(_numbers, found, rank),
        partial(_terms, shards, shared_out(rows, starts)),
        partial(_pairs, found, rank),
        partial(_cards, found, order[:half]),
        partial(_cards, found, order[half:]),
    ]
    (number_starts, numbers), (_, terms), (_, pairs), (_, first), (_, second) = done(tasks, jobs)
    directory, values = _facets(found, rank)
    files = {
        "t": terms,
        "d": pairs,
        "k": first + second,
        "n": numbers,
        "f": values,
        "w": [pack(json.dumps(sorted(common), separators=(",", ":")).encode())],
        "p": far,
    }
    hashes = {kind: _digest([*parts, directory] if kind == "f" else parts) for kind, parts in files.items()}
    entry = _entry(found, order, hashes, starts, number_starts, len(pairs), sum(map(len, values)))
    return {kind: (hashes[kind], parts) for kind, parts in files.items()}, directory, entry


def _entry(
    found: Scan,
    order: Sequence[int],
    hashes: Mapping[str, str],
    starts: Sequence[str],
    number_starts: Sequence[str],
    pairs: int,
    facet_bytes: int,
) -> bytes:
    datasets = sorted(found.labels)
    states: list[int] = [0] * len(STATES)
    runs: list[list[int]] = []
    for place, doc in enumerate(order):
        state, dataset, _ = found.places[doc]
        states[state] += 1
        if not runs or runs[-1][1] != datasets.index(dataset):
            runs.append([place + 1, datasets.index(dataset)])
        runs[-1][0] = place + 1
    body = {
        "version": VERSION,
        "documents": len(order),
        "hashes": hashes,
        "terms": starts,
        "numbers": number_starts,
        "pairs": pairs,
        "states": states,
        "datasets": [[dataset, found.labels[dataset]] for dataset in datasets],
        "counts": [datasets.index(dataset) for dataset in sorted(found.counts)],
        "runs": runs,
        "stops": sorted(STOPS),
        "asks": sorted(ASKS),
        "places": PLACES,
        "counted": sorted(COUNTED),
        "joins": sorted(JOINS),
        "english": sorted(ENGLISH),
        "how_many": sorted(HOW_MANY),
        "where": sorted(WHERE),
        "endings": ENDINGS,
        "families": FAMILIES,
        "prefixes": PREFIXES,
        "facet_bytes": facet_bytes,
    }
    return pack(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())


def _digest(bodies: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(len(body).to_bytes(8, "big"))
        digest.update(body)
    return digest.hexdigest()[:12]


def _terms(shards: Sequence[Sequence[Term]], sayings: Sequence[str]) -> Packed:
    return [], [pack(write_terms(shard, said)) for shard, said in zip(shards, sayings, strict=True)]


def _cards(found: Scan, order: Sequence[int]) -> Packed:
    blocks = (order[at : at + CARDS] for at in range(0, len(order), CARDS))
    return [], [pack(b"".join([found.cards[doc] for doc in block])) for block in blocks]


def _pairs(found: Scan, rank: Sequence[int]) -> Packed:
    keys = list(found.keys)
    fewest = 3 if len(found.places) >= _RARE_PAIRS else 1
    kept = {pair: docs for pair, docs in found.pairs.items() if len(docs) >= fewest}
    files: list[list[tuple[str, list[int]]]] = [[] for _ in range(1 + sum(map(len, kept.values())) // _PAIRS)]
    for pair, docs in kept.items():
        key = f"{keys[pair >> 32]} {keys[pair & 0xFFFFFFFF]}"
        files[spread(key, len(files))].append((key, sorted([rank[doc] for doc in docs])))
    return [], [pack(write_pairs(sorted(rows))) for rows in files]


def _numbers(found: Scan, rank: Sequence[int]) -> Packed:
    rows = sorted([(bare, zeros, rank[doc]) for bare, zeros, doc in found.numbers])
    entries: list[tuple[str, int, list[int]]] = []
    last: tuple[str, int] | None = None
    for bare, zeros, doc in rows:
        if (bare, zeros) != last:
            last = bare, zeros
            entries.append((bare, zeros, [doc]))
        elif entries[-1][2][-1] != doc:
            entries[-1][2].append(doc)
    cuts = range(0, len(entries), _NUMBERS)
    return [entries[at][0] for at in cuts], [pack(write_numbers(entries[at : at + _NUMBERS])) for at in cuts]


def _facets(found: Scan, rank: Sequence[int]) -> tuple[bytes, list[bytes]]:
    rows, files, size = [], [bytearray()], len(found.places)
    for name, values in found.facets.items():
        row = []
        for label in sorted(values):
            body = packed_values(sorted({rank[doc] for doc in values[label]}), size)
            if files[-1] and len(files[-1]) + len(body) > _FACETS:
                files.append(bytearray())
            row.append([label, len(set(values[label])), len(files) - 1, len(files[-1]), len(body)])
            files[-1] += body
        rows.append([name, row])
    rows.sort(key=lambda row: str(row[0]))
    directory = pack(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
    return directory, [pack(bytes(body)) for body in files]
