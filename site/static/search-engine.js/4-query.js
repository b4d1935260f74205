/* What a query means: words → slots, step by step as spojnik/search/query.py, where every function says why. */
(function (root) {
  "use strict";
  const { NUMBER, HOUSE, EXACT, fold, words, digits, match, meant, spoken } = root.Spojnik;
  const SYNONYM = 52, NUMBER_WORTH = 255, KIN = 3;
  const SENTENCE = 4, ENGLISH = 2, DATASET = "@", VAGUE = "~", SAID = 24, PLAIN = 16, GUESSED = 8;
  const LABELS = new Set(["krs", "nip", "regon", "tel", "telefon", "numer", "nr", "phone"]);

  async function understood(index, query) {
    const { slots, folded } = await identified(index, fold(query)), ignored = [], corrected = [];
    let typed = words(folded);
    if (slots.length) typed = typed.filter((word) => !LABELS.has(word));
    const matches = await matched(index, typed), stops = index.meta.stops;
    const near = await besides(index, typed, matches), asking = isAsking(index, typed);
    const sayings = await index.sayings(typed.flatMap((word, at) => matches[at] ? [word, ...matches[at].exact] : []));
    for (let at = 0; at < typed.length;) {
      let [pattern, meanings] = near.has(at) ? [typed[at], []] : synonym(sayings, typed, matches, at);
      const parts = partsOf(pattern), taken = parts.length;
      if (taken === 1 && matches[at] && matches[at].known && !asking) {
        meanings = meanings.filter((meaning) => meaning.slice(0, KIN) === typed[at].slice(0, KIN));
      }
      const wanted = meanings.filter((meaning) => meaning[0] === DATASET);
      meanings = meanings.filter((meaning) => meaning[0] !== DATASET);
      let here = matches.slice(at, at + taken);
      if (meanings.length) here = here.map((found, i) => explained(parts[i], typed[at + i], found));
      let own = here.filter((found) => found && found.terms.length);
      if (meanings.length && own.length < here.filter(Boolean).length) own = [];
      here.forEach((found, i) => { if (found && found.corrected) corrected.push([typed[at + i], found.corrected]); });
      if (own.length || meanings.length) {
        const made = await slot(index, own, meanings, taken);
        if (asking) weigh(made, own, meanings.length > 0);
        slots.push({ ...made, beside: near.get(at) || 0, vague: pattern.startsWith(VAGUE), wanted });
      } else ignored.push(...typed.slice(at, at + taken).filter((word) => !stops.includes(word)));
      at += taken;
    }
    return { slots: certain(slots), ignored, corrected };
  }

  async function identified(index, typed) {
    const slots = [], labelled = words(typed).some((word) => LABELS.has(word));
    let folded = typed;
    for (const run of typed.match(NUMBER) || []) {
      const kept = digits(run), bare = kept.replace(/^0+/, "");
      if (kept.length < (labelled ? 4 : 5) || !bare) continue;
      const rows = await index.identifiers(bare);
      let chosen = rows.filter((row) => row.bare === bare);
      if (!chosen.length) chosen = rows.filter((row) => ("0".repeat(row.zeros) + row.bare).startsWith(kept));
      if (!chosen.length) continue;
      const numbers = chosen.flatMap((row) => row.docs);
      slots.push({ choices: [], idf: NUMBER_WORTH, key: "", beside: 0, worth: PLAIN, numbers, wanted: [] });
      folded = folded.replace(run, " ");
    }
    return { slots, folded };
  }

  function certain(slots) {
    const clear = slots.filter((row) => !row.vague);
    return clear.some((row) => row.worth > GUESSED) && !slots.some((row) => row.beside) ? clear : slots;
  }

  async function matched(index, typed) {
    const { stops, asks, english } = index.meta;
    let silent = new Set([...stops, ...asks]);
    if (typed.every((word) => silent.has(word))) silent = new Set(stops);
    const foreign = new Set(typed.filter((word) => english.includes(word))).size >= ENGLISH;
    return Promise.all(typed.map(async (word) => {
      if (silent.has(word) || silent.has(spoken(word))) return null;
      const found = await match(index, word);
      return foreign && !found.exact.length ? NOTHING : found;
    }));
  }
  const NOTHING = { terms: [], exact: [], corrected: "", known: 0 };

  function isAsking(index, typed) {
    const { stops, asks, joins } = index.meta, said = new Set([...stops, ...asks]);
    joins.forEach((word) => said.delete(word));
    return typed.length >= SENTENCE && typed.some((word) => said.has(word) || spoken(word) !== word);
  }

  function weigh(made, own, said) {
    const sure = own.some((found) => found.exact.length && !found.corrected);
    made.worth = said ? SAID : sure ? PLAIN : GUESSED;
    made.idf = Math.max(1, made.idf * made.worth >> 4);
  }

  function explained(part, word, found) {
    const named = part.endsWith("*") || part.split("|").includes(word);
    return named && found && found.corrected ? NOTHING : found;
  }

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
    return { choices, idf, key: (width === 1 && own.length && own[0].exact[0]) || "", worth: PLAIN, numbers: [] };
  }

  const partsOf = (pattern) => (pattern.startsWith(VAGUE) ? pattern.slice(1) : pattern).split(" ");

  function synonym(sayings, typed, matches, at) {
    let best = [typed[at], []], longest = 1;
    for (const [pattern, meanings] of sayings) {
      const parts = partsOf(pattern);
      if (parts.length < longest || (parts.length === longest && best[1].length)) continue;
      if (at + parts.length > typed.length || !matches.slice(at, at + parts.length).some(Boolean)) continue;
      if (parts.length === 1 && pattern.endsWith("*") && isFound(matches[at])) continue;
      if (!parts.every((part, i) => is(part, typed[at + i], matches[at + i]))) continue;
      best = [pattern, meanings];
      longest = parts.length;
    }
    return best;
  }
  const isFound = (found) => Boolean(found && found.terms.length && !found.corrected);

  function is(part, word, found) {
    if (part.endsWith("*")) return word.startsWith(part.slice(0, -1));
    const choices = part.split("|");
    return choices.includes(word) || Boolean(found && found.exact.some((key) => choices.includes(key)));
  }

  root.Spojnik = Object.assign(root.Spojnik, { understood, SAID, NUMBER_WORTH });
})(globalThis);
