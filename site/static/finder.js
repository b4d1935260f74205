/* Comfort for the finder, which works without it: open now, sorting, the reader's own list, the quick way out, offline.
   The list lives in the address after "#lista=" and nowhere else; it is never sent to a server. */
(function () {
  "use strict";
  const script = document.currentScript;
  const words = JSON.parse(script.dataset.words), home = new URL(script.dataset.home, location.href);
  const hours = window.SpojnikHours;
  const fill = (text, ...parts) => parts.reduce((said, part) => said.replace("{}", part), text);
  const status = document.getElementById("zapisane");
  const button = (text, deed) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", deed);
    return made;
  };

  // ---- the quick way out: nothing of this page stays in sight, and "back" does not lead here
  const leave = document.querySelector(".leave");
  function out(event) {
    if (event) event.preventDefault();
    document.documentElement.hidden = true;
    location.replace(leave.href);
  }
  leave.addEventListener("click", out);
  let presses = 0;
  document.addEventListener("keydown", (event) => {
    presses = event.key === "Escape" ? presses + 1 : 0;
    if (presses === 3) out();
  });

  // ---- open now
  const clock = (minute) => Math.floor(minute / 60) + ":" + String(minute % 60).padStart(2, "0");
  function when(change, today) {
    if (change.day === today) return fill(words.today, clock(change.minute));
    if (change.day === today + 1) return fill(words.tomorrow, clock(change.minute));
    return fill(words.later, words.days[hours.parts(change.day).w], clock(change.minute));
  }
  function tell(mark, moment) {
    const value = mark.dataset.hours, open = hours.isOpen(value, moment);
    if (open === null) return;
    const today = hours.wall(moment).day, change = hours.nextChange(value, moment);
    const near = (days) => change && change.day <= today + days;
    const quiet = hours.isHoliday(today) && !("feasts" in mark.dataset);
    if (quiet) mark.textContent = words.feast;
    else if (open) mark.textContent = near(1) ? fill(words.until, clock(change.minute)) : words.open;
    else mark.textContent = near(6) ? fill(words.opens, when(change, today)) : words.closed;
    mark.dataset.tone = open && !quiet ? "now" : "plain";
  }
  function tellAll(root) {
    if (hours) root.querySelectorAll("[data-hours]").forEach((mark) => tell(mark, new Date()));
  }
  tellAll(document);
  setInterval(tellAll, 60000, document);

  // ---- what is open first
  document.querySelectorAll(".places").forEach((list) => {
    const open = (item) => (item.querySelector("[data-tone=now]") ? 0 : 1);
    const items = [...list.children];
    if (items.every(open) || !items.some(open)) return;
    list.before(button(words.first, function () {
      items.slice().sort((a, b) => open(a) - open(b)).forEach((item) => list.append(item));
      this.remove();
      list.querySelector("a").focus();
    }));
  });

  // ---- my list
  const written = (location.hash.match(/lista=([^&]*)/) || ["", ""])[1].split(",");
  let mine = written.filter((each) => /^[a-z0-9-]+\/[a-z0-9-]+$/.test(each));
  const hash = () => (mine.length ? "#lista=" + mine.join(",") : "");
  const inside = (link) => link.origin === home.origin && link.pathname.startsWith(home.pathname);
  const nameOf = (link) => link.pathname.slice(home.pathname.length).replace(/\.html$/, "");
  const listLink = document.createElement("a");
  listLink.className = "mine";
  leave.after(listLink);
  function carry() {
    history.replaceState(null, "", location.pathname + location.search + hash());
    document.querySelectorAll("main a, .crumbs a").forEach((link) => {
      if (inside(link) && !link.getAttribute("href").startsWith("#")) link.hash = hash();
    });
    listLink.href = new URL("lista/", home).href + hash();
    listLink.textContent = fill(words.mine, mine.length);
  }
  function toggler(name) {
    const made = button("", () => {
      mine = mine.includes(name) ? mine.filter((each) => each !== name) : mine.concat(name);
      carry();
      label();
    });
    const label = () => { made.textContent = mine.includes(name) ? words.drop : words.add; };
    label();
    return made;
  }
  document.querySelectorAll(".places > li[data-key]").forEach((item) => {
    const place = document.createElement("p");
    place.append(toggler(nameOf(item.querySelector("a"))));
    item.append(place);
  });
  const single = document.getElementById("miejsce");
  if (single) single.append(toggler(nameOf(location)));
  addEventListener("hashchange", () => (location.hash.includes("lista=") ? location.reload() : setTimeout(carry)));
  carry();

  window.SpojnikFinder = { home, words, mine, tellAll };

  // ---- without the network
  if (!navigator.onLine) status.textContent = words.offline;
  if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
    navigator.serviceWorker.register(new URL("sw.js", home)).catch(() => {});
    navigator.serviceWorker.ready.then((ready) => {
      const keep = button(words.keep, () => { status.textContent = words.keeping; ready.active.postMessage("keep"); });
      status.before(keep);
    });
    navigator.serviceWorker.addEventListener("message", (event) => {
      status.textContent = words[event.data];
    });
  }
})();
