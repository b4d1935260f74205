/* Filters a list in place: the links of the filters become boxes to tick; the choice stands in the address. */
(function () {
  "use strict";
  var list = document.querySelector("[data-list]");
  var panel = list && list.querySelector(".facets");
  if (!panel) return;
  var words = JSON.parse(document.getElementById("slowa").textContent);
  var total = document.getElementById("ile");
  var picked = document.getElementById("wybor");
  var unfiltered = total.innerHTML;
  var rows = Array.from(list.querySelectorAll(".row[data-f]")).map(function (row) {
    return { row: row, has: new Set(row.dataset.f.trim().split(" ")) };
  });
  var boxes = Array.from(panel.querySelectorAll("a[data-v]")).map(function (link) {
    var label = document.createElement("label");
    var box = document.createElement("input");
    box.type = "checkbox";
    box.value = link.dataset.v;
    label.append(box, link.textContent);
    var count = link.parentNode.querySelector(".count");
    link.replaceWith(label);
    return { box: box, facet: box.value.split("=")[0], count: count, href: link.href, name: link.textContent };
  });

  function chosen() {
    var by = {};
    boxes.forEach(function (each) {
      if (each.box.checked) (by[each.facet] = by[each.facet] || []).push(each.box.value);
    });
    return by;
  }

  function fits(has, by, but) {
    return Object.keys(by).every(function (facet) {
      return facet === but || by[facet].some(function (value) { return has.has(value); });
    });
  }

  function link(text, href) {
    var made = document.createElement("a");
    made.href = href;
    made.textContent = text;
    return made;
  }

  function show() {
    var by = chosen();
    var ticked = boxes.filter(function (each) { return each.box.checked; });
    var shown = 0;
    rows.forEach(function (each) {
      var fit = fits(each.has, by);
      each.row.hidden = !fit;
      shown += fit;
    });
    boxes.forEach(function (each) {
      var count = rows.filter(function (row) { return row.has.has(each.box.value) && fits(row.has, by, each.facet); }).length;
      if (each.count) each.count.textContent = count;
      each.box.closest("li").classList.toggle("zero", !count);
    });
    picked.textContent = "";
    if (!ticked.length) total.innerHTML = unfiltered;
    else {
      total.textContent = shown ? words.some.replace("{n}", shown).replace("{all}", rows.length) : words.none;
      if (ticked.length === 1) picked.append(words.page + " ", link(ticked[0].name, ticked[0].href), " · ");
      picked.append(link(words.all, location.pathname));
    }
  }

  function remember() {
    var query = new URLSearchParams();
    boxes.forEach(function (each) {
      if (each.box.checked) query.append(each.facet, each.box.value.slice(each.facet.length + 1));
    });
    history.replaceState(null, "", location.pathname + (String(query) && "?" + query) + location.hash);
  }

  var asked = new URLSearchParams(location.search);
  boxes.forEach(function (each) {
    each.box.checked = asked.getAll(each.facet).includes(each.box.value.slice(each.facet.length + 1));
    if (each.box.checked) for (var up = each.box.closest("details"); up; up = up.parentNode.closest("details")) up.open = true;
  });
  panel.addEventListener("change", function () { show(); remember(); });
  show();
})();
