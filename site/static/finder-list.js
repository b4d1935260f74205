/* The page of the reader's own list: every place comes from its own page, so that no other copy can grow old. */
(function () {
  "use strict";
  const { home, words, mine, tellAll } = window.SpojnikFinder;
  const shelf = document.getElementById("lista");
  async function show() {
    if (!mine.length) { shelf.textContent = words.empty; return; }
    for (const name of mine) {
      const address = new URL(name + ".html", home);
      try {
        const found = await fetch(address);
        if (!found.ok) throw new Error(found.status);
        const card = new DOMParser().parseFromString(await found.text(), "text/html").getElementById("miejsce");
        card.removeAttribute("id");
        const title = document.createElement("h2");
        title.textContent = card.querySelector("h1").textContent;
        card.querySelector("h1").replaceWith(title);
        shelf.append(document.importNode(card, true));
      } catch (error) {
        const lost = document.createElement("p");
        const link = document.createElement("a");
        link.href = address;
        link.textContent = name;
        lost.append(words.lost + " ", link);
        shelf.append(lost);
      }
    }
    tellAll(shelf);
    const text = [...shelf.querySelectorAll("article")].map((card) => {
      const phone = card.querySelector("a[href^='tel:']");
      return card.querySelector("h2").textContent.slice(0, 60) + (phone ? " " + phone.textContent : "");
    });
    const plain = (said) => said.replace(/ł/g, "l").replace(/Ł/g, "L").normalize("NFKD").replace(/[^\x20-\x7e]/g, "");
    let body = "";
    text.map(plain).forEach((part) => { if (body.length + part.length + 2 <= 306) body += (body ? "; " : "") + part; });
    const send = document.getElementById("lista-sms");
    send.href = "sms:?body=" + encodeURIComponent(body);
    send.parentNode.hidden = !body;
  }
  show();
})();
