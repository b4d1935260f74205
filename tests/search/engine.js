/* The browser's engine under Node: node engine.js STATIC INDEX < [["words", limit, {facet: [labels]}], …] > answers. */
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const [folder, index] = process.argv.slice(2);
const parts = path.join(folder, "search-engine.js");
for (const name of fs.readdirSync(parts).sort()) {
  vm.runInThisContext(fs.readFileSync(path.join(parts, name), "utf8"), { filename: name });
}
const read = async (name) => {
  try {
    return fs.readFileSync(path.join(index, name));
  } catch (error) {
    throw new globalThis.Spojnik.IndexMissing("missing");
  }
};

(async () => {
  const engine = globalThis.Spojnik.engine(read);
  const answers = [];
  for (const [words, limit, picked] of JSON.parse(fs.readFileSync(0, "utf8"))) {
    try {
      answers.push(await engine.search(words, { limit, picked: new Map(Object.entries(picked)) }));
    } catch (error) {
      answers.push({ error: error.message, known: error instanceof globalThis.Spojnik.IndexMissing });
    }
  }
  process.stdout.write(JSON.stringify(answers));
})();
