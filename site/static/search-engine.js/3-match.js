/* One typed word → lemmas of the index, step by step as spojnik/search/match.py. */
(function (root) {
  "use strict";
  const { ALIAS, LEMMA } = root.Spojnik;
  const EXACT = 64, PREFIX = 40, NEAR = 44, FAR = 30, FAMILY = 16;
  const MOST = 3, ERROR = 2, PREFIXES = 40, HEARD = 3, REST = 6;
  const SOUNDS = new Map("dzc:c ch:h sz:s cz:c rz:z dz:z u:o j:i y:i om:a on:a em:e en:e w:f t:d p:b s:z k:g".split(" ")
    .map((pair) => pair.split(":")));
  const PERSON = /^(?:(.+l)(?:em|es|bym|bys)|(.+la)(?:m|s|bym|bys)|(.+l[iy])(?:smy|scie|bysmy|byscie))$/;
  const HEARD_AS = /dzc|ch|sz|cz|rz|dz|[oe][mn](?=[^aeiouymn])|[ujywtpsk]/g;

  const byText = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
  const byCount = (left, right) => right.count - left.count || byText(left.key, right.key);
  const spell = (term, [cut, end]) => term.key.slice(0, term.key.length - cut) + end;
  const counted = (terms) => terms.reduce((sum, [term]) => sum + term.count, 0);
  const spelled = (term) => [term.key, ...term.shape.map((form) => spell(term, form))];

  async function match(index, word) {
    let keys = await forms(index, word);
    if (!keys.length) keys = await forms(index, spoken(word));
    const terms = (await Promise.all(keys.map((key) => index.lemma(key)))).filter(Boolean).sort(byCount);
    const exact = terms.map((term) => term.key);
    if (terms.length && terms[0].count) {
      const own = terms.map((term) => [term, EXACT]);
      return { terms: await withFamilies(index, own), exact, corrected: "", known: counted(own) };
    }
    const family = await withFamilies(index, terms.map((term) => [term, EXACT]));
    const both = [...family, ...await beginnings(index, word)].filter(([term]) => term.count);
    const begun = Array.from(new Map(both.map((row) => [row[0].key, row])).values());
    if (begun.length || exact.length) return { terms: begun, exact, corrected: "", known: counted(begun) };
    return unknown(index, word);
  }

  async function unknown(index, word) {
    const kin = await kinOf(index, word), [corrected, near] = await mistyped(index, word);
    const relatives = kin.filter(([, telling]) => telling || !near.length).map(([term]) => [term, PREFIX]);
    if (relatives.length && !(near.length && kin.some(([term]) => term.key === near[0][0].key))) {
      return { terms: relatives, exact: [], corrected: "", known: counted(relatives) };
    }
    if (!near.length) return prefixed(index, word);
    const exact = near.map(([term]) => term.key);
    return { terms: await withFamilies(index, near), exact, corrected, known: counted(near) };
  }

  async function prefixed(index, word) {
    for (const prefix of index.meta.prefixes) {
      const rest = word.slice(prefix.length);
      if (rest.length < REST || !word.startsWith(prefix)) continue;
      const found = await match(index, rest);
      const likely = !found.corrected || (await kinOf(index, rest)).length;
      if (found.terms.length && likely) return { ...found, corrected: rest };
    }
    return { terms: [], exact: [], corrected: "", known: 0 };
  }

  async function meant(index, keys) {
    const terms = (await Promise.all(keys.map((key) => index.lemma(key)))).filter(Boolean);
    return withFamilies(index, terms.map((term) => [term, EXACT]));
  }

  async function forms(index, word) {
    const found = new Set();
    for (const term of await index.at(word)) {
      if (term.kind === ALIAS) term.targets.forEach((key) => found.add(key));
      if (term.kind === LEMMA) found.add(word);
    }
    if (word.length >= 3) {
      for (const term of await index.neighbours(word, word.slice(0, 3))) {
        if (term.shape.some((form) => word.endsWith(form[1]) && spell(term, form) === word)) found.add(term.key);
      }
    }
    return Array.from(found).sort(byText);
  }

  function spoken(word) {
    const found = word.match(PERSON);
    return found ? found.slice(1).find(Boolean) : word;
  }

  async function withFamilies(index, terms) {
    const found = new Map(terms.map((row) => [row[0].key, row]));
    for (const [term, weight] of terms) {
      for (const [other] of await kinOf(index, term.key)) {
        let share = weight * FAMILY >> 6;
        if (term.weight) share = Math.max(1, Math.floor(share * Math.min(term.weight, other.weight) / other.weight));
        if (!found.has(other.key)) found.set(other.key, [other, share]);
      }
    }
    return Array.from(found.values());
  }

  /** [lemma, whether their root is a telling one] for all of one root with the word. */
  async function kinOf(index, word) {
    const roots = index.roots.of(word), found = new Map();
    const starts = Array.from(new Set(roots.flatMap((name) => index.roots.beginnings(name)))).sort(byText);
    for (const start of starts) {
      for (const term of await index.range(start)) {
        if (term.kind !== LEMMA || !term.count || found.has(term.key)) continue;
        const common = index.roots.of(term.key).filter((name) => roots.includes(name));
        if (common.length) found.set(term.key, [term, common.some((name) => index.roots.telling(name))]);
      }
    }
    return Array.from(found.values()).sort(([left], [right]) => byCount(left, right));
  }

  async function beginnings(index, word) {
    if (word.length < 2) return [];
    const keys = new Set();
    for (const term of await index.neighbours(word, word.slice(0, 3))) {
      if (spelled(term).some((form) => form.startsWith(word))) keys.add(term.key);
    }
    for (const term of await index.range(word)) {
      (term.kind === ALIAS ? term.targets : [term.key]).forEach((key) => keys.add(key));
    }
    const terms = await Promise.all(Array.from(keys, (key) => index.lemma(key)));
    return terms.filter((term) => term && term.count).sort(byCount).slice(0, PREFIXES).map((term) => [term, PREFIX]);
  }

  async function mistyped(index, word) {
    if (word.length < 4 || /^[0-9]+$/.test(word)) return ["", []];
    const best = await nearest(index, word);
    const least = Math.min(9, ...Array.from(best.values(), (row) => row[0]));
    const alike = least > ERROR ? await stem(index, word) : ["", []];
    if (alike[1].length || !best.size) return alike;
    const keys = Array.from(best.keys()).filter((key) => best.get(key)[0] === least);
    const terms = (await Promise.all(keys.map((key) => index.lemma(key)))).filter(Boolean).sort(byCount);
    const weight = least <= ERROR ? NEAR : FAR;
    return [best.get(terms[0].key)[1], terms.slice(0, MOST).map((term) => [term, weight])];
  }

  async function nearest(index, word) {
    const most = word.length < 9 ? 1 : 2, best = new Map(), all = [], heard = sound(word);
    for (const term of await index.shard(index.home(word))) {
      if (term.kind === LEMMA) spelled(term).forEach((form) => all.push([form, term.key]));
    }
    (await index.common()).forEach((key) => all.push([key, key]));
    for (const [form, key] of all) {
      if (Math.abs(form.length - word.length) > most) continue;
      const errors = distance(word, form, most);
      if (errors > most) continue;
      const far = errors * ERROR - (sound(form) === heard ? 1 : 0);
      if (!best.has(key) || far < best.get(key)[0]) best.set(key, [far, form]);
    }
    if (Math.min(9, ...Array.from(best.values(), (row) => row[0])) > ERROR) {
      for (const [form, key] of all) {
        if (Math.abs(form.length - word.length) <= HEARD && sound(form) === heard) best.set(key, [1, form]);
      }
    }
    return best;
  }

  const sound = (word) => word.replace(/(.)\1/g, "$1").replace(HEARD_AS, (found) => SOUNDS.get(found));

  async function stem(index, word) {
    for (let length = word.length - 1; length >= Math.max(5, word.length - 4); length--) {
      const near = (await index.range(word.slice(0, length)))
        .filter((term) => term.kind === LEMMA && term.count && term.key.length <= word.length + 3).sort(byCount);
      if (near.length) return [near[0].key, near.slice(0, MOST).map((term) => [term, FAR])];
    }
    return ["", []];
  }

  function distance(first, second, most) {
    let before = [], last = Array.from({ length: second.length + 1 }, (_, at) => at);
    for (let at = 1; at <= first.length; at++) {
      const row = [at];
      let least = at;
      for (let to = 1; to <= second.length; to++) {
        const same = first[at - 1] === second[to - 1] ? 0 : 1;
        let cost = Math.min(last[to] + 1, row[to - 1] + 1, last[to - 1] + same);
        if (at > 1 && to > 1 && first[at - 1] === second[to - 2] && first[at - 2] === second[to - 1]) {
          cost = Math.min(cost, before[to - 2] + 1);
        }
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return Math.min(last[second.length], most + 1);
  }

  Object.assign(root.Spojnik, { EXACT, match, meant, spoken, distance });
})(globalThis);
