// The drafting desk: a paragraph is edited where it stands on the page, and what is typed is kept.
// Its form stands in the list below; on a wide screen it is laid over the paragraph, and put back.
(() => {
  "use strict";

  const desk = document.getElementById("desk");
  if (!desk) return;
  const WIDE = window.matchMedia("(min-width: 900px)");
  const PAGE = 595.28, BODY = 15.8, LINE = 28.95, PAUSE = 1500;
  const said = desk.querySelector("[data-said]");
  let open = null;

  const itemOf = (goes) => document.getElementById(goes);
  const areaOf = (goes) => desk.querySelector(`.desk-area[data-goes="${CSS.escape(goes)}"]`);

  // Kept on the server with the draft, a moment after the last key and when the page is left.
  const timers = new WeakMap();
  const sent = new WeakMap();
  const wordsOf = (form) => {
    const data = new FormData();
    data.append("csrf_token", desk.dataset.token);
    data.append("key", form.dataset.key);
    data.append("base", form.querySelector("[name=base]")?.value ?? "");
    data.append("text", form.querySelector("textarea").value);
    return data;
  };
  const tell = (form, text) => {
    const here = form.querySelector("[data-kept]");
    if (here) here.textContent = text;
    said.textContent = text;
  };
  const keep = async (form) => {
    clearTimeout(timers.get(form));
    const text = form.querySelector("textarea").value;
    if (form.dataset.sending || sent.get(form) === text) return;
    try {
      const answer = await fetch(desk.dataset.typing, { method: "POST", body: wordsOf(form), headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      sent.set(form, text);
      tell(form, `已保存 ${(await answer.json()).at}`);
    } catch {
      tell(form, "暂时没能保存所填文字，请勿关闭本页，稍后会再试");
      timers.set(form, setTimeout(() => keep(form), 5000));
    }
  };
  desk.addEventListener("input", (event) => {
    const form = event.target.closest(".desk-form");
    if (!form || event.target.tagName !== "TEXTAREA") return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form), PAUSE));
    form.dataset.touched = "1";
  });
  window.addEventListener("pagehide", () => {
    desk.querySelectorAll(".desk-form[data-touched]").forEach((form) => {
      if (form.dataset.sending || sent.get(form) === form.querySelector("textarea").value) return;
      navigator.sendBeacon(desk.dataset.typing, wordsOf(form));
    });
  });
  desk.addEventListener("submit", (event) => { event.target.dataset.sending = "1"; });
  desk.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-drop]")) return;
    const form = event.target.closest(".desk-form");
    form.dataset.sending = "1";
    const data = wordsOf(form);
    data.append("drop", "1");
    await fetch(desk.dataset.typing, { method: "POST", body: data });
    window.location.reload();
  });

  // The form over its paragraph, in letters as large as the page's.
  const shut = () => {
    if (!open) return;
    const { layer, home, form, goes } = open;
    if (form.dataset.touched) keep(form);
    open = null;
    home.append(form);
    const adding = [...layer.querySelectorAll(".desk-adding")];
    adding.forEach((one) => home.append(one));
    layer.remove();
    areaOf(goes)?.focus();
  };
  const lay = (goes) => {
    const area = areaOf(goes), item = itemOf(goes);
    const form = item?.querySelector(":scope > .desk-form");
    if (!area || !form) return false;
    if (open) shut();
    const sheet = area.closest(".desk-sheet"), scale = sheet.clientWidth / PAGE;
    const rect = area.querySelector("rect");
    const at = (name) => Number(rect.getAttribute(name)) * scale;
    const layer = document.createElement("div");
    layer.className = "desk-over";
    layer.style.left = `${at("x") - 2}px`;
    layer.style.top = `${at("y") - 2}px`;
    layer.style.width = `${at("width") + 4}px`;
    const text = form.querySelector("textarea");
    text.style.fontSize = `${BODY * scale}px`;
    text.style.lineHeight = `${LINE * scale}px`;
    text.style.minHeight = `${at("height")}px`;
    layer.append(form);
    const source = item.querySelector(":scope > .hint");
    const notes = [source, ...item.querySelectorAll(":scope > .desk-compare, :scope > .alert")].filter(Boolean).map((one) => one.cloneNode(true));
    layer.append(...notes);
    const adding = item.querySelector(":scope > .desk-adding");
    if (adding) layer.append(adding);
    sheet.append(layer);
    open = { layer, home: item, form, goes };
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
    return true;
  };

  const go = (goes) => {
    if (goes.startsWith("p-") && WIDE.matches && lay(goes)) return;
    const item = itemOf(goes);
    if (!item) return;
    for (let box = item.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const text = item.querySelector?.(":scope > .desk-form textarea");
    item.scrollIntoView({ block: "center", behavior: "instant" });
    const field = item.matches("input, select, textarea") ? item : item.querySelector?.("input:not([type=hidden]), select, textarea");
    (text ?? field ?? item).focus();
  };
  desk.addEventListener("click", (event) => {
    const area = event.target.closest(".desk-area");
    if (!area) return;
    event.preventDefault();
    go(area.dataset.goes);
  });

  const press = (form, act) => {
    const button = form.querySelector(`button[name=act][value=${act}]`);
    if (button) form.requestSubmit(button);
  };
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".desk-form");
    if (event.key === "Escape" && open) {
      event.preventDefault();
      shut();
    } else if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      press(form, form.dataset.key.startsWith("new-") ? "add" : "write");
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const area = event.target.closest?.(".desk-area");
      const mine = form ?? (area && itemOf(area.dataset.goes)?.querySelector(":scope > .desk-form"));
      if (!mine || mine.dataset.key.startsWith("new-")) return;
      event.preventDefault();
      press(mine, event.key === "ArrowUp" ? "up" : "down");
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.closest?.("input, textarea, select")) {
      const button = desk.querySelector(event.shiftKey ? "[data-redo]" : "[data-undo]");
      if (button && !button.disabled) { event.preventDefault(); button.click(); }
    }
  });

  // Back to the paragraph that was worked on, or to one whose text waits to be saved.
  const list = document.getElementById("desk-list");
  const wrong = list.querySelector("[data-opened]");
  if (WIDE.matches) list.open = false;
  const wanted = window.location.hash.slice(1);
  if (wrong) go(wrong.id.startsWith("p-") ? wrong.id : wrong.closest("details").id);
  else if (wanted.startsWith("p-")) {
    const area = areaOf(wanted);
    if (WIDE.matches && area) { area.scrollIntoView({ block: "center", behavior: "instant" }); area.focus({ preventScroll: true }); }
    else if (!WIDE.matches) itemOf(wanted)?.scrollIntoView({ block: "center", behavior: "instant" });
  } else if (wanted.startsWith("f-paragraphs.")) {
    const item = document.getElementById(wanted)?.closest("details");
    if (item) go(item.id);
  }
  document.querySelectorAll(".error-summary a[href^='#f-paragraphs.']").forEach((link) => link.addEventListener("click", (event) => {
    const item = document.getElementById(link.hash.slice(1))?.closest("details");
    if (item) { event.preventDefault(); go(item.id); }
  }));
  document.querySelectorAll("a[href='#desk-list'], a[href='#desk-annexes']").forEach((link) => link.addEventListener("click", () => { document.querySelector(link.hash).open = true; }));
})();
