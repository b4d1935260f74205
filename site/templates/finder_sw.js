/* Keeps the finder readable without the network: only its own pages and what they need, nothing about the reader.
   The network comes first; what was kept answers when it fails or takes more than four seconds. */
"use strict";
const MINE = "pomoc-{{ locale }}-"; // every language keeps its own pages
const KEPT = MINE + "{{ version }}";
const ASSETS = {{ assets|tojson }};
const FIRST = {{ first|tojson }};
const PAGES = {{ pages|tojson }};
const here = (name) => new URL(name, self.registration.scope).href;
const own = new Set(ASSETS.map(here));

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll([...ASSETS, ...FIRST].map(here)))
    .then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(MINE) && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

async function answer(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request, { ignoreSearch: true });
  const fresh = fetch(request).then((found) => {
    if (found.ok) cache.put(request, found.clone());
    return found;
  });
  if (!kept) return fresh.catch(() => (request.mode === "navigate" ? cache.match(here("")) : Response.error()));
  const patience = new Promise((resolve) => setTimeout(resolve, 4000, kept));
  return Promise.race([fresh.catch(() => kept), patience]);
}
self.addEventListener("fetch", (event) => {
  const address = event.request.url.split(/[?#]/)[0];
  if (event.request.method !== "GET") return;
  if (address.startsWith(self.registration.scope) || own.has(address)) event.respondWith(answer(event.request));
});
self.addEventListener("message", (event) => {
  if (event.data !== "keep") return;
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(PAGES.map(here)))
    .then(() => event.source.postMessage("kept"), () => event.source.postMessage("failed")));
});
