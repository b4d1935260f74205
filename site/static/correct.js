// A correction form: checks what was typed, writes the file, and offers the ways to send it.
"use strict";
(() => {
  const form = document.getElementById("poprawka");
  if (!form || !window.POLA || !window.Popraw) return;
  const LONGEST_ADDRESS = 6000;
  const LONGEST_LETTER = 1800; // some mail programs cut longer mailto: addresses
  const at = (id) => document.getElementById(id);
  const show = (element, visible) => { element.hidden = !visible; };
  const rules = window.POLA;
  const { repository, branch, contact, root } = form.dataset;
  const page = JSON.parse(at("wpis").textContent);

  const asked = Object.keys(rules.fields).filter((name) => form.querySelector(`[name="v_${name}"]`));
  const boxes = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const raw = (name, key = "value", ticked = "checked") => {
    const [first] = boxes(name);
    if (!first) return "";
    if (first.type === "checkbox")
      return boxes(name).filter((box) => box[ticked]).map((box) => box.value).join("\n");
    if (first.tagName === "SELECT" && key === "defaultValue")
      return [...first.options].find((option) => option.defaultSelected)?.value ?? "";
    return first[key];
  };
  const untouched = (name) => raw(name) === raw(name, "defaultValue", "defaultChecked");

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  // → { said, wrongs: [[field, why]] }
  function collect() {
    const wrongs = [];
    const attempt = (name, make) => {
      try { return make(); }
      catch (error) {
        if (!(error instanceof Popraw.Wrong)) throw error;
        wrongs.push([name, error.message]);
        return null;
      }
    };
    const asks = (name, rule, needed) => attempt(name, () => {
      const value = Popraw.read(raw(name), rule, rules.phone);
      if (value === null && needed) throw new Popraw.Wrong(needed);
      return value;
    });
    const said = { key: page.key, on: today(), values: {}, was: {} };
    for (const name of asked) {
      const rule = rules.fields[name];
      if (page.mode !== "new" && untouched(`v_${name}`)) continue;
      const value = asks(`v_${name}`, rule, rule.required ? "to pole jest wymagane." : "");
      const known = page.fields[name] || { now: null, was: null };
      if (JSON.stringify(value) === JSON.stringify(known.now)) continue;
      said.values[name] = value;
      if (page.mode !== "new") said.was[name] = known.was;
    }
    if (page.mode === "any") said.key = asks("klucz", { read: "ref", pattern: "^[a-z0-9][a-z0-9-]{1,119}$" }, "podaj klucz wpisu.");
    said.proof = asks("dowod", { read: "url" }, "podaj adres strony, na której to widać.");
    said.by = asks("kto", { read: "line" }, "wybierz, kim jesteś.");
    for (const [name, part, read] of [["koniec", "gone", "day"], ["do", "until", "day"], ["uwaga", "note", "prose"]])
      said[part] = asks(name, { read }, "") || "";
    if (said.until && !said.gone && !Object.keys(said.values).length && page.fields[rules.name])
      said.values[rules.name] = page.fields[rules.name].now; // nothing changes: a confirmation
    if (!wrongs.length && !said.gone && !Object.keys(said.values).length)
      wrongs.push([`v_${asked[0]}`, "nic się jeszcze nie zmieniło. Popraw przynajmniej jedno pole."]);
    if (page.mode === "new") {
      const name = String(said.values[rules.name] ?? "");
      said.key = rules.krs && said.values.krs ? `krs-${said.values.krs}` : `manual-${Popraw.slugify(name)}`;
    }
    return { said, wrongs };
  }

  const bare = (name) => name.replace(/^v_/, "");
  const label = (name) => rules.fields[bare(name)]?.label
    || form.querySelector(`[name="${name}"]`)?.closest(".ask").querySelector("label, legend").firstChild.textContent.trim();

  function complain(wrongs) {
    for (const line of form.querySelectorAll(".wrong")) show(line, false);
    for (const box of form.querySelectorAll("[aria-invalid]")) box.removeAttribute("aria-invalid");
    const summary = at("bledy");
    summary.replaceChildren();
    show(summary, wrongs.length);
    if (!wrongs.length) return;
    const list = document.createElement("ul");
    for (const [name, why] of wrongs) {
      const [box] = boxes(name);
      const line = at(`e-${bare(name)}`);
      if (line) { line.textContent = why; show(line, true); }
      if (!box) continue;
      box.setAttribute("aria-invalid", "true");
      const link = document.createElement("a");
      box.id = box.id || `f-${bare(name)}`;
      link.href = `#${box.id}`;
      link.textContent = `${label(name)}: ${why}`;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    summary.append("Jeszcze chwila. Popraw to:", list);
    summary.focus();
  }

  const typed = (value) => value === null || value === undefined ? ""
    : Array.isArray(value) ? value.map(typed).join("\n")
    : typeof value === "boolean" ? (value ? "tak" : "nie")
    : typeof value === "object" ? Object.entries(value).map(([year, amount]) => `${year}: ${amount}`).join("\n")
    : typeof value === "number" ? String(value).replace(".", ",") : value;

  const address = (start, parts) => start + Object.entries(parts).filter(([, part]) => part)
    .map(([name, part]) => `${name}=${encodeURIComponent(part)}`).join("&");

  function offer(said) {
    const { path, text } = Popraw.file(rules.folder, said);
    const changes = Object.fromEntries(
      Object.entries(said.values).map(([name, value]) => [`v_${name}`, value === null ? "usuń" : typed(value)]));
    const where = `https://github.com/${repository}`;
    const editor = address(`${where}/new/${branch}?`, { filename: path, value: text });
    const issue = address(`${where}/issues/new?`, {
      template: form.elements.template.value, klucz: page.mode === "new" ? "" : said.key, kto: said.by, dowod: said.proof,
      ...changes, koniec: said.gone, do: said.until, uwaga: said.note });
    const letter = `Dzień dobry,\n\nprzesyłam poprawkę. Plik: ${path}\n\n`;
    const whole = letter + text;
    const mail = address(`mailto:${contact}?`, { subject: `Poprawka: ${said.key}`,
      body: encodeURIComponent(whole).length > LONGEST_LETTER ? `${letter}(Wklej tu skopiowany tekst.)\n` : whole });
    const missing = [];
    for (const [id, link, here] of [["w-github", editor, repository], ["w-zgloszenie", issue, repository], ["w-poczta", mail, contact]]) {
      const fits = link.length <= LONGEST_ADDRESS;
      show(at(id), here && fits);
      if (here && fits) at(id).querySelector("a").href = link;
      if (here && !fits) missing.push("tekst jest za długi na odnośnik do GitHuba: skopiuj go albo wyślij e-mailem");
    }
    if (!repository) missing.push("ten serwis nie ma jeszcze wskazanego repozytorium");
    if (!contact) missing.push("nie ma jeszcze adresu e-mail");
    at("w-brak").textContent = missing.length ? `Nie wszystko jest dostępne: ${[...new Set(missing)].join("; ")}.` : "";
    show(at("w-brak"), missing.length);
    at("w-tresc").value = text;
    at("w-plik").textContent = `Plik: ${path}`;
    at("w-zmiany").textContent = told(said);
    fillSlip(said);
    show(at("wysylka"), true);
    at("wysylka").focus();
  }

  function told(said) {
    const parts = Object.keys(said.values).map((name) => rules.fields[name].label);
    if (said.gone) parts.push(`koniec od ${said.gone}`);
    if (said.until) parts.push(`aktualne do ${said.until}`);
    return `Zmieniasz: ${parts.join(", ")}. Plik jest sprawdzony; jeszcze raz sprawdzi go maszyna i człowiek.`;
  }

  function fillSlip(said) {
    const cell = (name, value) => {
      const row = document.querySelector(`[data-slip="${name}"]`);
      if (row) row.cells[2].textContent = value || "";
    };
    for (const name of asked) cell(name, name in said.values ? typed(said.values[name]) || "usuń" : "");
    for (const [name, value] of [["koniec", said.gone], ["dowod", said.proof], ["kto", said.by]]) cell(name, value);
  }

  // One page for a whole dataset: the record named in the address comes from its JSON.
  async function fetchRecord(key) {
    const block = `${root}dane/${rules.slug}/rekordy/${Popraw.sha256(key).slice(0, 2)}.json`;
    const answer = await fetch(page.blocks ? block : `${root}${rules.slug}/${key}.json`);
    const found = answer.ok ? await answer.json() : null;
    const record = page.blocks ? found?.[key] : found;
    if (!record) return;
    page.key = key;
    for (const name of asked) {
      const claims = record.why[name];
      if (!claims) continue;
      const source = claims.find((claim) => claim.source !== "manual") || claims[0];
      const now = record.doubts?.[name]?.code === "tie" ? null : claims[0].value;
      page.fields[name] = { now, was: source.value };
      for (const box of boxes(`v_${name}`)) {
        if (box.type === "checkbox") box.checked = box.defaultChecked = (now || []).includes(box.value);
        else if (box.tagName === "SELECT")
          for (const option of box.options) option.selected = option.defaultSelected = option.value === typed(now);
        else box.value = box.defaultValue = typed(now);
      }
    }
  }

  form.noValidate = true;
  for (const part of form.querySelectorAll(".plainly")) show(part, false);
  for (const part of form.querySelectorAll(".withjs")) show(part, true);
  // Two people may add the same thing; where the site is read from a disk nobody can tell, and the check will.
  async function isThere(key) {
    try { return (await fetch(`${root}${rules.slug}/${key}.html`, { method: "HEAD" })).ok; }
    catch { return false; }
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { said, wrongs } = collect();
    if (page.mode === "new" && !wrongs.length && await isThere(said.key))
      wrongs.push([`v_${rules.name}`, `taki wpis już jest (${said.key}). Otwórz go i popraw.`]);
    complain(wrongs);
    show(at("wysylka"), false);
    if (!wrongs.length) offer(said);
  });
  at("w-drukuj").addEventListener("click", () => window.print());
  at("w-kopiuj").addEventListener("click", async () => {
    at("w-tresc").select();
    try { await navigator.clipboard.writeText(at("w-tresc").value); at("w-powiedziane").textContent = "Skopiowano."; }
    catch { at("w-powiedziane").textContent = "Tekst jest zaznaczony: naciśnij Ctrl+C."; }
  });
  const focusField = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    target?.querySelector?.("input, select, textarea")?.focus();
  };
  if (page.mode === "any") {
    const key = new URLSearchParams(location.search).get("klucz");
    if (key) { form.elements.klucz.value = key; fetchRecord(key).then(focusField); }
  }
  // After the browser's own jump to the fragment, which takes the focus away.
  window.addEventListener("load", () => setTimeout(focusField));
  window.addEventListener("hashchange", focusField);
})();
