// A round in the room. Every case is a page of its own with links and forms; with this they are turned in place,
// so that full screen stays, and what others decide, or one's own phone turns to, is seen without a hand on a key.
(() => {
  "use strict";

  const EVERY = 2000;
  const room = () => document.getElementById("room");
  if (!room()) return;
  const ahead = new Map();
  let turned = null;
  let isBusy = false;

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  const ask = async (url, sent) => {
    const answer = await fetch(url, { headers: { Accept: "text/html" }, ...sent });
    const page = parsed(await answer.text());
    return { page, url: answer.redirected ? answer.url : url };
  };

  // Whatever is no page of the room (signed out, gone, refused as a whole) is shown as it comes.
  const show = ({ page, url }, isBack = false) => {
    const fresh = page.getElementById("room");
    if (!fresh) { location.assign(url); return; }
    room().replaceWith(document.adoptNode(fresh));
    if (!isBack && url !== location.href) history.pushState(null, "", url);
    document.title = page.title;
    scrollTo(0, 0);
    dress();
  };

  const look = (url) => {
    if (!ahead.has(url)) ahead.set(url, ask(url).catch(() => { ahead.delete(url); return null; }));
    return ahead.get(url);
  };

  const turn = async (url, isTold = true) => {
    if (isBusy) return;
    isBusy = true;
    try {
      const found = await look(url);
      if (!found) { location.assign(url); return; }
      show(found);
      if (isTold) tell();
    } finally {
      ahead.clear();
      isBusy = false;
      reach();
    }
  };

  const reach = () => room().querySelectorAll("a[data-next], a[data-prev]").forEach((link) => look(link.href));

  const send = async (form, button) => {
    if (isBusy) return;
    isBusy = true;
    try {
      const body = new URLSearchParams(new FormData(form, button));
      show(await ask(form.action, { method: "POST", body }));
      tell();
    } catch {
      form.submit();
    } finally {
      ahead.clear();
      isBusy = false;
      reach();
    }
  };

  // One's other devices turn to the same case.
  const tell = async () => {
    const token = room().querySelector("input[name=csrf_token]") || document.querySelector("#sign-out input[name=csrf_token]");
    const body = new URLSearchParams({ csrf_token: token.value, number: room().dataset.number });
    try {
      await fetch(room().dataset.watch.replace(/state$/, "place"), { method: "POST", body, redirect: "manual" });
      turned = null;
    } catch { /* the next turn tells it */ }
  };

  const isTyping = () => [...room().querySelectorAll("textarea")].some((area) => area.value.trim()) || room().querySelector("details.room-more[open]");

  const watch = async () => {
    try {
      const answer = await fetch(room().dataset.watch, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected && !isBusy && !isTyping()) {
        const told = await answer.json();
        const isTurned = turned !== null && told.turn !== turned && told.place && told.place !== room().dataset.number;
        turned = told.turn;
        if (isTurned) {
          const url = new URL(location.href);
          url.searchParams.set("number", told.place);
          url.searchParams.delete("last");
          ahead.clear();
          await turn(url.href, false);
        } else if (told.state !== room().dataset.state) {
          ahead.clear();
          await turn(location.href, false);
        }
      }
    } catch { /* the connection is gone for a moment */ }
    setTimeout(watch, EVERY);
  };

  const dress = () => {
    const full = room().querySelector("[data-full]");
    if (document.fullscreenEnabled) full.hidden = false;
    full.addEventListener("click", toggleFull);
    const open = room().querySelector("details.room-more[open] textarea");
    if (open) open.focus();
  };

  const toggleFull = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  };

  const black = () => document.body.classList.toggle("is-black");

  const press = (key) => {
    const part = room().querySelector(`[data-key="${key}"]`);
    if (!part) return;
    if (part.tagName === "BUTTON") { part.click(); return; }
    const isOpen = !part.open;
    room().querySelectorAll("details.room-more").forEach((one) => { one.open = false; });
    part.open = isOpen;
    if (isOpen) part.querySelector("textarea").focus();
  };

  const slide = (way) => {
    const facts = room().querySelector(".room-facts");
    const by = way * innerHeight / 4;
    if (facts && facts.scrollHeight > facts.clientHeight) facts.scrollBy({ top: by }); else scrollBy({ top: by });
  };
  const go = (name) => room().querySelector(`a[data-${name}]`)?.click();
  const next = () => go("next");
  const before = () => go("prev");
  const keys = {
    ArrowRight: next, PageDown: next, " ": next, ArrowLeft: before, PageUp: before,
    1: () => press(1), 2: () => press(2), 3: () => press(3),
    u: () => (room().querySelector("[data-undo]") || room().querySelector("[data-undo-own]"))?.click(),
    f: toggleFull, b: black,
    ArrowDown: () => slide(1), ArrowUp: () => slide(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const area = event.target.closest("textarea");
    if (area && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      area.form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      const open = room().querySelector("details.room-more[open]");
      if (open) { open.open = false; open.querySelector("summary").focus(); }
      return;
    }
    if (area || event.target.closest("input, select")) return;
    if (document.body.classList.contains("is-black")) { event.preventDefault(); black(); return; }
    // On a control Space is its own.
    if (event.key === " " && event.target.closest("a, button, summary")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => {
    if (document.body.classList.contains("is-black")) { black(); return; }
    const link = event.target.closest("#room a");
    if (!link || link.dataset.leave !== undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn(link.href);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#room")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  window.addEventListener("popstate", async () => { ahead.clear(); show(await ask(location.href), true); });
  dress();
  reach();
  setTimeout(watch, EVERY);
})();
