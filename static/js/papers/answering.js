// What a unit fills in of its answer is kept with its draft, a moment after the last key.
(() => {
  "use strict";

  const form = document.querySelector("form[data-answer]");
  if (!form) return;
  const PAUSE = 1500, AGAIN = 5000;
  const CHANGED = "本单位已有人保存过答复草稿，没有覆盖。请先复制您填写的内容，刷新本页核对后再填";
  const said = form.querySelector("[data-kept]");
  const LEFT = `answer ${form.dataset.answer}`;
  let timer = 0, last = "", busy = false, sending = false, mine = false;

  const words = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (name === "once" || value instanceof File) data.delete(name);
    return data;
  };
  const plain = () => JSON.stringify([...words()].filter(([name]) => name !== "begun" && name !== "csrf_token"));
  const version = (value) => {
    let field = form.querySelector("[name=begun]");
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = "begun";
      form.append(field);
    }
    field.value = value;
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  };
  const keep = async () => {
    const now = plain();
    if (sending || now === last) return;
    if (busy) { later(PAUSE); return; }
    busy = true;
    try {
      const data = words();
      if (mine) data.append("mine", "1");
      const answer = await fetch(form.dataset.answer, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive: true });
      if (answer.status === 409) {
        sending = true;
        said.textContent = CHANGED;
        return;
      }
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      last = now;
      window.sessionStorage.removeItem(LEFT);
      mine = false;
      version(told.begun);
      said.textContent = `已保存 ${told.at}`;
    } catch {
      said.textContent = "暂时没能保存所填文字，请勿关闭本页，稍后会再试";
      later(AGAIN);
    } finally {
      busy = false;
    }
  };
  // What was typed in the last moment before the page was left or drawn anew.
  const leave = () => {
    if (sending || plain() === last) return;
    window.sessionStorage.setItem(LEFT, plain());
    keep();
  };
  const restore = () => {
    const left = window.sessionStorage.getItem(LEFT);
    window.sessionStorage.removeItem(LEFT);
    if (!left || left === plain()) return;
    const told = new Map();
    for (const [name, value] of JSON.parse(left)) told.set(name, [...(told.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || ["hidden", "file", "submit"].includes(field.type)) continue;
      const values = told.get(field.name) ?? [];
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
    }
    mine = true;
    later(0);
  };
  last = plain();
  form.addEventListener("input", () => later(PAUSE));
  form.addEventListener("change", () => later(PAUSE));
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(timer);
    window.sessionStorage.removeItem(LEFT);
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
  window.addEventListener("pagehide", leave);
  restore();
})();
