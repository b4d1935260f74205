/* The search box. On every page: the form works without this script; with it, the engine is fetched when somebody
   enters the box. On the search page: answers are shown, the address can be shared, and a failure is told in words.

   Markup it works with:
     <form id="szukaj" action="/szukaj/" role="search" data-index="/szukaj/indeks/">   with <input name="q">
       data-index: address of the index; the site begins two folders above it, or at <html data-base="…">
       data-az: list from A to Z for when search fails (default: the part #listy of this page, else the home page)
     <p id="wyniki-stan" role="status">, <ol id="wyniki">, <div id="wyniki-filtry">   on the search page only
     <script type="application/json" id="szukaj-slowa">          sentences in another language, see WORDS for names */
(function () {
  "use strict";
  const WORDS = {
    found: { one: "{n} wynik.", few: "{n} wyniki.", many: "{n} wyników.", other: "{n} wyniku." },
    none: "Nie ma wyników. Spróbuj innych słów albo zacznij od krótszego pytania.",
    empty: "Wpisz, czego szukasz.",
    searching: "Szukam…",
    ignored: "Pominięte słowa: {words}.",
    instead: "Szukam też podobnych słów: {words}.",
    more: "Pokaż więcej wyników",
    filters: "Pokaż filtry",
    rest: "Pozostałe",
    browse: "Przejrzyj listy od A do Z",
    title: "{words} – wyniki wyszukiwania",
    offline: "Nie udało się pobrać plików wyszukiwarki. Sprawdź połączenie z internetem i spróbuj jeszcze raz.",
    missing: "Wyszukiwarka teraz nie działa: brakuje części jej spisu.",
    broken: "Wyszukiwarka teraz nie działa: jej spis jest uszkodzony.",
    error: "Nie udało się wczytać wyszukiwarki. Odśwież stronę.",
    old: "Ta przeglądarka jest za stara na tę wyszukiwarkę.",
    states: { open: "otwarte", soon: "wkrótce", past: "zakończone", gone: "nie ma już na liście" },
  };
  const ENGINE = "search-engine.js";
  const PAGE = 10, FACET_BYTES = 30000, SHOWN = 8;
  const here = document.currentScript ? document.currentScript.src : "";
  const form = document.getElementById("szukaj");
  if (!form) return;
  const box = form.elements.q, status = document.getElementById("wyniki-stan");
  const list = document.getElementById("wyniki"), filters = document.getElementById("wyniki-filtry");
  const folder = new URL(form.getAttribute("data-index") || "/szukaj/indeks/", location.href).href;
  const base = new URL(document.documentElement.getAttribute("data-base") || "../../", folder).href;
  const words = Object.assign({}, WORDS, translated());
  let engine = null, turn = 0, limit = PAGE, wantsFacets = false;

  function translated() {
    const table = document.getElementById("szukaj-slowa");
    try { return table ? JSON.parse(table.textContent) : {}; } catch (error) { return {}; }
  }
  const say = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name]);
  function counted(n) {
    const language = document.documentElement.lang || "pl", rule = new Intl.PluralRules(language).select(n);
    return say(words.found[rule] || words.found.other || words.found, { n: n.toLocaleString(language) });
  }
  function element(name, text, attributes) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    Object.entries(attributes || {}).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  }

  // ---- the engine, when it is wanted ---------------------------------------------------------------------------
  function script(address) {
    return new Promise((resolve, reject) => {
      const made = element("script", "", { src: address });
      made.onload = resolve;
      made.onerror = () => reject(new Error("offline"));
      document.head.append(made);
    });
  }
  function load() {
    if (!engine) {
      if (typeof DecompressionStream === "undefined") return Promise.reject(new Error("old"));
      engine = script(new URL(ENGINE, here).href)
        .then(() => { if (!window.Spojnik) throw new Error("old"); return window.Spojnik.engine(read); });
      engine.catch(() => { engine = null; });
    }
    return engine;
  }
  async function read(name) {
    let answer;
    try { answer = await fetch(folder + name); } catch (error) { throw new window.Spojnik.IndexMissing("offline"); }
    if (!answer.ok) throw new window.Spojnik.IndexMissing("missing");
    return answer.arrayBuffer();
  }
  box.addEventListener("focus", () => { load().then((made) => made.open()).catch(() => {}); }, { once: true });
  if (!list || !status) return;

  // ---- the address ---------------------------------------------------------------------------------------------
  const slug = (name) => (name === "Zbiór" ? "dataset" : window.Spojnik.words(window.Spojnik.fold(name)).join("-"));
  function asked() {
    const query = new URLSearchParams(location.search), picked = new Map();
    for (const key of new Set(query.keys())) if (key !== "q") picked.set(key, query.getAll(key));
    return { text: (query.get("q") || "").trim(), picked };
  }
  function go(text, picked) {
    const query = new URLSearchParams({ q: text });
    for (const [key, labels] of picked) labels.forEach((label) => query.append(key, label));
    history.pushState(null, "", location.pathname + "?" + query);
    limit = PAGE;
    return show();
  }

  // ---- the answer ----------------------------------------------------------------------------------------------
  async function show() {
    const mine = ++turn, { text, picked } = asked();
    box.value = text;
    if (!text) return clear(words.empty);
    status.textContent = words.searching;
    try {
      const made = await load(), bytes = await made.facetBytes();
      const facets = wantsFacets || picked.size > 0 || bytes <= FACET_BYTES;
      const names = new Map();
      if (picked.size) {
        for (const name of await made.facetNames()) if (picked.has(slug(name))) names.set(name, picked.get(slug(name)));
      }
      const answer = await made.search(text, { limit, picked: names, facets });
      if (mine !== turn) return undefined;
      render(text, picked, answer, facets);
    } catch (error) {
      if (mine === turn) fail(error);
    }
    return undefined;
  }
  function clear(sentence) {
    list.replaceChildren();
    if (filters) filters.replaceChildren();
    status.replaceChildren(sentence);
  }
  function browse() {
    const near = document.getElementById("listy") ? "#listy" : base;
    return element("a", words.browse, { href: form.getAttribute("data-az") || near });
  }
  function fail(error) {
    clear(["offline", "missing", "broken", "old"].includes(error.message) ? words[error.message] : words.error);
    status.append(" ", browse());
  }
  function render(text, picked, answer, facets) {
    const remarks = [], meant = answer.corrected.map((pair) => pair[1]);
    if (meant.length) remarks.push(say(words.instead, { words: meant.join(", ") }));
    if (answer.ignored.length) remarks.push(say(words.ignored, { words: answer.ignored.join(", ") }));
    status.replaceChildren([answer.total ? counted(answer.total) : words.none, ...remarks].join(" "));
    if (!answer.total) status.append(" ", browse());
    document.title = say(words.title, { words: text });
    list.replaceChildren(...answer.hits.map(card));
    if (answer.total > limit) list.append(more());
    if (filters) drawFilters(text, picked, answer, facets);
  }
  function card(hit) {
    const item = element("li", "", { class: "row" }), about = element("p", "", { class: "status" });
    item.append(element("a", hit.title, { class: "name", href: base + hit.address, lang: "pl" }));
    if (hit.line) item.append(element("p", hit.line, { class: "deciding", lang: "pl" }));
    about.append(element("span", hit.label, { class: "dataset", lang: "pl" }));
    if (words.states[hit.state]) {
      about.append(" · ", element("span", words.states[hit.state], { class: "state", "data-state": hit.state }));
    }
    item.append(about);
    return item;
  }
  function more() {
    const item = element("li", "", { class: "more" });
    const button = element("button", words.more, { type: "button" });
    button.addEventListener("click", async () => {
      const first = limit;
      limit += PAGE;
      await show();
      const next = list.children[first] && list.children[first].querySelector("a");
      if (next) next.focus();
    });
    item.append(button);
    return item;
  }

  // ---- filters -------------------------------------------------------------------------------------------------
  function drawFilters(text, picked, answer, facets) {
    const focused = document.activeElement && filters.contains(document.activeElement) ? document.activeElement.id : "";
    const [sets, ...others] = answer.facets.map(([name, values], at) => ({ name, values, at, all: sum(values) }));
    others.sort((left, right) => right.all - left.all);
    const groups = [sets, ...others].map((facet) => group(text, picked, facet, answer.total)).filter(Boolean);
    filters.replaceChildren(...groups);
    if (!facets) {
      const button = element("button", words.filters, { type: "button" });
      button.addEventListener("click", () => { wantsFacets = true; show(); });
      filters.append(button);
    }
    const again = focused && document.getElementById(focused);
    if (again) again.focus();
  }
  const sum = (values) => values.reduce((all, row) => all + row[1], 0);
  /** One filter as a group of boxes; nothing where every choice would leave the result as it is. */
  function group(text, picked, { name, values, at: place }, total) {
    const key = slug(name), chosen = picked.get(key) || [];
    if (!chosen.length && values.every((row) => row[1] === 0 || row[1] === total)) return null;
    const rows = values.map(([label, count], at) => ({ label, count, id: "filtr-" + place + "-" + at }))
      .filter(({ label, count }) => count || chosen.includes(label)).sort((left, right) => right.count - left.count);
    if (!rows.length) return null;
    const field = element("fieldset"), seen = element("ul"), rest = element("ul");
    field.append(element("legend", name), seen);
    rows.forEach(({ label, count, id }, at) => {
      const item = element("li"), tick = element("input", "", { type: "checkbox", id, name: key, value: label });
      tick.checked = chosen.includes(label);
      tick.addEventListener("change", () => {
        const kept = chosen.filter((other) => other !== label);
        go(text, new Map(picked).set(key, tick.checked ? [...kept, label] : kept));
      });
      item.append(tick, " ", element("label", label + " (" + count + ")", { for: id }));
      (at < SHOWN || tick.checked ? seen : rest).append(item);
    });
    if (rest.children.length) {
      const details = element("details");
      details.append(element("summary", words.rest), rest);
      field.append(details);
    }
    return field;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(box.value.trim(), new Map());
  });
  window.addEventListener("popstate", () => { limit = PAGE; show(); });
  if (asked().text) show();
})();
