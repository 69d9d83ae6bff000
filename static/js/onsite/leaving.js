// On every page: what a phone keeps of one person's is gone when they leave or another one comes.
// What waits to be sent stays sealed until its owner signs in again; signing out deletes it.
(() => {
  "use strict";

  const MARK = "onsite-person", BASE = "onsite", PRIVATE = "private-";
  const person = document.querySelector("meta[name=person]")?.content || "";
  let held = "";
  try { held = localStorage.getItem(MARK) || ""; } catch { return; }

  const dropPages = async (but = "") => {
    if (!window.caches) return;
    for (const name of await caches.keys()) if (name.startsWith(PRIVATE) && name !== but) await caches.delete(name);
  };
  const within = (names, mode, act) => new Promise((done, failed) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => opening.transaction.abort();
    opening.onerror = () => done(undefined);
    opening.onsuccess = () => {
      const opened = opening.result, work = opened.transaction(names, mode);
      const asked = act(work);
      work.oncomplete = () => { opened.close(); done(asked?.result); };
      work.onerror = () => { opened.close(); failed(work.error); };
    };
  });
  const dropKey = () => within(["keys"], "readwrite", (work) => work.objectStore("keys").delete("key"));
  const dropAll = async () => {
    await within(["keys", "items"], "readwrite", (work) => {
      const items = work.objectStore("items").openCursor();
      items.onsuccess = () => {
        const at = items.result;
        if (!at) return;
        if (at.value.person === held) at.delete();
        at.continue();
      };
      return work.objectStore("keys").delete("key");
    });
    await dropPages();
    localStorage.removeItem(MARK);
  };
  const waiting = async () => ((await within(["items"], "readonly", (work) => work.objectStore("items").getAll())) || []).filter((one) => one.person === held).length;

  if (!held) return;
  if (person !== held) { // signed out by time, or somebody else: the pages and the key go, what is sealed stays sealed
    dropPages().catch(() => {});
    dropKey().catch(() => {});
    if (person) localStorage.removeItem(MARK);
    return;
  }
  dropPages(PRIVATE + person).catch(() => {});
  document.getElementById("sign-out")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = event.target;
    const many = await waiting().catch(() => 0);
    if (many && !window.confirm(`本机还有 ${many} 条没有发送。退出登录会从这台手机上删除，不能找回。确定退出？`)) {
      window.location.href = "/route/waiting";
      return;
    }
    await dropAll().catch(() => {});
    form.submit();
  }, true);
})();
