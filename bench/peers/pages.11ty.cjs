// Eleventy's fastest way: one template in plain JavaScript, paginated over all records and lists.
const e = (text) => String(text).replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
const link = (href, text) => `<a href="${e(href)}">${e(text)}</a>`;
const record = (r) => `<!doctype html>
<html lang="pl"><head><meta charset="utf-8"><title>${e(r.title)} – Pomiar</title><meta name="description" content="${e(r.description)}"></head>
<body><nav><a href="../organizacje/">Organizacje</a></nav>
<main><h1>${e(r.title)}</h1>
<dl>
${r.facts.map((fact) => `<div><dt>${e(fact.label)}</dt><dd>${fact.values.map((value) => value.href ? link(value.href, value.text) : e(value.text)).join(", ")}
<p>Źródło: <a href="../zrodla/#organisations-desk">${e(r.source)}</a>. Widziane ${e(r.seen)}, źródło z: ${e(r.published)}. ${r.urls.map((url) => link(url, url)).join("")}</p>
<p><a href="../${e(fact.correct)}">Popraw tę wartość</a></p></dd></div>`).join("\n")}
</dl></main>
<footer><p>Wartości ze źródeł mają warunki swoich źródeł.</p></footer></body></html>`;
const list = (l) => `<!doctype html>
<html lang="pl"><head><meta charset="utf-8"><title>${e(l.title)} – Pomiar</title></head>
<body><main><h1>Organizacje</h1><p>${e(l.counted)}, strona ${l.number}</p>
<ul>
${l.rows.map((row) => `<li>${link(`${l.root}organizacje/${row.key}.html`, row.title)}${row.facts.map((fact) => ` <span>${e(fact.label)}: ${e(fact.text)}</span>`).join("")}</li>`).join("\n")}
</ul></main></body></html>`;
module.exports = class {
  data() {
    return {
      pagination: { data: "all", size: 1, alias: "item" },
      permalink: (data) => (data.item.url ? data.item.url.replace(/\/$/, "/index.html") : `/organizacje/${data.item.key}.html`),
      eleventyComputed: {},
    };
  }
  render({ item }) {
    return item.url ? list(item) : record(item);
  }
};
