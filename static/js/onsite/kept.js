// What a phone keeps: pages of the day, and what was written down without a network. Notes are sealed with a key
// that cannot be taken out of the browser. It is made of what the server tells the signed-in person alone and of
// this device's own salt, so nobody else who signs in here can make it again.
(() => {
  "use strict";

  const MARK = "onsite-person", BASE = "onsite", PRIVATE = "private-", KEPT_AT = "x-kept-at";
  const DAY = 24 * 3600 * 1000;
  const person = document.querySelector("meta[name=person]")?.content || "";
  const canKeep = Boolean(window.isSecureContext && window.crypto?.subtle && window.indexedDB && person);

  class Lapsed extends Error {}
  class Refused extends Error {}
  class Cut extends Error {}

  // ---- the store
  const opened = () => new Promise((done, failed) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("items", { keyPath: "key" });
      opening.result.createObjectStore("keys", { keyPath: "id" });
    };
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const within = async (name, mode, act) => {
    const base = await opened();
    return new Promise((done, failed) => {
      const work = base.transaction(name, mode);
      const asked = act(work.objectStore(name));
      work.oncomplete = () => { base.close(); done(asked.result); };
      work.onabort = work.onerror = () => { base.close(); failed(work.error); };
    });
  };
  const got = (name, id) => within(name, "readonly", (table) => table.get(id));
  const put = (name, row) => within(name, "readwrite", (table) => table.put(row));

  // ---- the key
  const bytesOf = (hex) => new Uint8Array(hex.match(/../g).map((two) => parseInt(two, 16)));
  const salt = async () => {
    const row = await got("keys", "salt");
    if (row) return row.salt;
    const made = crypto.getRandomValues(new Uint8Array(16));
    await put("keys", { id: "salt", salt: made });
    return made;
  };
  const keyOf = async (secret) => {
    const base = await crypto.subtle.importKey("raw", bytesOf(secret), "HKDF", false, ["deriveKey"]);
    const about = { name: "HKDF", hash: "SHA-256", salt: await salt(), info: new TextEncoder().encode(`onsite ${person}`) };
    return crypto.subtle.deriveKey(about, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  };

  // Who is signed in just now, as the server knows it. Raises Cut without a network, Lapsed without a session.
  const state = async () => {
    let answer;
    try { answer = await fetch("/route/state", { headers: { Accept: "application/json" }, cache: "no-store" }); } catch { throw new Cut(); }
    if (answer.redirected || !answer.headers.get("Content-Type")?.includes("json")) {
      if (answer.status >= 500) throw new Cut();
      throw new Lapsed("登录已过期，请重新登录后再发送；内容都还在本机。");
    }
    const said = await answer.json();
    if (said.person !== person) throw new Lapsed("现在登录的不是填写人，不能发送。");
    return said;
  };

  // Makes the key anew while there is a network, and takes the one at hand where there is none.
  let keys;
  const ready = () => {
    keys = keys || (async () => {
      const known = await got("keys", "key");
      try {
        const said = await state();
        localStorage.setItem(MARK, person);
        const made = [];
        for (const secret of said.secrets) made.push(await keyOf(secret));
        await put("keys", { id: "key", person, keys: made });
        return made;
      } catch (error) {
        if (!(error instanceof Cut) || known?.person !== person) throw error;
        return known.keys;
      }
    })();
    keys.catch(() => { keys = null; });
    return keys;
  };

  const seal = async (data) => {
    const [key] = await ready();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, data) };
  };
  const unseal = async ({ iv, data }) => {
    for (const key of await ready()) {
      try { return await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data); } catch { /* the next key */ }
    }
    throw new Error("sealed by another key");
  };

  // ---- what waits: {key, url, done, page, label, at, fields: [[name, value]], files: [File]}
  const keep = async (item) => {
    const files = [];
    for (const file of item.files) files.push({ name: file.name, type: file.type, sealed: await seal(await file.arrayBuffer()) });
    const { key, files: photos, ...words } = item;
    const names = photos.map(({ name, type, size }) => ({ name, type, size }));
    const size = photos.reduce((sum, file) => sum + file.size, 0);
    const sealed = await seal(new TextEncoder().encode(JSON.stringify({ ...words, names })));
    await put("items", { key, person, size, sealed, files: files.map((one) => one.sealed) });
  };
  const open = async (row) => {
    const { names, ...words } = JSON.parse(new TextDecoder().decode(await unseal(row.sealed)));
    const files = [];
    for (const [place, sealed] of row.files.entries()) files.push(new File([await unseal(sealed)], names[place].name, { type: names[place].type }));
    return { ...words, key: row.key, size: row.size, files };
  };
  const rows = async () => (await within("items", "readonly", (table) => table.getAll())).filter((row) => row.person === person);
  const one = async (key) => { const row = await got("items", key); return row?.person === person ? open(row) : null; };
  const drop = (key) => within("items", "readwrite", (table) => table.delete(key));

  // ---- sending: the same form as without script; what it says is read from the page that comes back
  const sentences = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const words = (asked) => [...page.querySelectorAll(asked)].map((node) => node.textContent.trim().replace(/\s+/g, " "));
    const summary = words(".error-summary li, .error-summary > p, .alert-error");
    const told = summary.length ? summary : words("main .field-error");
    const main = page.querySelector("main p");
    return [...new Set(told.filter(Boolean))].slice(0, 4).join("；") || main?.textContent.trim() || "没有收下，请打开页面核对。";
  };
  const send = async (item, tell) => {
    const { token } = await state();
    const body = new FormData();
    body.append("csrf_token", token);
    item.fields.forEach(([name, value]) => body.append(name, value));
    item.files.forEach((file) => body.append("file", file, file.name));
    return new Promise((done, failed) => {
      const call = new XMLHttpRequest();
      call.open("POST", item.url);
      call.setRequestHeader("X-Device-Time", new Date().toISOString());
      call.upload.addEventListener("progress", (event) => event.lengthComputable && tell(event.loaded / event.total));
      call.addEventListener("error", () => failed(new Cut()));
      call.addEventListener("load", () => {
        const path = new URL(call.responseURL).pathname;
        if (call.status === 200 && new RegExp(item.done).test(path)) done(path);
        else if (path.startsWith("/login") || path.startsWith("/account")) failed(new Lapsed("登录已过期，请重新登录后再发送；内容都还在本机。"));
        else if (call.status === 502 || call.status === 504) failed(new Cut());
        else failed(new Refused(sentences(call.responseText)));
      });
      call.send(body);
    });
  };

  // ---- pages of the day
  const keepPages = async (urls) => {
    const cache = await caches.open(PRIVATE + person);
    let many = 0;
    for (const url of urls) {
      const answer = await fetch(url, { cache: "no-store" });
      if (!answer.ok || answer.redirected) continue;
      const headers = new Headers(answer.headers);
      headers.set(KEPT_AT, String(Date.now()));
      await cache.put(url, new Response(await answer.blob(), { headers }));
      many += 1;
    }
    return many;
  };
  const dropOld = async () => {
    for (const name of await caches.keys()) {
      if (!name.startsWith(PRIVATE)) continue;
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        if (Date.now() - Number(answer.headers.get(KEPT_AT)) > DAY) await cache.delete(request);
      }
    }
  };

  const count = async () => {
    const many = (await rows()).length;
    document.querySelectorAll("[data-waiting]").forEach((place) => { place.textContent = many ? `${many} 条` : ""; });
    return many;
  };

  if (canKeep) {
    if (window.caches) dropOld().catch(() => {});
    if (navigator.serviceWorker) navigator.serviceWorker.register("/service-worker.js").catch(() => {});
    ready().catch(() => {});
    count().catch(() => {});
  }
  const newKey = () => [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const sized = (size) => (size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`);
  window.onsite = { canKeep, ready, keep, one, rows, open, drop, send, state, keepPages, count, newKey, sized, Lapsed, Refused, Cut };
})();
