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

  function say(mark, code, tone, word) {
    mark.dataset.state = code;
    mark.dataset.tone = tone;
    mark.textContent = word;
  }

  document.querySelectorAll(".state").forEach(function (mark) {
    var code = mark.dataset.state;
    var opens = (mark.dataset.opens || "").slice(0, 10);
    var last = mark.dataset.closes || mark.dataset.ends || "";
    if (!/^(planned|open|soon|current)$/.test(code)) return;
    var near = mark.parentNode.querySelector(".left");
    if (last && lastDay(last) < today) {
      var over = mark.dataset.closes ? "closed" : "archival";
      say(mark, over, "past", words[over]);
      if (near) near.textContent = words.over;
    } else if (opens.length === 10 && opens > today) {
      if (near) near.textContent = days("in", until(opens));
    } else if (mark.dataset.closes) {
      var left = until(lastDay(last));
      say(mark, left <= 14 ? "soon" : "open", "now", left <= 14 ? words.soon : words.open);
      if (near && last.length >= 10) near.textContent = left ? days("left", left) : words.today;
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
