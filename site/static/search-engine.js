/* The search engine for the browser and for Node, step by step as spojnik/search/query.py: a test compares answers.
   Whole numbers only. Needs search-index.js and search-match.js; no page here, see search.js. */
(function (root) {
  "use strict";
  const { Index, Reader, STATES, NUMBER, EXACT, fold, words, digits, match, meant } = root.Spojnik;
  const IMPACTS = [2, 3, 4, 6, 8, 11, 15, 20], WORTH = [24, 22, 20, 18, 13, 10];
  const SYNONYM = 52, NUMBER_WORTH = 255, KNOWN = 3;
  const STEPS = [100, 70, 34];
  const LABELS = new Set(["krs", "nip", "regon", "tel", "telefon", "numer", "nr", "phone"]);

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
      let [taken, meanings] = synonym(index, typed, matches, at);
      if (taken === 1 && matches[at] && matches[at].known >= KNOWN) meanings = [];
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

  root.Spojnik = Object.assign(root.Spojnik, { engine });
})(globalThis);
