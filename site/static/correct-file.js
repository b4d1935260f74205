// A correction as a file: the same canonical YAML as the machinery writes, named by the SHA-256 of its content.
// SHA-256 is ours because crypto.subtle is missing where the site is read from a disk or over plain http.
"use strict";
(() => {
  const Popraw = (globalThis.Popraw = globalThis.Popraw || {});

  const PLAIN = /^[\p{L}\p{Nl}\p{No}][\p{L}\p{N}_ .,()/–—„”%+&;-]*$/u;
  const RESERVED = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n", "tak", "nie"]);

  function scalar(item) {
    if (item === null) return "null";
    if (typeof item === "boolean") return String(item);
    if (typeof item === "number" && /^-?\d{1,15}(\.\d{1,10})?$/.test(String(item))) return String(item);
    if (typeof item === "object") return Array.isArray(item) ? "[]" : "{}";
    const text = String(item);
    const safe = PLAIN.test(text) && !RESERVED.has(text.toLowerCase()) && !/[ :]$/.test(text);
    return safe ? text : JSON.stringify(text);
  }

  function yaml(value, pad = "") {
    return Object.entries(value).map(([name, item]) => {
      const head = `${pad}${scalar(name)}:`;
      if (Array.isArray(item) && item.length)
        return `${head}\n${item.map((part) => `${pad}  - ${scalar(part)}\n`).join("")}`;
      if (item !== null && typeof item === "object" && Object.keys(item).length)
        return `${head}\n${yaml(item, `${pad}  `)}`;
      return `${head} ${scalar(item)}\n`;
    }).join("");
  }

  const PRIMES = [];
  for (let number = 2; PRIMES.length < 64; number += 1) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  const rotate = (word, by) => (word >>> by) | (word << (32 - by));

  // FIPS 180-4.
  function sha256(text) {
    const bytes = new TextEncoder().encode(text);
    const size = ((bytes.length + 9 + 63) >> 6) << 6;
    const padded = new Uint8Array(size);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(size - 4, bytes.length << 3);
    const key = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
    const hash = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
    const words = new Int32Array(64);
    for (let start = 0; start < size; start += 64) {
      for (let at = 0; at < 64; at += 1) {
        if (at < 16) { words[at] = view.getInt32(start + at * 4); continue; }
        const [early, late] = [words[at - 15], words[at - 2]];
        words[at] = (words[at - 16] + words[at - 7]
          + (rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3))
          + (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let at = 0; at < 64; at += 1) {
        const one = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + key[at] + words[at]) | 0;
        const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((word, at) => { hash[at] = (hash[at] + word) | 0; });
    }
    return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  const FOLD = { ł: "l", Ł: "L", đ: "d", Đ: "D", ø: "o", Ø: "O" };
  function slugify(text) {
    const folded = text.replace(/[łŁđĐøØ]/g, (letter) => FOLD[letter]).normalize("NFKD").replace(/[^\x00-\x7f]/g, "");
    const slug = folded.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 80).replace(/-+$/, "");
    return slug || [...text].slice(0, 12).map((letter) => letter.codePointAt(0).toString(16)).join("-") || "brak";
  }

  // Parts of a correction → { path, text }. Parts that say nothing are left out, in the order of the contract.
  function file(folder, said) {
    const order = ["key", "on", "by", "proof", "values", "was", "until", "gone", "note"];
    const empty = (part) => part === undefined || part === "" || (typeof part === "object" && !Object.keys(part).length);
    const text = yaml(Object.fromEntries(order.filter((name) => !empty(said[name])).map((name) => [name, said[name]])));
    return { path: `${folder}/${said.key}/${said.on}-${sha256(text).slice(0, 8)}.yml`, text };
  }

  Object.assign(Popraw, { yaml, sha256, slugify, file });
})();
