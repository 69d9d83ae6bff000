// What is typed into a form is kept on the server a moment after, for this person alone, and offered again when the
// page is opened anew. Nothing is kept in the browser: offices share computers.
(() => {
  "use strict";

  const PAUSE = 3000, AGAIN = 10000, LARGEST_LATE = 60000;

  const secret = (form) => form.querySelector('input[type="password"], input[autocomplete="one-time-code"]') !== null;
  // These keep themselves: an answer to a paper on the server, a note of the phone on the phone.
  const keepsItself = (form) => ["answer", "spot"].some((mark) => mark in form.dataset);
  const wanted = (form) => form && form.method === "post" && form.elements.csrf_token && !keepsItself(form) && !secret(form);

  const dataOf = (form) => {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") said.append(name, value.replace(/\r?\n/g, "\r\n")); // as a form is sent
    said.append("kept_action", new URL(form.action, location.href).pathname);
    said.append("kept_page", location.pathname + location.search);
    said.append("kept_title", document.querySelector("h1")?.textContent.trim() ?? "");
    return said;
  };

  const tell = (form, text) => {
    const foot = form.querySelector(".form-foot");
    if (!foot) return;
    let note = foot.querySelector(".kept-note");
    if (!note) { note = document.createElement("span"); note.className = "kept-note"; foot.append(note); }
    note.textContent = text;
  };

  const remember = (form, token) => {
    let field = form.querySelector('input[name="kept"]');
    if (!field) { field = document.createElement("input"); field.type = "hidden"; field.name = "kept"; form.append(field); }
    field.value = token;
  };

  // A page that is loaded anew at once may be drawn before what was typed has arrived: then it is drawn once more.
  const LATE = "kept-late", STILL_LATE = 5000, ARRIVES = 800;
  const leave = () => { try { sessionStorage.setItem(LATE, `${Date.now()} ${location.pathname}`); } catch { /* not offered at once */ } };
  const arrived = () => { try { sessionStorage.removeItem(LATE); } catch { /* nothing was said */ } };
  const isLate = () => {
    try {
      const [at, path] = (sessionStorage.getItem(LATE) ?? "").split(" ");
      return path === location.pathname && Date.now() - Number(at) < STILL_LATE;
    } catch { return false; }
  };

  const state = new Map();
  const of = (form) => {
    if (!state.has(form)) state.set(form, { timer: 0, last: "", at: 0, running: null, over: false });
    return state.get(form);
  };

  const keep = async (form, late) => {
    const mine = of(form);
    clearTimeout(mine.timer);
    mine.timer = 0;
    if (mine.over || (mine.running && !late)) return;
    const body = dataOf(form), text = body.toString();
    if (text === mine.last || (late && text.length > LARGEST_LATE)) return;
    mine.last = text;
    mine.at = Date.now();
    mine.running = new AbortController();
    if (late) leave();
    try {
      const answer = await fetch("/kept", { method: "POST", body, keepalive: late, redirect: "manual", signal: mine.running.signal });
      if (answer.type === "opaqueredirect" || answer.status === 400) {
        mine.over = true;
        tell(form, "登录已失效，请不要关闭本页；提交时会请您重新登录，填写的内容不会丢失");
      } else if (answer.ok) {
        const said = await answer.json();
        if (said.kept) { remember(form, said.kept); tell(form, `${said.at} 已留存，尚未提交`); mine.last = dataOf(form).toString(); }
        else mine.over = true;
      } else if (answer.status === 429) mine.last = "";
      else if (answer.status === 422) tell(form, "含有疑似密级标志，没有留存");
    } catch {
      mine.last = ""; // no connection, or the form is being sent: what is typed next is kept again
    } finally {
      mine.running = null;
      arrived();
    }
  };

  const touched = (event) => {
    const form = event.target.form ?? event.target.closest?.("form");
    if (!event.isTrusted || !wanted(form)) return;
    const mine = of(form);
    if (mine.over || mine.timer) return;
    mine.timer = setTimeout(() => keep(form, false), Math.max(PAUSE, AGAIN - (Date.now() - mine.at)));
  };
  document.addEventListener("input", touched);
  document.addEventListener("change", touched);

  // A form that is sent is kept by its sending.
  document.addEventListener("submit", (event) => {
    const mine = state.get(event.target);
    if (!mine || event.defaultPrevented) return;
    clearTimeout(mine.timer);
    mine.timer = 0;
    mine.over = true;
    mine.running?.abort();
  });
  window.addEventListener("pageshow", () => state.forEach((mine) => { mine.over = false; }));
  if (isLate() && !document.querySelector('.kept-line, meta[name="back-address"]')) setTimeout(() => { if (!state.size) location.reload(); }, ARRIVES);
  arrived();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") state.forEach((mine, form) => { if (mine.timer) keep(form, true); });
  });
})();
