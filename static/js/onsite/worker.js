// Answers for the server only where it cannot be reached: files by their digest, and the pages that the person's own
// page has put by for the day. It never keeps a page, an answer of the API or anything that is sent by itself.
/* global VERSION, ASSETS */
const FILES = "assets-", PRIVATE = "private-", KEPT_AT = "x-kept-at", DAY = 24 * 3600 * 1000;
const OURS = /^\/route(\/covert|\/waiting|\/check\/[^/]+)?$/;
const NOTHING = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>没有网络</title><h1>没有网络</h1><p>这一页没有存在这台手机上，或已超过一天。联网后打开“今日路线”，会重新存好。</p><p><a href=\"/route/waiting\">待发送</a></p></html>";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES + VERSION).then((cache) => cache.addAll(ASSETS)).then(() => self.skipWaiting()));
});
// A page kept before an update still names the files it was drawn with: the files of the version before stay with it.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(FILES) && name !== FILES + VERSION);
    await Promise.all(old.slice(0, -1).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

const kept = async (url) => {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PRIVATE)) continue;
    const cache = await caches.open(name);
    const found = await cache.match(url.pathname);
    if (!found) continue;
    if (Date.now() - Number(found.headers.get(KEPT_AT)) <= DAY) return found;
    await cache.delete(url.pathname);
  }
  return new Response(NOTHING, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" } });
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/") && url.searchParams.has("v")) event.respondWith(caches.match(event.request).then((found) => found || fetch(event.request)));
  else if (event.request.mode === "navigate" && OURS.test(url.pathname)) event.respondWith(fetch(event.request).catch(() => kept(url)));
});
