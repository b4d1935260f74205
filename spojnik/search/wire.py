"""The binary forms of the index files, shared by the builder and the engine; `search.js` reads the same.

Every file is gzip (mtime 0), so its bytes do not depend on the host's compression. Numbers are LEB128 varints, text is
a varint length and UTF-8. Keys are front-coded: letters shared with the key before, then the rest.

indeks.bin       JSON, the only file with a fixed name: see index.py.
t-<hash>-<n>.bin terms: shape count, shapes; entry count, entries in key order. A shape is the list of (letters cut,
                 ending) that makes the forms of a lemma from its key. Entry: shared, rest, kind, then by kind
                   0 alias  (a form in another shard than its lemma): target count, target keys
                   1 lemma  weight, shape number, document count, postings
                 At the end a text: the synonyms that words of this shard may begin to explain, see synonyms.py.
                 postings: 0, byte length, bytes here; or 1, number of a p-<hash>-<n>.bin that holds them.
                 Documents are steps from one to the next; postings are all steps, then the impacts (apart, because
                 gzip packs both better so): a byte each, but for a word in more than FREQUENT documents two bits
                 each, lowest first: 0 for any text, 1–3 for the impacts 5–7.
d-<hash>-<n>.bin pairs of lemmas side by side in titles, n = `spread` of "key key": entry count; shared, rest, byte
                 length, documents.
n-<hash>-<n>.bin identifiers: entry count; shared, rest, zeros before it, document count, documents.
k-<hash>-<n>.bin cards: for each of CARDS documents address, title, line.
f-<hash>-<n>.bin facet values: bytes of many values, found by the directory f-<hash>-spis.bin (JSON).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import sub
from typing import NamedTuple

CARDS = 16
FREQUENT = 2_000
ALIAS, LEMMA = 0, 1
#: What an impact 0–7 is worth.
IMPACTS = (2, 3, 4, 6, 8, 11, 15, 20)
_SMALL = [bytes((value,)) for value in range(128)]
_CODES = bytes.maketrans(bytes(range(8)), bytes((0, 0, 0, 0, 0, 1, 2, 3)))  # impacts of a frequent word, in two bits


class Term(NamedTuple):
    """One entry of a term shard. uses: documents with the lemma; docs: their postings; far: its p-file, or -1."""

    key: str
    kind: int
    targets: tuple[str, ...] = ()
    weight: int = 0
    shape: tuple[tuple[int, str], ...] = ()
    uses: int = 0
    docs: bytes = b""
    far: int = -1


class Reader:
    """A cursor over bytes."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def number(self) -> int:
        """The next varint. IndexError at the end."""
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    def take(self, length: int) -> bytes:
        """The next `length` bytes."""
        self.at += length
        return self.data[self.at - length : self.at]

    def text(self) -> str:
        """The next text."""
        return self.take(self.number()).decode()


def pack(body: bytes) -> bytes:
    """gzip without a clock in it."""
    return gzip.compress(body, 6, mtime=0)


def pack_steps(body: bytes) -> bytes:
    """gzip for long postings: steps never repeat in runs, so looking for runs (a fifth longer) may only cost."""
    maker = zlib.compressobj(6, zlib.DEFLATED, 31, 9, zlib.Z_HUFFMAN_ONLY)
    return min(maker.compress(body) + maker.flush(), pack(body), key=len)


def unpack(data: bytes) -> bytes:
    """The reverse of pack. ValueError for anything else."""
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not gzip") from error


def number(value: int) -> bytes:
    """One varint."""
    if value < 128:
        return _SMALL[value]
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def text(value: str) -> bytes:
    """One text."""
    body = value.encode()
    return number(len(body)) + body


def steps(values: Sequence[int]) -> bytes:
    """Rising documents as steps."""
    if len(values) == 1:
        return number(values[0])
    made = list(map(sub, values, chain((0,), values)))
    if not made or max(made) < 128:
        return bytes(made)
    out = bytearray()
    for step in made:
        while step > 127:
            out.append(step & 127 | 128)
            step >>= 7
        out.append(step)
    return bytes(out)


def unsteps(data: bytes) -> list[int]:
    """The reverse of steps."""
    reader, values, last = Reader(data), [], 0
    while reader.at < len(data):
        last += reader.number()
        values.append(last)
    return values


def postings(values: Sequence[int]) -> bytes:
    """Rising (document << 3 | impact): the steps, then the impacts."""
    docs, impacts = steps([value >> 3 for value in values]), bytes([value & 7 for value in values])
    if len(values) <= FREQUENT:
        return docs + impacts
    codes = impacts.translate(_CODES) + bytes(3)
    quads = zip(codes[::4], codes[1::4], codes[2::4], codes[3::4], strict=False)
    return docs + bytes([one | two << 2 | three << 4 | four << 6 for one, two, three, four in quads])


