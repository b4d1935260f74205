/* The search engine for the browser and for Node, step by step as spojnik/search/query.py: a test compares answers.
   Whole numbers only. Needs search-index.js and search-match.js; no page here, see search.js. */
(function (root) {
  "use strict";
  const { Index, STATES, NUMBER, HOUSE, EXACT, fold, words, digits, match, meant } = root.Spojnik;
  const IMPACTS = [2, 3, 4, 6, 8, 11, 15, 20], WORTH = [24, 22, 20, 18, 13, 10];
  const SYNONYM = 52, NUMBER_WORTH = 255, KIN = 3, WHOLE = 5;
  const STEPS = [70, 25], FEW = 3, WORTHY = 3;
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
      slots.push({ choices: [], idf: NUMBER_WORTH, key: "", beside: 0, numbers: chosen.flatMap((row) => row.docs) });
      folded = folded.replace(run, " ");
    }
    let typed = words(folded);
    if (slots.length) typed = typed.filter((word) => !LABELS.has(word));
    const stops = new Set(index.meta.stops), asks = new Set(index.meta.asks);
    const quiet = typed.every((word) => stops.has(word) || asks.has(word));
    const silent = (word) => stops.has(word) || (!quiet && asks.has(word));
    const matches = await Promise.all(typed.map((word) => (silent(word) ? null : match(index, word))));
    const near = await besides(index, typed, matches);
    const sayings = await index.sayings(typed.flatMap((word, at) => matches[at] ? [word, ...matches[at].exact] : []));
    for (let at = 0; at < typed.length;) {
      let [taken, meanings] = near.has(at) ? [1, []] : synonym(sayings, typed, matches, at);
      if (taken === 1 && matches[at] && matches[at].known) {
        meanings = meanings.filter((meaning) => meaning.slice(0, KIN) === typed[at].slice(0, KIN));
      }
      const here = matches.slice(at, at + taken);
      let own = here.filter((found) => found && found.terms.length);
      if (meanings.length && own.length < here.filter(Boolean).length) own = [];
      here.forEach((found, i) => { if (found && found.corrected) corrected.push([typed[at + i], found.corrected]); });
      if (own.length || meanings.length) {
        slots.push({ ...await slot(index, own, meanings, taken), beside: near.get(at) || 0 });
      } else ignored.push(...typed.slice(at, at + taken).filter((word) => !stops.has(word)));
      at += taken;
    }
    return { slots, ignored: Array.from(new Set(ignored)), corrected };
  }

  /** Places of words that only narrow a name: -1 for the number of a house, 1 for the kind of a place. */
  async function besides(index, typed, matches) {
    const near = new Map(), said = matches.slice(), places = new Map(Object.entries(index.meta.places));
    const counted = (word) => places.has(word) || index.meta.counted.includes(word);
    const named = (at) => {
      const { terms, exact, known } = matches[at];
      if (exact.length && known) {
        matches[at] = { ...matches[at], terms: terms.filter(([term]) => exact.includes(term.key)) };
      }
    };
    for (let at = 0; at < typed.length; at++) {
      const after = said.findIndex((found, other) => other > at && found && found.terms.length);
      const short = places.get(typed[at]);
      if (short !== undefined && after > 0) {
        named(after);
        matches[at] = short && said[at] ? await match(index, short) : null;
        near.set(at, 1);
      } else if (at && HOUSE.test(typed[at]) && !counted(typed[at - 1]) && said[at - 1]
          && (near.has(at - 1) || said[at - 1].terms.length)) {
        near.set(at, -1);
        named(at - 1);
      }
    }
    return near;
  }

  async function slot(index, own, meanings, width) {
    const choices = own.length ? [[own.map((found) => found.terms), EXACT]] : [];
    for (const meaning of meanings) {
      choices.push([await Promise.all(meaning.split(" ").map((word) => meant(index, word.split("|")))), SYNONYM]);
    }
    const weight = (word) => (word.length ? word[0][0].weight : 0);
    const telling = ([phrase]) => Math.floor(
      phrase.reduce((sum, word) => sum + weight(word), 0) * Math.min(width, phrase.length) / phrase.length);
    const idf = Math.max(1, ...choices.map(telling));
    return { choices, idf, key: (width === 1 && own.length && own[0].exact[0]) || "", numbers: [] };
  }

  function synonym(sayings, typed, matches, at) {
    let best = [1, []];
    for (const [pattern, meanings] of sayings) {
      const parts = pattern.split(" ");
      if (parts.length < best[0] || (parts.length === best[0] && best[1].length)) continue;
      if (at + parts.length > typed.length || !matches.slice(at, at + parts.length).some(Boolean)) continue;
      if (parts.every((part, i) => is(part, typed[at + i], matches[at + i]))) best = [parts.length, meanings];
    }
    return best;
  }

  function is(part, word, found) {
    if (part.endsWith("*")) {
      return word.startsWith(part.slice(0, -1)) && !(found && found.terms.length && !found.corrected);
    }
    const choices = part.split("|");
    return choices.includes(word) || Boolean(found && found.exact.some((key) => choices.includes(key)));
  }

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

  async function slotScores(index, { choices, numbers }) {
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
        const score = Math.floor(sum * worth / (4 * parts.length)) * weight >> 6;
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
    const docs = enough(needed, whole, telling.length < 4 ? 1 : FEW);
    let state = 0, end = index.meta.states[0];
    for (const doc of docs) {
      while (doc >= end && state < STATES.length - 1) end += index.meta.states[++state];
      const share = Math.floor(weights[doc] * 1024 / everything);
      sums[doc] = Math.floor(sums[doc] * share * share / 1048576) * WORTH[state] >> 4;
      if (counting && count(doc)) sums[doc] *= 2;
    }
    const full = (doc) => needed[doc] === whole;
    const best = docs.reduce((most, doc) => Math.max(most, sums[doc]), 0);
    const worth = docs.some(full) ? WORTHY : 2 * telling.length;
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
      return { total: chosen.kept.length, hits, ignored, corrected, facets: chosen.facets };
    }
    const facetBytes = async () => (await open()).meta.facet_bytes;
    const facetNames = async () => ["Zbiór", ...await (await open()).facetNames()];
    return { open, search, facetBytes, facetNames };
  }

  root.Spojnik = Object.assign(root.Spojnik, { engine });
})(globalThis);
