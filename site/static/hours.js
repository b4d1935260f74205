/* Opening hours in the browser: the same subset and the same holidays as spojnik/hours.py, on Kraków's clocks wherever
   the reader is. Days are numbers of days since 1970, minutes are counted from midnight. null means: we do not know. */
(function () {
  "use strict";
  const DAY = 1440, FAR = 400;
  const WEEK = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const YEARLY = ["1-1", "1-6", "5-1", "5-3", "8-15", "11-1", "11-11", "12-25", "12-26"];
  const month = "(?:" + MONTHS.join("|") + ")", week = "(?:" + WEEK.join("|") + ")";
  const dayYear = month + "(?: \\d\\d?)?(?:-(?:" + month + "(?: \\d\\d?)?|\\d\\d?))?";
  const dayWeek = "(?:PH|" + week + "(?:-" + week + "|\\[-?\\d(?:,-?\\d)*\\])?)";
  const span = "\\d\\d:\\d\\d-\\d\\d:\\d\\d";
  const list = (one) => one + "(?:, ?" + one + ")*";
  const RULE = new RegExp("^(" + list(dayYear) + ")?:? ?(" + list(dayWeek) + ")? ?(" + list(span) + "|24/7)?" +
    " ?(off|closed|open)?$");
  const all = (text, one) => text.match(new RegExp(one, "g")) || [];

  const number = (y, m, d) => Math.round(Date.UTC(y, m - 1, d) / 864e5);
  function parts(day) {
    const date = new Date(day * 864e5);
    return { y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate(), w: (date.getUTCDay() + 6) % 7 };
  }

  function easter(y) { // Meeus–Jones–Butcher
    const c = Math.floor(y / 100), r = y % 100;
    const moon = (19 * (y % 19) + c - Math.floor(c / 4) - Math.floor((c - Math.floor((c + 8) / 25) + 1) / 3) + 15) % 30;
    const w = (32 + 2 * (c % 4) + 2 * Math.floor(r / 4) - moon - r % 4) % 7;
    const rest = moon + w - 7 * Math.floor((y % 19 + 11 * moon + 22 * w) / 451) + 114;
    return number(y, Math.floor(rest / 31), rest % 31 + 1);
  }
  function isHoliday(day) {
    const at = parts(day);
    if (at.m === 1 && at.d === 6) return at.y >= 2011;
    if (at.m === 12 && at.d === 24) return at.y >= 2025;
    return YEARLY.includes(at.m + "-" + at.d) || [0, 1, 49, 60].includes(day - easter(at.y));
  }

  function readSpan(text) {
    const [start, end] = text.split("-").map((clock) => +clock.slice(0, 2) * 60 + +clock.slice(3));
    return [start, end > start ? end : end + DAY];
  }
  function readWeekdays(text) {
    const first = WEEK.indexOf(text.slice(0, 2)), last = text[2] === "-" ? WEEK.indexOf(text.slice(3, 5)) : first;
    const numbers = all(text, "-?\\d").map(Number);
    return Array.from({ length: (last - first + 7) % 7 + 1 }, (_, step) => [(first + step) % 7, numbers]);
  }
  function readDates(text) {
    const [start, end = ""] = text.split("-");
    const m = MONTHS.indexOf(start.slice(0, 3)) + 1, d = +start.slice(4);
    if (!end) return [m * 100 + (d || 1), m * 100 + (d || 31)];
    if (/^\d+$/.test(end)) return d ? [m * 100 + d, m * 100 + +end] : null;
    return [m * 100 + (d || 1), (MONTHS.indexOf(end.slice(0, 3)) + 1) * 100 + (+end.slice(4) || 31)];
  }
  function readRule(text, adds) {
    const found = text.trim() && text.trim().match(RULE);
    if (!found) return null;
    const spans = found[3] === "24/7" || !found[3] ? [[0, DAY]] : all(found[3], span).map(readSpan);
    const dates = all(found[1] || "", dayYear).map(readDates), days = all(found[2] || "", dayWeek);
    if (dates.includes(null) || spans.some((each) => each[0] > DAY || each[1] > 2 * DAY)) return null;
    return {
      dates, spans, adds, holidays: days.includes("PH"), off: found[4] === "off" || found[4] === "closed",
      weekdays: days.length ? days.filter((each) => each !== "PH").flatMap(readWeekdays) : null,
    };
  }
  const known = new Map();
  function rules(value) {
    if (!known.has(value)) {
      const read = value.trim().replace(/^;+|;+$/g, "").split(";")
        .flatMap((part) => part.trim().replace(/(\d), (?=[A-Z])/g, "$1\n").split("\n")
          .map((text, place) => readRule(text, place > 0)));
      known.set(value, read.includes(null) ? null : read);
    }
    return known.get(value);
  }

  function holds(rule, day) {
    const at = parts(day), here = at.m * 100 + at.d;
    const within = ([a, b]) => (a <= b ? a <= here && here <= b : here >= a || here <= b);
    if (rule.dates.length && !rule.dates.some(within)) return false;
    if (!rule.weekdays || (rule.holidays && isHoliday(day))) return true;
    const length = parts(number(at.y, at.m + 1, 1) - 1).d;
    const start = Math.floor((at.d - 1) / 7) + 1, end = -(Math.floor((length - at.d) / 7) + 1);
    return rule.weekdays.some(([w, n]) => w === at.w && (!n.length || n.includes(start) || n.includes(end)));
  }
  function without(one, holes) {
    return holes.reduce((left, [from, to]) => left
      .flatMap(([a, b]) => [[a, Math.min(b, from)], [Math.max(a, to), b]]).filter(([a, b]) => a < b), [one]);
  }
  function spansOf(value, day) {
    const read = rules(value);
    if (!read) return null;
    let open = [];
    read.forEach((rule) => {
      const today = holds(rule, day) ? rule.spans.map(([a, b]) => [a, Math.min(b, DAY)]) : [];
      const night = holds(rule, day - 1) ? rule.spans.filter((each) => each[1] > DAY) : [];
      const said = today.concat(night.map((each) => [0, each[1] - DAY]));
      if (rule.off) open = open.flatMap((each) => without(each, said));
      else open = today.length && !rule.adds ? said : open.concat(said);
    });
    return open.sort((a, b) => a[0] - b[0] || a[1] - b[1]).reduce((joined, each) => {
      const last = joined[joined.length - 1];
      if (last && each[0] <= last[1]) last[1] = Math.max(last[1], each[1]);
      else joined.push(each.slice());
      return joined;
    }, []);
  }

  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Warsaw", hourCycle: "h23", year: "numeric",
    month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" });
  function wall(moment) {
    const at = Object.fromEntries(clock.formatToParts(moment).map((part) => [part.type, +part.value]));
    return { day: number(at.year, at.month, at.day), minute: at.hour * 60 + at.minute };
  }
  const inside = (spans, minute) => spans.some(([a, b]) => a <= minute && minute < b);

  function isOpen(value, moment) {
    const at = wall(moment), spans = spansOf(value, at.day);
    return spans && inside(spans, at.minute);
  }
  /* The next opening or closing as {day, minute} on Kraków's clocks; null: never, or unknown. */
  function nextChange(value, moment) {
    const at = wall(moment), now = isOpen(value, moment);
    if (now === null) return null;
    for (let day = at.day; day < at.day + FAR; day += 1) {
      const spans = spansOf(value, day);
      const edges = [...new Set([0, ...spans.flat()])].filter((edge) => edge < DAY).sort((a, b) => a - b);
      const edge = edges.find((each) => (day > at.day || each > at.minute) && inside(spans, each) !== now);
      if (edge !== undefined) return { day, minute: edge };
    }
    return null;
  }

  const made = { rules, spansOf, isHoliday, isOpen, nextChange, wall, parts, number };
  if (typeof module === "object" && module.exports) module.exports = made;
  else window.SpojnikHours = made;
})();
