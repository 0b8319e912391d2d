// Keeps the page for when there is no network. The server is asked first, so that nobody sees an old page beside a new server.
const cacheName = "page";
const assets = [
  "./", "page/access.js", "page/answer-view.js", "page/corrections.js", "page/drawing.js", "page/examples.js",
  "page/icon.svg", "page/ink.js", "page/keyboard-pen.js", "page/link.js", "page/manifest.webmanifest", "page/page.css",
  "page/page.js", "page/pen.js", "page/picture.js", "page/player.js", "page/reader.js", "page/reading.js",
  "page/seen.js", "page/stage.js", "page/teaching.js", "page/tools.js", "page/words.js",
];

self.addEventListener("install", event => {
  event.waitUntil(caches.open(cacheName).then(cache => cache.addAll(assets)));
  self.skipWaiting();
});

self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", event => {
  const scope = new URL(self.registration.scope);
  const address = new URL(event.request.url);
  const path = address.pathname.slice(scope.pathname.length) || "./";
  if (event.request.method !== "GET" || address.origin !== scope.origin || !assets.includes(path)) return;
  event.respondWith(answer(event.request, path));
});

async function answer(request, path) {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(path, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(path);
    if (kept) return kept;
    throw error;
  }
}
