/* The search engine for the browser and for Node, step by step as spojnik/search/ranking.py: a test compares answers.
   Whole numbers only. No page here, see search.js. */
(function (root) {
  "use strict";
  const { Index, STATES, fold, words, spellings, understood, SAID, NUMBER_WORTH } = root.Spojnik;
  const IMPACTS = [2, 3, 4, 6, 8, 11, 15, 20], WORTH = [24, 22, 20, 18, 13, 10];
  const WHOLE = 5, STEPS = [70, 25], FEW = 3, WORTHY = 3, LOOSE = 16;

  /** Scores (array over all documents, 0: none) of one word: the best of its lemmas. */
  async function wordScores(index, word) {
    const scores = new Int32Array(index.total);
    const rows = await Promise.all(word.map(([term]) => index.postings(term)));
    word.forEach(([term, weight], at) => {
      const { docs, impacts } = rows[at], worth = IMPACTS.map((impact) => term.weight * impact * weight >> 6);
      for (let row = 0; row < docs.length; row++) {
        const score = worth[impacts[row]];
        if (score > scores[docs[row]]) scores[docs[row]] = score;
      }
    });
    return scores;
  }

  async function slotScores(index, { choices, numbers, worth: share }) {
    let best = null;
    for (const [phrase, weight] of choices) {
      const parts = await Promise.all(phrase.map((word) => wordScores(index, word)));
      const scores = parts[0], worth = parts.length > 1 ? WHOLE : 4;
      for (let doc = 0; doc < scores.length; doc++) {
        let sum = 0;
        for (const part of parts) {
          if (!part[doc]) { sum = 0; break; }
          sum += part[doc];
        }
        const score = (Math.floor(sum * worth / (4 * parts.length)) * weight >> 6) * share >> 4;
        scores[doc] = best && best[doc] > score ? best[doc] : score;
      }
      best = scores;
    }
    best = best || new Int32Array(index.total);
    numbers.forEach((doc) => { best[doc] = Math.max(best[doc], NUMBER_WORTH * IMPACTS[7]); });
    return best;
  }

  /** Names with what stands beside them, if they are anywhere together; what stands beside asks for nothing alone. */
  async function narrowed(index, slots, parts) {
    for (let at = 0; at < slots.length; at++) {
      const { beside, key } = slots[at];
      if (!beside) continue;
      let name = at + beside;
      while (slots[name].beside === beside) name += beside;
      const left = beside < 0 && slots[at - 1].key, pair = new Set(left && key ? await index.pair(left, key) : []);
      const both = parts[name].map((score, doc) => (score && parts[at][doc] ? score + parts[at][doc] : 0));
      const exact = both.map((score, doc) => (pair.has(doc) ? score : 0));
      parts[name] = [exact, both].find((scores) => scores.some(Boolean)) || parts[name];
      parts[at] = new Int32Array(index.total);
    }
    return parts;
  }

  function counts(index) {
    const numbers = new Set(index.meta.counts);
    return (doc) => numbers.size > 0 && numbers.has(index.dataset(doc));
  }

  /** Without counts of people or things where somebody asks for who or where, and there is anything else. */
  function uncounted(parts, count) {
    const others = parts.map((scores) => scores.map((score, doc) => (score && !count(doc) ? score : 0)));
    if (others.some((scores) => scores.some(Boolean))) others.forEach((scores, at) => { parts[at] = scores; });
  }

  /** {docs: those that have enough of the query, rising; scores: array over all documents}. */
  async function scored(index, slots, asked) {
    const rows = await Promise.all(slots.map((row) => slotScores(index, row)));
    const has = (list) => asked.some((word) => list.includes(word)), counting = has(index.meta.how_many);
    const wanted = slots.flatMap((row) => row.wanted), favoured = new Set(counting ? index.meta.counts : []);
    index.meta.datasets.forEach(([name], at) => { if (wanted.includes("@" + name)) favoured.add(at); });
    const count = counts(index), parts = await narrowed(index, slots, rows);
    if (has(index.meta.where) && !counting) uncounted(parts, count);
    const kept = slots.map((row, at) => ({ ...row, scores: parts[at], size: parts[at].reduce(filled, 0) }))
      .filter((row) => row.size);
    if (!kept.length) return { docs: [], scores: [] };
    let telling = kept.filter((row) => row.size * 4 <= index.total || index.total < 40);
    if (!telling.length) telling = kept;
    const [sums, weights, needed] = [0, 0, 0].map(() => new Int32Array(index.total));
    for (const row of kept) {
      const needs = telling.includes(row) ? row.idf : 0;
      for (let doc = 0; doc < row.scores.length; doc++) {
        if (!row.scores[doc]) continue;
        sums[doc] += row.scores[doc];
        weights[doc] += row.idf;
        needed[doc] += needs;
      }
    }
    await addPairs(index, kept, sums, weights);
    const all = (rows) => rows.reduce((sum, row) => sum + row.idf, 0);
    const whole = all(telling), everything = all(kept);
    let docs = enough(needed, whole, telling.length < 4 ? 1 : FEW);
    const point = toThePoint(telling.filter((row) => row.worth === SAID));
    docs = joined(docs, point);
    let state = 0, end = index.meta.states[0];
    for (const doc of docs) {
      while (doc >= end && state < STATES.length - 1) end += index.meta.states[++state];
      const share = Math.floor(weights[doc] * 1024 / everything);
      sums[doc] = Math.floor(sums[doc] * share * share / 1048576) * WORTH[state] >> 4;
      if (favoured.size && favoured.has(index.dataset(doc))) sums[doc] *= 2;
    }
    const full = (doc) => needed[doc] === whole;
    const best = docs.reduce((most, doc) => Math.max(most, sums[doc]), 0);
    const worth = point.length ? LOOSE : docs.some(full) ? WORTHY : 2 * telling.length;
    return { docs: docs.filter((doc) => full(doc) || sums[doc] * worth >= best), scores: sums };
  }

  /** Documents that have all that tells; where they are few, also those that have most of it, or some. */
  function enough(needed, whole, fewest) {
    const having = (share) => {
      const docs = [];
      needed.forEach((weight, doc) => { if (weight && weight * 100 >= whole * share) docs.push(doc); });
      return docs;
    };
    const full = having(100);
    if (full.length >= FEW) return full;
    const most = having(STEPS[0]);
    return full.length || most.length >= fewest ? most : having(STEPS[1]);
  }

  function toThePoint(said) {
    if (!said.length) return [];
    const every = [], some = [];
    said[0].scores.forEach((_, doc) => {
      if (said.every((row) => row.scores[doc])) every.push(doc);
      if (said.some((row) => row.scores[doc])) some.push(doc);
    });
    return every.length > FEW ? every : some;
  }
  const joined = (some, others) => Array.from(new Set([...some, ...others])).sort((a, b) => a - b);

  const filled = (sum, score) => sum + (score ? 1 : 0);

  async function addPairs(index, slots, sums, weights) {
    for (let at = 1; at < slots.length; at++) {
      const [left, right] = [slots[at - 1], slots[at]];
      if (!left.key || !right.key) continue;
      const bonus = (left.idf + right.idf) * 6;
      for (const doc of await index.pair(left.key, right.key)) if (weights[doc]) sums[doc] += bonus;
    }
  }

  /** picked: Map of facet name → labels; wanted: count all facets, not the datasets only. */
  async function faceted(index, docs, picked, wanted) {
    const place = new Uint16Array(index.total);
    index.meta.runs.forEach(([end, dataset], at) => place.fill(dataset, at ? index.meta.runs[at - 1][0] : 0, end));
    const rows = [["Zbiór", index.meta.datasets.map(([, label], at) => [label, (doc) => place[doc] === at])]];
    if (wanted || Array.from(picked.keys()).some((name) => name !== "Zbiór")) rows.push(...await index.facets());
    const tests = new Map();
    for (const [name, labels] of picked) {
      const values = (rows.find((row) => row[0] === name) || [name, []])[1].filter(([label]) => labels.includes(label));
      tests.set(name, (doc) => values.some(([, has]) => has(doc)));
    }
    const passing = (but) => {
      const asked = Array.from(tests.keys()).filter((name) => name !== but).map((name) => tests.get(name));
      return asked.length ? docs.filter((doc) => asked.every((test) => test(doc))) : docs;
    };
    const facets = rows.map(([name, values]) => {
      const kept = passing(name);
      return [name, values.map(([label, has]) => [label, kept.reduce((sum, doc) => sum + (has(doc) ? 1 : 0), 0)])];
    });
    return { kept: passing(null), facets };
  }

  /** The best documents, best first: the first ones win among equals. */
  function best(docs, scores, limit) {
    const chosen = [];
    for (const doc of docs) {
      if (chosen.length === limit && scores[doc] <= scores[chosen[limit - 1]]) continue;
      let at = chosen.length;
      while (at && scores[chosen[at - 1]] < scores[doc]) at--;
      chosen.splice(at, 0, doc);
      if (chosen.length > limit) chosen.pop();
    }
    return chosen;
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
      const { docs, scores } = await scored(index, slots, words(fold(query)));
      const chosen = await faceted(index, docs, picked, facets);
      const hits = await Promise.all(best(chosen.kept, scores, limit).map(async (doc) => {
        const [address, title, line] = await index.card(doc);
        const [dataset, label] = index.meta.datasets[index.dataset(doc)];
        return { address, dataset, label, title, line, state: STATES[index.state(doc)], score: scores[doc] };
      }));
      const said = spellings([query]), written = spellings(hits.flatMap(({ title, line }) => [title, line]));
      const typed = (word) => said.get(word) || word, meant = (word) => written.get(word) || word;
      return {
        total: chosen.kept.length, hits, facets: chosen.facets,
        ignored: Array.from(new Set(ignored.map(typed))),
        corrected: corrected.map(([word, other]) => [typed(word), meant(other)]),
      };
    }
    const facetBytes = async () => (await open()).meta.facet_bytes;
    const facetNames = async () => ["Zbiór", ...await (await open()).facetNames()];
    return { open, search, facetBytes, facetNames };
  }

  root.Spojnik = Object.assign(root.Spojnik, { engine });
})(globalThis);
