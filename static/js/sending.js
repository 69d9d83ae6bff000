// One file sent piece by piece with its SHA-256, going on where a broken connection stopped.
// Own SHA-256: the browser's exists only on https, and many offices have plain http.
(() => {
  "use strict";

  const PIECE = 1024 * 1024;
  const RETRIES = [1000, 3000, 8000, 20000];
  const K = [];
  for (let n = 2; K.length < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (prime) K.push(Math.floor((Math.cbrt(n) % 1) * 4294967296));
  }

  const hasher = () => {
    const h = new Int32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
    const w = new Int32Array(64), rest = new Uint8Array(64);
    let held = 0, length = 0;
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    const block = (data, at) => {
      for (let i = 0; i < 16; i += 1, at += 4) w[i] = (data[at] << 24) | (data[at + 1] << 16) | (data[at + 2] << 8) | data[at + 3];
      for (let i = 16; i < 64; i += 1) {
        const a = w[i - 15], b = w[i - 2];
        w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
      }
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i += 1) {
        const one = (k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, k].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
    };
    const add = (data) => {
      length += data.length;
      let at = 0;
      if (held) {
        at = Math.min(64 - held, data.length);
        rest.set(data.subarray(0, at), held);
        held += at;
        if (held < 64) return;
        block(rest, 0);
        held = 0;
      }
      for (; at + 64 <= data.length; at += 64) block(data, at);
      rest.set(data.subarray(at));
      held = data.length - at;
    };
    const end = () => {
      const bits = length * 8, tail = new Uint8Array(((held < 56 ? 56 : 120) - held) + 8);
      tail[0] = 0x80;
      new DataView(tail.buffer).setUint32(tail.length - 8, Math.floor(bits / 4294967296));
      new DataView(tail.buffer).setUint32(tail.length - 4, bits >>> 0);
      add(tail);
      return [...h].map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
    };
    return { add, end };
  };

  const digest = async (file) => {
    const made = hasher();
    for (let at = 0; at < file.size; at += PIECE) made.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
    return made.end();
  };

  const wait = (time) => new Promise((done) => { setTimeout(done, time); });

  // A refusal of the server's, with its own sentence: trying again would not help.
  class Refused extends Error {}

  // All turns go: the server said how long to wait, and that is no try.
  class Crowded extends Error {}
  const MOST_WAITS = 60, LONGEST_WAIT = 60;

  const ask = async (url, options, token) => {
    const answer = await fetch(url, { ...options, headers: { Accept: "application/json", "X-CSRFToken": token, ...options.headers }, redirect: "error" });
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    if (answer.status === 409 && Number.isInteger(said.at)) return said;
    const seconds = Number(answer.headers.get("Retry-After"));
    if (answer.status === 429 && seconds > 0) throw Object.assign(new Crowded(said.sentence), { seconds: Math.min(seconds, LONGEST_WAIT) });
    if (answer.status >= 500 && answer.status !== 507) throw new Error(String(answer.status));
    throw new Refused(said.sentence || "上传未成功，请刷新页面后重试");
  };

  // A word that must be there before the end: waited for unless the person gives up.
  const unless = (signal, ready) => Promise.race([ready, new Promise((_, giveUp) => { signal.addEventListener("abort", giveUp, { once: true }); })]);

  // `task`: {file, url or base, token, words, about?, still?, part?, signal, ready?}. `part` is kept in it, so a later call goes on.
  const send = async (task, tell) => {
    const base = task.base || `${task.url}/parts`;
    const form = (words) => { const body = new FormData(); Object.entries(words).forEach(([name, value]) => body.append(name, value)); return body; };
    let tries = 0, waits = 0, at = 0;
    for (;;) {
      try {
        if (!task.part) task.part = (await ask(base, { method: "POST", body: form({ ...task.about, name: task.file.name, size: task.file.size }), signal: task.signal }, task.token)).part;
        else if (task.isWhole) at = task.file.size; // the answer to the end may be what was lost
        else ({ at } = await ask(`${base}/${task.part}`, { signal: task.signal }, task.token));
        while (at < task.file.size) {
          tell(at);
          const piece = task.file.slice(at, at + PIECE);
          ({ at } = await ask(`${base}/${task.part}?at=${at}`, { method: "POST", body: piece, headers: { "Content-Type": "application/octet-stream" }, signal: task.signal }, task.token));
          tries = 0;
        }
        tell(at);
        task.isWhole = true;
        const sha256 = await digest(task.file);
        if (task.ready) await unless(task.signal, task.ready);
        const body = form({ ...task.words, sha256 });
        if (task.still) body.append("still", task.still, "still.jpg");
        return await ask(`${base}/${task.part}/finish`, { method: "POST", body, signal: task.signal }, task.token);
      } catch (error) {
        if (error instanceof Refused) task.isWhole = false;
        if (error instanceof Crowded && !task.signal.aborted && waits < MOST_WAITS) {
          waits += 1;
          tell(at, false, error.seconds);
          await wait(error.seconds * 1000 * (1 + Math.random() / 2)); // not all at the same moment
          continue;
        }
        if (task.signal.aborted || error instanceof Refused || tries >= RETRIES.length) throw error;
        tell(at, true);
        await wait(RETRIES[tries]);
        tries += 1;
      }
    }
  };

  // A picture of a film, drawn by the browser itself; nothing where it cannot.
  const still = (file) => new Promise((done) => {
    const film = document.createElement("video");
    const url = URL.createObjectURL(file);
    const end = (made) => { clearTimeout(late); URL.revokeObjectURL(url); done(made); };
    const late = setTimeout(() => end(null), 8000);
    film.muted = true;
    film.preload = "auto";
    film.addEventListener("loadeddata", () => { film.currentTime = Math.min(1, film.duration / 2 || 0); });
    film.addEventListener("seeked", () => {
      const canvas = document.createElement("canvas");
      canvas.width = film.videoWidth;
      canvas.height = film.videoHeight;
      canvas.getContext("2d").drawImage(film, 0, 0);
      canvas.toBlob(end, "image/jpeg", 0.85);
    });
    film.addEventListener("error", () => end(null));
    film.src = url;
  });

  // Drafts wait on this device until the person sends them, however long the connection is gone.
  const store = () => new Promise((done, failed) => {
    const opening = indexedDB.open("evidence-drafts", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts", { keyPath: "key" });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
  const within = async (mode, act) => {
    const opened = await store();
    return new Promise((done, failed) => {
      const asked = act(opened.transaction("drafts", mode).objectStore("drafts"));
      asked.onsuccess = () => { opened.close(); done(asked.result); };
      asked.onerror = () => { opened.close(); failed(asked.error); };
    });
  };
  const drafts = {
    keep: (draft) => within("readwrite", (table) => table.put(draft)),
    drop: (key) => within("readwrite", (table) => table.delete(key)),
    of: async (url) => (await within("readonly", (table) => table.getAll())).filter((draft) => draft.url === url),
  };

  window.evidence = { send, still, drafts, digest, Refused };
})();