def unpostings(data: bytes, count: int) -> list[tuple[int, int]]:
    """The reverse of postings for so many documents: (document, impact)."""
    if count <= FREQUENT:
        return list(zip(unsteps(data[: len(data) - count]), data[len(data) - count :], strict=True))
    start = len(data) - (count + 3) // 4
    codes = [data[start + (at >> 2)] >> (at & 3) * 2 & 3 for at in range(count)]
    return [(doc, code + 4 if code else 3) for doc, code in zip(unsteps(data[:start]), codes, strict=True)]


def shared(first: str, second: str) -> int:
    """Letters that two keys share at the start: most of them where the keys stand in order, so counted from the end."""
    length = min(len(first), len(second))
    while first[:length] != second[:length]:
        length -= 1
    return length


def write_terms(terms: Sequence[Term], sayings: str) -> bytes:
    """One term shard and its synonyms, before gzip."""
    shapes = {shape: at for at, shape in enumerate(dict.fromkeys(term.shape for term in terms if term.kind == LEMMA))}
    out = bytearray(number(len(shapes)))
    for shape in shapes:
        out += number(len(shape)) + b"".join(number(cut) + text(ending) for cut, ending in shape)
    out += number(len(terms))
    last = ""
    for term in terms:
        common = shared(last, term.key)
        out += number(common) + text(term.key[common:]) + number(term.kind)
        last = term.key
        if term.kind == ALIAS:
            out += number(len(term.targets)) + b"".join(map(text, term.targets))
            continue
        out += number(term.weight) + number(shapes[term.shape]) + number(term.uses)
        out += number(1) + number(term.far) if term.far >= 0 else number(0) + number(len(term.docs)) + term.docs
    return bytes(out + text(sayings))


def read_terms(data: bytes) -> tuple[list[Term], str]:
    """The reverse of write_terms."""
    reader = Reader(data)
    shapes = [tuple((reader.number(), reader.text()) for _ in range(reader.number())) for _ in range(reader.number())]
    terms, last = [], ""
    for _ in range(reader.number()):
        key = last = last[: reader.number()] + reader.text()
        kind = reader.number()
        if kind == ALIAS:
            terms.append(Term(key, kind, tuple(reader.text() for _ in range(reader.number()))))
            continue
        weight, shape, count, away = (reader.number() for _ in range(4))
        far, body = (reader.number(), b"") if away else (-1, reader.take(reader.number()))
        terms.append(Term(key, kind, (), weight, shapes[shape], count, body, far))
    return terms, reader.text()


def spread(key: str, files: int) -> int:
    """Which of so many files a pair lies in: FNV-1a over its UTF-16 units, which JavaScript has at hand."""
    value = 2166136261
    for unit in key:
        value = (value ^ ord(unit)) * 16777619 & 0xFFFFFFFF
    return value % files


def write_pairs(pairs: Sequence[tuple[str, Sequence[int]]]) -> bytes:
    """One file of pairs in key order, before gzip."""
    out, last = bytearray(number(len(pairs))), ""
    for key, docs in pairs:
        common, body = shared(last, key), steps(docs)
        out += number(common) + text(key[common:]) + number(len(body)) + body
        last = key
    return bytes(out)


def read_pairs(data: bytes) -> dict[str, bytes]:
    """The reverse of write_pairs: key → documents as steps."""
    reader, pairs, last = Reader(data), {}, ""
    for _ in range(reader.number()):
        last = last[: reader.number()] + reader.text()
        pairs[last] = reader.take(reader.number())
    return pairs


def write_numbers(entries: Sequence[tuple[str, int, Sequence[int]]]) -> bytes:
    """One shard of identifiers (digits without leading zeros, zeros, documents), before gzip."""
    out, last = bytearray(number(len(entries))), ""
    for key, zeros, docs in entries:
        common = shared(last, key)
        out += number(common) + text(key[common:]) + number(zeros)
        body = steps(docs)
        out += number(len(body)) + body
        last = key
    return bytes(out)


def read_numbers(data: bytes) -> list[tuple[str, int, list[int]]]:
    """The reverse of write_numbers."""
    reader, entries, last = Reader(data), [], ""
    for _ in range(reader.number()):
        last = last[: reader.number()] + reader.text()
        entries.append((last, reader.number(), unsteps(reader.take(reader.number()))))
    return entries


def write_cards(cards: Iterable[tuple[str, str, str]]) -> bytes:
    """One block of result cards, before gzip."""
    return b"".join(text(part) for card in cards for part in card)


def read_cards(data: bytes) -> list[tuple[str, str, str]]:
    """The reverse of write_cards."""
    reader, cards = Reader(data), []
    while reader.at < len(data):
        cards.append((reader.text(), reader.text(), reader.text()))
    return cards
