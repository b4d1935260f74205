// Runs a person's query over the published database, here in the browser. The query lives in the address, so that a
// question can be sent to somebody; nothing is stored and nothing is sent to a server.
"use strict";
(function () {
  const form = document.getElementById("zapytanie");
  const words = JSON.parse(document.getElementById("sql-slowa").textContent);
  const field = form.elements.q, state = document.getElementById("stan"), place = document.getElementById("wynik");
  const file = document.getElementById("plik"), MOST = 500;
  let opened;

  function open() {
    opened = opened || Promise.all([
      initSqlJs({ locateFile: (name) => form.dataset.engine + name }),
      fetch(form.dataset.base).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.arrayBuffer();
      }),
    ]).then(([engine, bytes]) => new engine.Database(new Uint8Array(bytes)));
    return opened;
  }

  function cell(kind, value, row) {
    const made = document.createElement(kind);
    made.textContent = value === null ? "–" : String(value);
    if (kind === "th") made.scope = "col";
    row.append(made);
  }

  function table(columns, rows) {
    const made = document.createElement("table"), head = made.createTHead().insertRow();
    columns.forEach((name) => cell("th", name, head));
    const body = made.createTBody();
    rows.slice(0, MOST).forEach((values) => {
      const row = body.insertRow();
      values.forEach((value) => cell("td", value, row));
    });
    return made;
  }

  function guarded(value) {  // a spreadsheet would run text that begins like a formula
    const text = value === null ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return '"' + safe.replace(/"/g, '""') + '"';
  }

  function offer(columns, rows) {
    const lines = [columns, ...rows].map((row) => row.map(guarded).join(","));
    if (file.href.startsWith("blob:")) URL.revokeObjectURL(file.href);
    file.href = URL.createObjectURL(new Blob([lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    file.hidden = false;
  }

  async function run() {
    state.textContent = words.loading;
    place.hidden = file.hidden = true;
    let database;
    try {
      database = await open();
    } catch (why) {
      opened = undefined;
      state.textContent = words.failed;
      return;
    }
    try {
      const found = database.exec(field.value).pop();
      if (!found || !found.values.length) {
        state.textContent = words.none;
        return;
      }
      const sentence = found.values.length > MOST ? words.first : words.rows;
      state.textContent = sentence.replace("{n}", found.values.length);
      place.replaceChildren(table(found.columns, found.values));
      place.hidden = false;
      offer(found.columns, found.values);
    } catch (why) {
      state.textContent = words.wrong.replace("{why}", why.message);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.pushState(null, "", "?q=" + encodeURIComponent(field.value));
    run();
  });
  function read() {
    const asked = new URLSearchParams(location.search).get("q");
    if (asked) {
      field.value = asked;
      run();
    }
  }
  addEventListener("popstate", read);
  read();
})();
