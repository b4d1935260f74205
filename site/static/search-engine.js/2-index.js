/* The index of spojnik/search for the browser and for Node: text.py, wire.py and reader.py, step by step the same.
   The other parts answer from it, search.js shows it. */
(function (root) {
  "use strict";
  const VERSION = 3, CARDS = 16, FREQUENT = 2000, ALIAS = 0, LEMMA = 1;
  const STATES = ["open", "soon", "current", "unknown", "past", "gone"];
  const NEIGHBOURS = 3; // shards that a range of keys may reach into

  // ---- text ----------------------------------------------------------------------------------------------------
  const LETTERS = new Map(Object.entries({
    "ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h",
  }));
  const LATIN = "a,b,w,h,g,d,e,je,z,z,y,i,ji,j,k,l,m,n,o,p,r,s,t,u,f,ch,c,cz,sz,szcz,,ju,ja,y,e,jo,".split(",");
  const CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёъ";
  Array.from(CYRILLIC).forEach((letter, at) => LETTERS.set(letter, LATIN[at]));
  const translate = (text) => Array.from(text, (letter) => LETTERS.has(letter) ? LETTERS.get(letter) : letter).join("");
  const WORD = /[0-9]{2}-[0-9]{3}(?![0-9])|[0-9a-z\u0370-\u1fff\u2c00-\u2dff\u3040-\ud7ff]+/g;
  const NUMBER = /\+?[0-9](?:[ \-./()\u00a0]*[0-9])*/g;

  const HOUSE = /^[0-9]{1,3}[a-z]?$/;

  function fold(text) {
    return translate(translate(text.toLowerCase()).normalize("NFKD").replace(/[\u0300-\u036f]/g, ""));
  }
  const words = (folded) => (folded.match(WORD) || []).map((word) => word.replace("-", ""));
  const SPELLING = /[\p{L}\p{N}]+/gu;
  function spellings(texts) {
    const found = new Map();
    for (const word of texts.flatMap((text) => text.match(SPELLING) || [])) {
      if (!found.has(fold(word))) found.set(fold(word), word);
    }
    return found;
  }
  function digits(spelling) {
    let kept = spelling.replace(/[^0-9]/g, "");
    if (kept.startsWith("0048")) kept = kept.slice(2);
    return kept.length === 11 && kept.startsWith("48") ? kept.slice(2) : kept;
  }

  // ---- files ---------------------------------------------------------------------------------------------------
  class IndexMissing extends Error {}

  class Reader {
    constructor(data) { this.data = data; this.at = 0; }
    number() {
      let value = 0, shift = 1, byte;
      do {
        byte = this.data[this.at++];
        if (byte === undefined) throw new IndexMissing("broken");
        value += (byte & 127) * shift;
        shift *= 128;
      } while (byte > 127);
      return value;
    }
    take(length) { this.at += length; return this.data.subarray(this.at - length, this.at); }
    text() { return UTF8.decode(this.take(this.number())); }
  }
  const UTF8 = new TextDecoder();

  async function unpack(bytes) {
    if (typeof DecompressionStream === "undefined") throw new IndexMissing("old");
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch (error) {
      throw new IndexMissing("broken");
    }
  }

  function readTerms(data) {
    const reader = new Reader(data), shapes = [], terms = [];
    for (let left = reader.number(); left > 0; left--) {
      const shape = [];
      for (let count = reader.number(); count > 0; count--) shape.push([reader.number(), reader.text()]);
      shapes.push(shape);
    }
    let last = "";
    for (let left = reader.number(); left > 0; left--) {
      last = last.slice(0, reader.number()) + reader.text();
      const term = { key: last, kind: reader.number(), targets: [], weight: 0, shape: [], count: 0, far: -1 };
      terms.push(term);
      if (term.kind === ALIAS) {
        for (let count = reader.number(); count > 0; count--) term.targets.push(reader.text());
        continue;
      }
      term.weight = reader.number();
      term.shape = shapes[reader.number()];
      term.count = reader.number();
      if (reader.number()) term.far = reader.number();
      else term.docs = reader.take(reader.number());
    }
    return { terms, sayings: scattered(reader.text()) };
  }

  function scattered(text) {
    const halves = text.split("\n").filter(Boolean).map((row) => row.split(":"));
    return halves.flatMap(([patterns, meanings]) => patterns.split(",").map((one) => [one, meanings.split(",")]));
  }

  const same = (data) => data;
  function decode(data, count) {
    const docs = new Uint32Array(count);
    for (let row = 0, at = 0, doc = 0; row < count; row++) {
      let byte = data[at++], step = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = data[at++];
        step |= (byte & 127) << shift;
      }
      docs[row] = doc += step;
    }
    if (count <= FREQUENT) return { docs, impacts: data.subarray(data.length - count) };
    const impacts = new Uint8Array(count), start = data.length - ((count + 3) >> 2);
    for (let row = 0; row < count; row++) {
      const code = data[start + (row >> 2)] >> (row & 3) * 2 & 3;
      impacts[row] = code ? code + 4 : 3;
    }
    return { docs, impacts };
  }

  function spread(key, files) {
    let value = 2166136261;
    for (let at = 0; at < key.length; at++) value = Math.imul(value ^ key.charCodeAt(at), 16777619);
    return (value >>> 0) % files;
  }

  function readPairs(data) {
    const reader = new Reader(data), pairs = new Map();
    let last = "";
    for (let left = reader.number(); left > 0; left--) {
      last = last.slice(0, reader.number()) + reader.text();
      pairs.set(last, reader.take(reader.number()));
    }
    return pairs;
  }

  function readNumbers(data) {
    const reader = new Reader(data), entries = [];
    let last = "";
    for (let left = reader.number(); left > 0; left--) {
      last = last.slice(0, reader.number()) + reader.text();
      entries.push({ bare: last, zeros: reader.number(), docs: unsteps(reader.take(reader.number())) });
    }
    return entries;
  }

  function unsteps(data) {
    const reader = new Reader(data), docs = [];
    for (let doc = 0; reader.at < data.length;) docs.push(doc += reader.number());
    return docs;
  }

  /** First place in sorted rows whose key is not below (after: above) the wanted one. */
  function place(rows, wanted, after, key = (row) => row) {
    let low = 0, high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1, here = key(rows[middle]);
      if (here < wanted || (after && here === wanted)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  const keyOf = (term) => term.key;

  class Index {
    constructor(read, meta) {
      Object.assign(this, { read, meta, total: meta.documents, kept: new Map() });
      this.roots = new root.Spojnik.Roots(meta.endings, meta.families);
    }

    static async open(read) {
      const meta = JSON.parse(UTF8.decode(await unpack(await read("indeks.bin"))));
      if (meta.version !== VERSION) throw new IndexMissing("broken");
      return new Index(read, meta);
    }
    part(kind, at, parse) {
      const name = `${kind}-${this.meta.hashes[kind]}-${at}.bin`;
      if (!this.kept.has(name)) {
        const promise = Promise.resolve(this.read(name)).then(unpack).then(parse);
        promise.catch(() => this.kept.delete(name)); // a lost connection may come back
        this.kept.set(name, promise);
      }
      return this.kept.get(name);
    }
    async shard(at) { return (await this.part("t", at, readTerms)).terms; }
    home(key) { return Math.max(0, place(this.meta.terms, key, true) - 1); }

    async at(key) {
      const shard = await this.shard(this.home(key)), found = [];
      for (let at = place(shard, key, false, keyOf); at < shard.length && shard[at].key === key; at++) {
        found.push(shard[at]);
      }
      return found;
    }
    async sayings(keys) {
      const homes = Array.from(new Set(keys.map((key) => this.home(key))));
      const files = await Promise.all(homes.map((at) => this.part("t", at, readTerms)));
      const found = new Map(files.flatMap((file) => file.sayings));
      return Array.from(found).sort(([a], [b]) => a < b ? -1 : 1);
    }
    async lemma(key) { return (await this.at(key)).find((term) => term.kind === LEMMA); }
    async pair(left, right) {
      const key = left + " " + right, pairs = await this.part("d", spread(key, this.meta.pairs), readPairs);
      return unsteps(pairs.get(key) || []);
    }
    async range(prefix) {
      const starts = this.meta.terms, first = this.home(prefix), found = [];
      for (let at = first; at < Math.min(first + NEIGHBOURS, starts.length); at++) {
        if (at > first && !starts[at].startsWith(prefix)) break;
        const shard = await this.shard(at);
        let row = place(shard, prefix, false, keyOf);
        for (; row < shard.length && shard[row].key.startsWith(prefix); row++) found.push(shard[row]);
      }
      return found;
    }
    async neighbours(word, prefix) {
      const shard = await this.shard(this.home(word));
      return shard.filter((term) => term.kind === LEMMA && term.key.startsWith(prefix));
    }
    /** {docs, impacts} of a lemma, decoded once. */
    async postings(term) {
      if (!term.decoded) {
        term.decoded = decode(term.far < 0 ? term.docs : await this.part("p", term.far, same), term.count);
      }
      return term.decoded;
    }
    common() { return this.part("w", 0, (data) => JSON.parse(UTF8.decode(data))); }

    async identifiers(bare) {
      const starts = this.meta.numbers, found = [];
      for (let at = Math.max(0, place(starts, bare, false) - 1); at < starts.length; at++) {
        if (starts[at] > bare && !starts[at].startsWith(bare)) break;
        for (const row of await this.part("n", at, readNumbers)) if (row.bare.startsWith(bare)) found.push(row);
      }
      return found;
    }
    state(doc) {
      let at = 0;
      for (const count of this.meta.states) {
        if (doc < count) return at;
        doc -= count;
        at += 1;
      }
      return STATES.length - 1;
    }
    dataset(doc) { const runs = this.meta.runs; return runs[place(runs, doc, true, (run) => run[0])][1]; }

    async card(doc) {
      const block = await this.part("k", Math.floor(doc / CARDS), (data) => {
        const reader = new Reader(data), cards = [];
        while (reader.at < data.length) cards.push([reader.text(), reader.text(), reader.text()]);
        return cards;
      });
      return block[doc % CARDS];
    }
    directory() { return this.part("f", "spis", (data) => JSON.parse(UTF8.decode(data))); }
    async facetNames() { return (await this.directory()).map(([name]) => name); }
    async facets() {
      const rows = await this.directory();
      return Promise.all(rows.map(async ([name, values]) => [name, await Promise.all(
        values.map(async ([label, , file, start, length]) => {
          const body = (await this.part("f", file, same)).subarray(start, start + length);
          return [label, this.member(body)];
        }))]));
    }
    /** A test of membership for one facet value. */
    member(body) {
      if (body[0]) return (doc) => (body[1 + (doc >> 3)] >> (doc & 7) & 1) === 1;
      const docs = new Set(unsteps(body.subarray(1)));
      return (doc) => docs.has(doc);
    }
  }

  root.Spojnik = Object.assign(root.Spojnik || {}, { Index, IndexMissing, STATES, ALIAS, LEMMA, NUMBER, HOUSE });
  Object.assign(root.Spojnik, { fold, words, digits, spellings });
})(globalThis);
