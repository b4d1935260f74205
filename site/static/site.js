/* What a page can only know when somebody reads it: which day it is today, and whether it can print and share. */
(function () {
  "use strict";
  var page = document.documentElement;
  var words = JSON.parse(document.getElementById("slowa").textContent);
  var built = page.dataset.today;
  var clock = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Warsaw" }).format(new Date());
  var today = clock > built ? clock : built; // a clock that runs late must not open what is closed
  var rule = new Intl.PluralRules(page.lang);

  function days(name, count) {
    var sample = { one: 1, few: 2 }[rule.select(count)] || 5;
    return words[name + sample].replace(String(sample), String(count));
  }

  function lastDay(text) { // a year or a month lasts to its end, as the build counts it
    if (text.length === 4) return text + "-12-31";
    if (text.length === 7) return text + "-" + new Date(Date.UTC(+text.slice(0, 4), +text.slice(5, 7), 0)).getUTCDate();
    return text.slice(0, 10);
  }

  function until(day) {
    return Math.round((Date.parse(day) - Date.parse(today)) / 864e5);
  }

  function dated(sentence, day) {
    var known = { year: "numeric", month: day.length > 4 ? "long" : undefined, day: day.length > 7 ? "numeric" : undefined };
    var date = new Date(day.slice(0, 10) + "-01-01".slice(Math.min(day.length, 10) - 4));
    return sentence.replace("{day}", new Intl.DateTimeFormat(page.lang, Object.assign(known, { timeZone: "UTC" })).format(date));
  }

  function say(mark, code, tone, sentence) {
    if (mark.dataset.state === code) return; // the build's own words stay as long as they are true
    var near = mark.parentNode.querySelector(".say");
    mark.dataset.state = code;
    mark.dataset.tone = tone;
    mark.textContent = near ? words[code].charAt(0).toUpperCase() + words[code].slice(1) + "." : words[code];
    if (near) near.textContent = sentence;
  }

  document.querySelectorAll(".state").forEach(function (mark) {
    var code = mark.dataset.state;
    var opens = (mark.dataset.opens || "").slice(0, 10);
    var last = mark.dataset.closes || mark.dataset.ends || "";
    if (!/^(planned|open|soon|current)$/.test(code)) return;
    var near = mark.parentNode.querySelector(".left");
    if (last && lastDay(last) < today) {
      var over = mark.dataset.closes ? "closed" : "archival";
      say(mark, over, "past", dated(words.over, last));
    } else if (opens.length === 10 && opens > today) {
      if (near) near.textContent = days("in", until(opens));
    } else if (mark.dataset.closes) {
      var left = until(lastDay(last));
      say(mark, left <= 14 ? "soon" : "open", "now", dated(words.to, last));
      if (near && last.length >= 10) near.textContent = left ? days("left", left) : words.today;
    } else if (code === "planned" && !last) {
      say(mark, "unknown", "plain", dated(words.was, opens));
    }
  });

  var said = document.getElementById("powiedziane");
  var deeds = {
    print: function () { window.print(); },
    share: function () {
      if (navigator.share) navigator.share({ title: document.title, url: location.href }).catch(function () {});
      else navigator.clipboard.writeText(location.href).then(function () { said.textContent = words.copied; });
    }
  };
  document.querySelectorAll("[data-do]").forEach(function (button) {
    var deed = button.dataset.do;
    if (deed === "share" && !navigator.share && !navigator.clipboard) return;
    button.addEventListener("click", deeds[deed]);
    button.parentNode.hidden = false;
  });
})();
