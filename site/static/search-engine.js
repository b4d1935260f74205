/* The search engine of spojnik/search (match.py, query.py) for the browser and for Node, step by step the same: a test
   compares their answers. Whole numbers only. Needs search-index.js; no page here, see search.js. */
(function (root) {
  "use strict";
  const { Index, Reader, STATES, ALIAS, LEMMA, NUMBER, fold, words, digits } = root.Spojnik;
  const IMPACTS = [2, 3, 4, 6, 8, 11, 15, 20], WORTH = [24, 22, 20, 18, 13, 10];
  const EXACT = 64, PREFIX = 40, NEAR = 44, FAR = 30, FAMILY = 16, SYNONYM = 52;
  const MOST = 3, PREFIXES = 400, NUMBER_WORTH = 255;
  const STEPS = [100, 70, 34];
  const LABELS = new Set(["krs", "nip", "regon", "tel", "telefon", "numer", "nr", "phone"]);

  // ---- one word → lemmas ---------------------------------------------------------------------------------------
  const byText = (left, right) => (left < right ? -1 : left > right ? 1 : 0);
  const byCount = (left, right) => right.count - left.count || byText(left.key, right.key);
  const spell = (term, [cut, end]) => term.key.slice(0, term.key.length - cut) + end;
  const spelled = (term) => [term.key, ...term.shape.map((form) => spell(term, form))];

  async function match(index, word) {
    const exact = await forms(index, word);
    const terms = (await Promise.all(exact.map((key) => index.lemma(key)))).filter(Boolean);
    if (terms.some((term) => term.count)) {
      return { terms: await withFamilies(index, terms.map((term) => [term, EXACT])), exact, corrected: "" };
    }
    const begun = await beginnings(index, word);
    if (begun.length) return { terms: begun, exact, corrected: "" };
    const [corrected, near] = await mistyped(index, word);
    if (!near.length) return { terms: [], exact, corrected: "" };
    const keys = exact.length ? exact : near.map(([term]) => term.key);
    return { terms: await withFamilies(index, near), exact: keys, corrected };
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
      for (const term of await index.range(word.slice(0, 3))) {
        if (term.shape.some((form) => word.endsWith(form[1]) && spell(term, form) === word)) found.add(term.key);
      }
    }
    return Array.from(found).sort(byText);
  }

  async function withFamilies(index, terms) {
    const found = new Map(terms.map((row) => [row[0].key, row]));
    for (const [term, weight] of terms) {
      if (!term.root) continue;
      for (const other of await index.range(term.key.slice(0, term.root))) {
        if (other.root === term.root && other.count && !found.has(other.key)) {
          found.set(other.key, [other, weight * FAMILY >> 6]);
        }
      }
    }
    return Array.from(found.values());
  }

  async function beginnings(index, word) {
    if (word.length < 3) return [];
    const rows = [];
    for (const term of await index.range(word.slice(0, 3))) {
      if (term.count && spelled(term).some((form) => form.startsWith(word))) {
        rows.push([term, PREFIX]);
        if (rows.length === PREFIXES) break;
      }
    }
    return rows;
  }

  async function mistyped(index, word) {
    if (word.length < 4 || /^[0-9]+$/.test(word)) return ["", []];
    const most = word.length < 9 ? 1 : 2, best = new Map();
    const closer = (form, key) => {
      if (Math.abs(form.length - word.length) > most) return;
      const far = distance(word, form, most);
      if (far <= most && (!best.has(key) || far < best.get(key)[0])) best.set(key, [far, form]);
    };
    for (const term of await index.shard(index.home(word))) {
      if (term.kind === LEMMA && term.count) spelled(term).forEach((form) => closer(form, term.key));
    }
    (await index.common()).forEach((key) => closer(key, key));
    const least = Math.min(9, ...Array.from(best.values(), (row) => row[0]));
    const alike = least > 1 ? await stem(index, word) : ["", []];
    if (alike[1].length || !best.size) return alike;
    const keys = Array.from(best.keys()).filter((key) => best.get(key)[0] === least);
    const terms = (await Promise.all(keys.map((key) => index.lemma(key)))).filter(Boolean).sort(byCount);
    const weight = least === 1 ? NEAR : FAR;
    return [best.get(terms[0].key)[1], terms.slice(0, MOST).map((term) => [term, weight])];
  }

  async function stem(index, word) {
    for (let length = word.length - 1; length >= Math.max(5, word.length - 4); length--) {
      const near = (await index.range(word.slice(0, length)))
        .filter((term) => term.count && term.key.length <= word.length + 3).sort(byCount);
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

  // ---- query ---------------------------------------------------------------------------------------------------
  async function understood(index, query) {
    let folded = fold(query);
    const slots = [], ignored = [], corrected = [];
    const labelled = words(folded).some((word) => LABELS.has(word));
    for (const run of folded.match(NUMBER) || []) {
      const kept = digits(run), bare = kept.replace(/^0+/, "");
      if (kept.length < (labelled ? 4 : 5) || !bare) continue;
      const rows = await index.identifiers(bare);
      let chosen = rows.filter((row) => row.bare === bare);
      if (!chosen.length) chosen = rows.filter((row) => ("0".repeat(row.zeros) + row.bare).startsWith(kept));
      if (!chosen.length) continue;
      slots.push({ choices: [], idf: NUMBER_WORTH, keys: [], numbers: chosen.flatMap((row) => row.docs) });
      folded = folded.replace(run, " ");
    }
    let typed = words(folded);
    if (slots.length) typed = typed.filter((word) => !LABELS.has(word));
    const stops = new Set(index.meta.stops), asks = new Set(index.meta.asks);
    const quiet = typed.every((word) => stops.has(word) || asks.has(word));
    const silent = (word) => stops.has(word) || (!quiet && asks.has(word));
    const matches = await Promise.all(typed.map((word) => (silent(word) ? null : match(index, word))));
    for (let at = 0; at < typed.length;) {
      const [taken, meanings] = synonym(index, typed, matches, at);
      const here = matches.slice(at, at + taken), own = here.filter((found) => found && found.terms.length);
      here.forEach((found, i) => { if (found && found.corrected) corrected.push([typed[at + i], found.corrected]); });
      if (own.length || meanings.length) slots.push(await slot(index, own, meanings, taken));
      else ignored.push(...typed.slice(at, at + taken).filter((word) => !stops.has(word)));
      at += taken;
    }
    return { slots, ignored: Array.from(new Set(ignored)), corrected };
  }

  async function slot(index, own, meanings, width) {
    const choices = own.length ? [[own.map((found) => found.terms), EXACT]] : [];
    for (const meaning of meanings) {
      choices.push([await Promise.all(meaning.split(" ").map((word) => meant(index, word.split("|")))), SYNONYM]);
    }
    const telling = ([phrase]) => phrase.reduce((sum, word) => sum + (word.length ? word[0][0].weight : 0), 0);
    const idf = Math.max(1, ...choices.map(telling));
    return { choices, idf, keys: own.length === 1 && width === 1 ? own[0].exact : [], numbers: [] };
  }

  function synonym(index, typed, matches, at) {
    let best = [1, []];
    for (const [pattern, meanings] of index.meta.synonyms) {
      const parts = pattern.split(" ");
      if (parts.length < best[0] || (parts.length === best[0] && best[1].length)) continue;
      if (at + parts.length > typed.length) continue;
      if (parts.every((part, i) => is(part, typed[at + i], matches[at + i]))) best = [parts.length, meanings];
    }
    return best;
  }

  function is(part, word, found) {
    if (part.endsWith("*")) return word.startsWith(part.slice(0, -1));
    const choices = part.split("|");
    return choices.includes(word) || Boolean(found && found.exact.some((key) => choices.indexOf(key, 1) > 0));
  }

  /** Documents (list) and their scores (array over all documents) of one word: the best of its lemmas. */
  async function wordScores(index, word) {
    const scores = new Int32Array(index.total), docs = [];
    const bodies = await Promise.all(word.map(([term]) => index.docs(term)));
    word.forEach(([term, weight], at) => {
      const reader = new Reader(bodies[at]);
      for (let doc = 0; reader.at < reader.data.length;) {
        const value = reader.number();
        doc += Math.floor(value / 8);
        const score = term.weight * IMPACTS[value & 7] * weight >> 6;
        if (!scores[doc]) docs.push(doc);
        if (score > scores[doc]) scores[doc] = score;
      }
    });
    return { docs, scores };
  }

  async function slotScores(index, { choices, numbers }) {
    const best = { docs: [], scores: new Int32Array(index.total) };
    const raise = (doc, score) => {
      if (!best.scores[doc]) best.docs.push(doc);
      if (score > best.scores[doc]) best.scores[doc] = score;
    };
    numbers.forEach((doc) => raise(doc, NUMBER_WORTH * IMPACTS[7]));
    for (const [phrase, weight] of choices) {
      const parts = await Promise.all(phrase.map((word) => wordScores(index, word)));
      for (const doc of parts[0].docs) {
        let sum = 0;
        if (parts.every((part) => part.scores[doc] && (sum += part.scores[doc]))) {
          raise(doc, Math.floor(sum / parts.length) * weight >> 6);
        }
      }
    }
    return best;
  }

  async function scored(index, slots) {
    const parts = await Promise.all(slots.map((row) => slotScores(index, row)));
    const kept = slots.map((row, at) => ({ ...row, ...parts[at] })).filter((row) => row.docs.length);
    const found = new Map();
    if (!kept.length) return found;
    let telling = kept.filter((row) => row.docs.length * 4 <= index.total || index.total < 40);
    if (!telling.length) telling = kept;
    const [sums, weights, needed] = [0, 0, 0].map(() => new Int32Array(index.total));
    for (const row of kept) {
      for (const doc of row.docs) {
        sums[doc] += row.scores[doc];
        weights[doc] += row.idf;
        if (telling.includes(row)) needed[doc] += row.idf;
      }
    }
    for (let at = 1; at < kept.length; at++) {
      const both = new Set();
      for (const left of kept[at - 1].keys) {
        for (const right of kept[at].keys) for (const doc of await index.pair(left, right)) both.add(doc);
      }
      both.forEach((doc) => { if (weights[doc]) sums[doc] += (kept[at - 1].idf + kept[at].idf) * 6; });
    }
    const total = (rows) => rows.reduce((sum, row) => sum + row.idf, 0);
    const whole = total(telling), everything = total(kept), docs = [];
    needed.forEach((weight, doc) => { if (weight) docs.push(doc); });
    let enough = [];
    for (const share of STEPS) {
      enough = docs.filter((doc) => needed[doc] * 100 >= whole * share);
      if (enough.length >= (telling.length < 4 ? 1 : 3)) break;
    }
    for (const doc of enough) {
      const share = Math.floor(weights[doc] * 1024 / everything);
      found.set(doc, Math.floor(sums[doc] * share * share / 1048576) * WORTH[index.state(doc)] >> 4);
    }
    return found;
  }

  /** picked: Map of facet name → labels; wanted: count all facets, not the datasets only. */
  async function faceted(index, found, picked, wanted) {
    const rows = [["Zbiór", index.meta.datasets.map(([, label], at) => [label, (doc) => index.dataset(doc) === at])]];
    if (wanted || Array.from(picked.keys()).some((name) => name !== "Zbiór")) rows.push(...await index.facets());
    const tests = new Map();
    for (const [name, labels] of picked) {
      const values = (rows.find((row) => row[0] === name) || [name, []])[1].filter(([label]) => labels.includes(label));
      tests.set(name, (doc) => values.some(([, has]) => has(doc)));
    }
    const passes = (doc, but) => Array.from(tests).every(([name, test]) => name === but || test(doc));
    const docs = Array.from(found.keys());
    const facets = rows.map(([name, values]) => {
      const kept = docs.filter((doc) => passes(doc, name));
      return [name, values.map(([label, has]) => [label, kept.reduce((sum, doc) => sum + (has(doc) ? 1 : 0), 0)])];
    });
    return { kept: docs.filter((doc) => passes(doc, null)), facets };
  }

  /** The engine over `read` (file name → promise of bytes, rejected with IndexMissing: "missing" or "offline"). */
  function engine(read) {
    let opening = null;
    function open() {
      opening = opening || Index.open(read);
      opening.catch(() => { opening = null; });
      return opening;
    }
    async function search(query, { limit = 10, picked = new Map(), facets = true } = {}) {
      const index = await open();
      const { slots, ignored, corrected } = await understood(index, query);
      const found = await scored(index, slots);
      const chosen = await faceted(index, found, picked, facets);
      chosen.kept.sort((left, right) => found.get(right) - found.get(left) || left - right);
      const hits = await Promise.all(chosen.kept.slice(0, limit).map(async (doc) => {
        const [address, title, line] = await index.card(doc);
        const [dataset, label] = index.meta.datasets[index.dataset(doc)];
        return { address, dataset, label, title, line, state: STATES[index.state(doc)], score: found.get(doc) };
      }));
      return { total: chosen.kept.length, hits, ignored, corrected, facets: chosen.facets };
    }
    const facetBytes = async () => (await open()).meta.facet_bytes;
    const facetNames = async () => ["Zbiór", ...await (await open()).facetNames()];
    return { open, search, facetBytes, facetNames };
  }

  root.Spojnik = Object.assign(root.Spojnik, { engine, distance });
})(globalThis);
