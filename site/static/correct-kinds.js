// The kinds of values in the browser: what a person types → the canonical value, or a sentence why not.
// The rules come as data from the schema (popraw/<zbiór>/pola.js); Python checks everything once more.
"use strict";
(() => {
  const Popraw = (globalThis.Popraw = globalThis.Popraw || {});

  class Wrong extends Error {}
  const wrong = (why) => { throw new Wrong(why); };

  const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u061c]/g;
  const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]+/g;
  const clean = (text) => text.replace(/\r\n/g, "\n").replace(INVISIBLE, "").normalize("NFC").replace(CONTROL, " ");
  const words = (text) => text.split(/\s+/u).filter(Boolean).join(" ");
  const length = (text) => [...text].length;

  function line(raw) {
    const text = words(clean(raw));
    if (!text) wrong("to pole jest puste. Wpisz treść.");
    if (length(text) > 600) wrong(`tekst ma ${length(text)} znaków, mieści się 600. Skróć go.`);
    return text;
  }

  function prose(raw) {
    const text = clean(raw).split("\n").map(words).join("\n").replace(/\n{3,}/g, "\n\n").trim();
    if (!text) wrong("to pole jest puste. Wpisz treść.");
    if (length(text) > 20000) wrong(`tekst ma ${length(text)} znaków, mieści się 20 000. Skróć go.`);
    return text;
  }

  const sum = (digits, weights) => weights.reduce((total, weight, place) => total + weight * digits[place], 0);
  const bare = (raw, prefix) => line(raw).replace(prefix, "").replace(/[\s-]/g, "");

  function krs(raw) {
    const digits = bare(raw, /^krs:?/i);
    if (!/^\d{1,10}$/.test(digits) || !Number(digits))
      wrong("numer KRS ma 10 cyfr, zwykle z zerami na początku, np. 0000207658.");
    return digits.padStart(10, "0");
  }

  function nip(raw) {
    const digits = bare(raw, /^(nip:?|pl)\s*/i);
    if (!/^\d{10}$/.test(digits) || sum(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 !== Number(digits[9]))
      wrong("NIP ma 10 cyfr i cyfrę kontrolną, która tu się nie zgadza. Sprawdź numer.");
    return digits;
  }

  function regon(raw) {
    const digits = bare(raw, /^regon:?/i).replace(/^(\d{9})00000$/, "$1");
    if (!/^\d{9}$/.test(digits) || sum(digits, [8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 !== Number(digits[8]))
      wrong("REGON ma 9 cyfr i cyfrę kontrolną, która tu się nie zgadza. Sprawdź numer.");
    return digits;
  }

  function phone(raw, rule, poland) {
    const [main, inner = ""] = line(raw).replace(/^tel\.?:?\s*/i, "").split(/wew(.*)/s);
    if (/^(1\d{2}|9\d{2}|19\d{3}|116\d{3})$/.test(main.replace(/[\s-]/g, ""))) return main.replace(/[\s-]/g, "");
    const typed = main.replace(/[^\d+]/g, "").replace(/^00/, "+");
    if (/^\+(?!48)[1-9]\d{6,14}$/.test(typed)) return typed + ending(inner);
    let digits = typed.replace(/^\+48/, "");
    const real = new RegExp(`^(?:${poland.valid})$`);
    if (!real.test(digits) && /^48/.test(digits)) digits = digits.slice(2);
    if (!real.test(digits)) wrong("to nie jest numer telefonu. Wpisz 9 cyfr, np. 12 616 78 00.");
    const group = poland.groups.find(
      (each) => new RegExp(`^(?:${each.lead})`).test(digits) && new RegExp(`^(?:${each.pattern})$`).test(digits));
    return "+48 " + (group ? digits.replace(new RegExp(`^${group.pattern}$`), group.format) : digits) + ending(inner);
  }
  const ending = (inner) => (inner.replace(/\D/g, "") ? ` wew. ${inner.replace(/\D/g, "")}` : "");

  const NAME = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?";
  const MAIL = new RegExp(`^[\\p{L}\\p{N}!#$%&'*+/=?^_\`{|}~-]+(?:\\.[\\p{L}\\p{N}!#$%&'*+/=?^_\`{|}~-]+)*@(?:${NAME}\\.)+${NAME}$`, "u");
  const NOWHERE = /\.(local|localhost|test|invalid|onion|arpa|\d+)$/i;
  function email(raw) {
    const text = line(raw).replace(/\s*[[(]\s*(at|małpa)\s*[\])]\s*/g, "@").replace(/^mailto:/, "");
    const at = text.lastIndexOf("@");
    if (!MAIL.test(text) || NOWHERE.test(text) || text.length > 254)
      wrong("to nie jest adres e-mail. Wpisz np. biuro@example.org.");
    return text.slice(0, at) + text.slice(at).toLowerCase();
  }

  function url(raw) {
    const text = line(raw);
    const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
    let parts = null;
    try { parts = new URL(address); } catch { /* said below */ }
    if (!parts || !/^https?:\/\/[^/]/i.test(address) || !parts.hostname.includes(".") || /[\s<>"`{}|\\^]/.test(address))
      wrong("to nie jest adres strony. Wpisz adres zaczynający się od https://.");
    if (parts.username || parts.password) wrong("adres zawiera nazwę użytkownika albo hasło. Wpisz sam adres strony.");
    if (address.length > 2000) wrong("adres ma ponad 2000 znaków. Wpisz krótszy.");
    return address;
  }

  function pattern(raw, rule) {
    const text = line(raw);
    const example = rule.example ? ` Wpisz np. ${rule.example}.` : "";
    if (!new RegExp(rule.pattern, "u").test(text)) wrong(`zły zapis.${example}`);
    return text;
  }

  function day(raw) {
    const text = line(raw);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) wrong("data ma zły zapis. Wpisz rok-miesiąc-dzień, np. 2026-03-12.");
    const real = new Date(`${text}T00:00:00Z`);
    if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== text || text < "0001")
      wrong("nie ma takiego dnia w kalendarzu. Sprawdź dzień i miesiąc.");
    return text;
  }
  const when = (raw) => (/^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$/.test(line(raw)) ? line(raw) : day(raw));
  function moment(raw) {
    const [date, hour] = line(raw).replaceAll(" ", "T").split(/T(.*)/s);
    if (hour !== undefined && !/^([01]\d|2[0-3]):[0-5]\d(:00)?$/.test(hour))
      wrong("godzina ma zły zapis. Wpisz np. 2026-03-12T15:00.");
    return day(date) + (hour === undefined ? "" : `T${hour.slice(0, 5)}`);
  }

  function number(raw, rule) {
    const text = raw.replace(/[\s_]/g, "").replace(/,/g, ".").replace(/zł$/, "");
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) wrong("to nie jest liczba. Wpisz same cyfry, np. 1500,50.");
    const value = Number(text);
    if (value > rule.maximum || (rule.minimum !== null && value < rule.minimum))
      wrong("liczba jest poza rozsądnym zakresem. Sprawdź, czy nie ma zbędnych zer lub znaku minus.");
    if (!rule.digits && !Number.isInteger(value)) wrong("to nie jest liczba całkowita. Wpisz same cyfry.");
    return Number(value.toFixed(rule.digits)) + 0;
  }

  function years(raw) {
    const lines = clean(raw).split("\n").filter((each) => each.trim());
    const pairs = lines.map((each) => each.split(/[:;=–-](.*)/s).slice(0, 2).map((part) => part.trim()));
    if (!pairs.length || pairs.some(([year, amount]) => !/^(19|20)\d{2}$/.test(year) || !amount))
      wrong("wpisz rok i kwotę w kolejnych liniach, np. 2026: 150000.");
    const read = pairs.map(([year, amount]) => [year, number(amount, { minimum: 0, maximum: 1e12, digits: 2 })]);
    return Object.fromEntries(read.sort(([one], [two]) => one - two));
  }

  function choice(raw, rule) {
    const text = line(raw).toLowerCase();
    const found = Object.entries(rule.enum).find(([code]) => code.toLowerCase() === text)
      || Object.entries(rule.enum).find(([, label]) => label.toLowerCase() === text);
    return found ? found[0] : wrong("nie ma takiej pozycji na liście. Wybierz jedną z podanych.");
  }

  function flag(raw) {
    const said = { tak: true, true: true, nie: false, false: false }[raw.trim().toLowerCase()];
    return said === undefined ? wrong("wpisz „tak” albo „nie”.") : said;
  }

  const READERS = { line, prose, krs, nip, regon, phone, email, url, pattern, ref: pattern, day, when, moment, number,
    years, choice, flag };

  // What stands in a box → canonical value; null for an empty box. Throws Wrong with a Polish sentence.
  function read(raw, rule, poland) {
    const reader = READERS[rule.read] || line;
    if (!rule.many) return raw.trim() ? reader(raw, rule, poland) : null;
    const parts = raw.split("\n").filter((part) => part.trim()).map((part) => reader(part, rule, poland));
    if (parts.length > 200) wrong("lista ma ponad 200 pozycji. Skróć ją.");
    return parts.length ? [...new Set(parts)] : null;
  }

  Object.assign(Popraw, { Wrong, read, readers: READERS });
})();
