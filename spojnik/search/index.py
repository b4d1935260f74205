"""The index: documents in, files out, the same bytes for the same documents.

indeks.bin is the only file with a fixed name (JSON, see `_entry`); all others carry a hash of their family, so a host
may let them be cached for ever. Shards hold whole ranges of keys; a heavy word keeps its postings in a file of its own,
so that a neighbour in its shard costs little. A catalogue of some hundred records comes to a few dozen files.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import log2
from pathlib import Path

from spojnik.search.doc import STATES, Doc
from spojnik.search.lexicon import Lexicon, forms_by_key, key_of
from spojnik.search.roots import root_length
from spojnik.search.scan import Scan, packed_values, scan
from spojnik.search.stops import ASKS, STOPS
from spojnik.search.synonyms import compiled
from spojnik.search.wire import (
    ALIAS,
    CARDS,
    LEMMA,
    Term,
    pack,
    pack_steps,
    postings,
    spread,
    write_numbers,
    write_pairs,
    write_terms,
)

VERSION = 1
ENTRY = "indeks.bin"
_SHARD = 16_000  # bytes of postings and keys before gzip
_FAR = 3_000  # postings longer than this live in a file of their own
_NUMBERS = 2_048  # identifiers in a shard
_FACETS = 40_000  # bytes of facet values in a file
_COMMON = 4_000  # words that a typing error is compared with, besides the shard it falls into
_FAMILIES = 2_500  # roots whose unused words are indexed too
_PAIRS = 1_500  # documents of pairs in a file
_RARE_PAIRS = 20_000  # from this many documents on, a pair must occur in three titles


def build_index(
    docs: Iterable[Doc], synonyms: Mapping[str, Sequence[str]], cache: Path | None, workers: int = 1
) -> Iterator[tuple[str, bytes]]:
    """(file name under szukaj/indeks/, bytes) of every file of the index.

    docs are read once and not kept. cache is a folder for what the lexicon learnt, or None. workers: threads
    that compress. ValueError for an unknown state.
    """
    lexicon = Lexicon(cache)
    found = scan(docs, lexicon)
    order, rank = found.order()
    rows = compiled(synonyms, found.keys_of, found.keys)
    found.lemmas.update(_relatives(found, lexicon))
    starts, shards, far = _terms(found, rank, lexicon)
    lexicon.save()
    number_starts, numbers = _numbers(found, rank)
    directory, values = _facets(found, rank)
    common = sorted(found.keys, key=lambda key: (-len(found.posts[found.keys[key]]), key))[:_COMMON]
    bodies: dict[str, list[bytes]] = {
        "t": shards,
        "d": _pairs(found, rank),
        "k": [b"".join(found.cards[doc] for doc in order[at : at + CARDS]) for at in range(0, len(order), CARDS)],
        "n": numbers,
        "f": values,
        "w": [json.dumps(sorted(common), separators=(",", ":")).encode()],
    }
    with ThreadPoolExecutor(max(1, workers)) as pool:  # zlib works outside the interpreter's lock
        files = {kind: list(pool.map(pack, parts)) for kind, parts in bodies.items()}
        files["p"] = list(pool.map(pack_steps, far))
    hashes = {kind: _digest([*parts, directory] if kind == "f" else parts) for kind, parts in files.items()}
    for kind, parts in files.items():
        for at, body in enumerate(parts):
            yield f"{kind}-{hashes[kind]}-{at}.bin", body
    yield f"f-{hashes['f']}-spis.bin", directory
    facet_bytes = sum(map(len, files["f"]))
    yield ENTRY, _entry(found, order, hashes, starts, number_starts, rows, len(files["d"]), facet_bytes)


def _entry(
    found: Scan,
    order: Sequence[int],
    hashes: Mapping[str, str],
    starts: Sequence[str],
    number_starts: Sequence[str],
    rows: Sequence[tuple[str, list[str]]],
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
        "runs": runs,
        "stops": sorted(STOPS),
        "asks": sorted(ASKS),
        "synonyms": rows,
        "facet_bytes": facet_bytes,
    }
    return pack(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode())


def _relatives(found: Scan, lexicon: Lexicon) -> set[str]:
    """Words that no record uses, of the families of the most frequent ones: people may well type them."""
    bases: dict[str, int] = {}
    for lemma in found.lemmas:
        key, word = key_of(lemma), lemma.partition("<")[0].lower()
        if key in found.keys and root_length(key) and len(word) == len(key):
            bases[word[: root_length(key)]] = max(
                bases.get(word[: root_length(key)], 0), len(found.posts[found.keys[key]])
            )
    frequent = sorted(bases, key=lambda base: (-bases[base], base))[:_FAMILIES]
    return {
        word
        for base in frequent
        for word in lexicon.relatives(base)
        if key_of(word) not in found.keys and root_length(key_of(word)) == len(base)
    }


def _digest(bodies: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(len(body).to_bytes(8, "big"))
        digest.update(body)
    return digest.hexdigest()[:12]


def _terms(found: Scan, rank: Sequence[int], lexicon: Lexicon) -> tuple[list[str], list[bytes], list[bytes]]:
    forms = forms_by_key(lexicon, found.lemmas)
    entries: dict[str, Term] = {}
    far: list[bytes] = []
    total = len(found.places)
    for key in sorted({*found.keys, *forms}):
        posts = found.posts[found.keys[key]] if key in found.keys else ()
        body = postings(sorted([rank[post >> 3] << 3 | post & 7 for post in posts]))
        place = -1
        if len(body) > _FAR:
            far.append(body)
            place, body = len(far) - 1, b""
        weight = min(255, round(14 * log2(1 + total / len(posts)))) if posts else 0
        entries[key] = Term(key, LEMMA, (), weight, root_length(key), (), len(posts), body, place)
    ordered = sorted(entries)
    starts = _starts(ordered, entries)
    aliases: dict[str, set[str]] = {}
    for key, made in forms.items():
        shard, shape = bisect_right(starts, key), []
        for form in made:
            if form[:3] == key[:3] and bisect_right(starts, form) == shard:
                shape.append(_cut(key, form))
            else:
                aliases.setdefault(form, set()).add(key)
        entries[key] = entries[key]._replace(shape=tuple(shape))
    rows: list[list[Term]] = [[] for _ in starts]
    named = [Term(form, ALIAS, tuple(sorted(targets))) for form, targets in aliases.items()]
    for term in sorted([*entries.values(), *named], key=lambda term: (term.key, term.kind)):
        rows[max(0, bisect_right(starts, term.key) - 1)].append(term)
    return starts, [write_terms(row) for row in rows], far


def _pairs(found: Scan, rank: Sequence[int]) -> list[bytes]:
    keys = list(found.keys)
    fewest = 3 if len(found.places) >= _RARE_PAIRS else 1
    kept = {pair: docs for pair, docs in found.pairs.items() if len(docs) >= fewest}
    files: list[list[tuple[str, list[int]]]] = [[] for _ in range(1 + sum(map(len, kept.values())) // _PAIRS)]
    for pair, docs in kept.items():
        key = f"{keys[pair >> 32]} {keys[pair & 0xFFFFFFFF]}"
        files[spread(key, len(files))].append((key, sorted([rank[doc] for doc in docs])))
    return [write_pairs(sorted(rows)) for rows in files]


def _starts(ordered: Sequence[str], entries: Mapping[str, Term]) -> list[str]:
    starts, size = [""], 0
    for key in ordered:
        cost = len(entries[key].docs) + 9
        if size and size + cost > _SHARD:
            starts.append(key)
            size = 0
        size += cost
    return starts


def _cut(key: str, form: str) -> tuple[int, str]:
    common = 0
    while common < min(len(key), len(form)) and key[common] == form[common]:
        common += 1
    return len(key) - common, form[common:]


def _numbers(found: Scan, rank: Sequence[int]) -> tuple[list[str], list[bytes]]:
    docs: dict[tuple[str, int], set[int]] = {}
    for bare, zeros, doc in found.numbers:
        docs.setdefault((bare, zeros), set()).add(rank[doc])
    entries = [(bare, zeros, sorted(docs[bare, zeros])) for bare, zeros in sorted(docs)]
    cuts = range(0, len(entries), _NUMBERS)
    return [entries[at][0] for at in cuts], [write_numbers(entries[at : at + _NUMBERS]) for at in cuts]


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
    return directory, [bytes(body) for body in files]
