/* What premises cost a month: area × rate, tax, bills, and the repair spread over the lease. Nothing leaves the page. */
(function () {
  "use strict";
  var form = document.getElementById("kalkulator");
  if (!form) return;
  var money = new Intl.NumberFormat("pl-PL", { style: "currency", currency: "PLN" });

  function given(name) {
    var value = form.elements[name].valueAsNumber;
    return isNaN(value) || value < 0 ? 0 : value;
  }

  function count() {
    var net = given("area") * given("rate");
    var gross = net * (1 + given("tax") / 100);
    var month = gross + given("media") + given("other");
    var whole = month + given("fit") / Math.max(1, given("months"));
    var results = { net: net, gross: gross, month: month, whole: whole };
    Object.keys(results).forEach(function (name) {
      form.elements[name].value = net ? money.format(results[name]) : "wpisz powierzchnię i stawkę";
    });
  }

  form.addEventListener("input", count);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.hidden = false;
  count();
})();
