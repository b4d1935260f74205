/* Word families, step by step as spojnik/search/roots.py: endings and families come with the index. */
(function (root) {
  "use strict";
  const TAILS = [["cz", "c"], ["sz", "s"], ["ch", "s"], ["rz", "r"], ["dz", "d"], ["k", "c"], ["t", "c"]];
  const SOFT = /[^aeiouy][ij]$/, FLEETING = /([^aeiouy])i?e(?=[kclnr]$)/, VOWEL = /[aeiouy]/;
  const HABIT = /a(?=[^aeiouy]+$)/, HABITS = ["ac", "any", "anie", "acy"], SHORTEST = 4;

  class Roots {
    constructor(endings, families) {
      this.endings = new Map(endings.map((ending) => [ending.replace("|", ""), ending.split("|").pop().length]));
      this.longest = Math.max(0, ...Array.from(this.endings.keys(), (ending) => ending.length));
      this.known = new Map(families.map((row) => row.split(" ")).map(([name, ...words]) => [name, words]));
      this.families = new Map();
      this.known.forEach((words, name) => words.forEach((word) => this.families.set(word, name)));
    }
    of(word) {
      if (!/^[a-z]+$/.test(word)) return [];
      for (let length = word.length; length > 2; length--) {
        const family = this.families.get(word.slice(0, length));
        if (family) return [family];
      }
      const found = new Set();
      for (const stem of this.stems(word)) {
        const one = spelled(stem), ending = word.slice(stem.length);
        found.add(one);
        const said = stem.length > SHORTEST && HABITS.some((habit) => ending.endsWith(habit));
        if (said) found.add(one.replace(HABIT, "o"));
      }
      return Array.from(found);
    }
    stems(word) {
      const found = [];
      for (let length = Math.min(this.longest, word.length - SHORTEST); length > 0; length--) {
        const cut = this.endings.get(word.slice(-length));
        if (cut === undefined) continue;
        const stem = word.slice(0, word.length - cut), split = word.length - length;
        if (stem.length < SHORTEST + (found.length ? 1 : 0) || !VOWEL.test(stem)) continue;
        if (word[split] !== "k" || !VOWEL.test(word[split - 1])) found.push(stem);
      }
      if (word.length > SHORTEST || !found.length) found.push(word);
      return found;
    }
    beginnings(name) {
      const known = this.known.get(name) || [];
      if (name.length < SHORTEST) return known;
      const inner = name.slice(0, -1), vowel = Math.max(inner.lastIndexOf("a"), inner.lastIndexOf("o"));
      const habit = vowel >= SHORTEST - 1 && !VOWEL.test(name.slice(vowel + 1));
      return [...known, habit ? name.slice(0, vowel) : inner];
    }
    telling(name) { return name.length > SHORTEST || this.known.has(name); }
  }

  function spelled(stem) {
    if (stem.length <= SHORTEST) return stem.endsWith("k") ? stem.slice(0, -1) + "c" : stem;
    const hard = SOFT.test(stem) ? stem.slice(0, -1) : stem;
    const tail = TAILS.find(([end]) => hard.endsWith(end));
    return (tail ? hard.slice(0, -tail[0].length) + tail[1] : hard).replace(FLEETING, "$1");
  }

  root.Spojnik = Object.assign(root.Spojnik || {}, { Roots });
})(globalThis);
