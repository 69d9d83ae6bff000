// What script adds to pages that already work without it. Nothing here decides anything.
(() => {
  "use strict";

  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  // A form is sent once: a second press while the first is under way does nothing.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") {
      // An address holds what was asked, and nothing empty.
      const empty = [...form.elements].filter((field) => field.name && !field.value && !field.disabled);
      empty.forEach((field) => { field.disabled = true; });
      setTimeout(() => empty.forEach((field) => { field.disabled = false; }));
      return;
    }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  // The first thing to read after a failed form is what is wrong.
  document.querySelector("[data-focus]")?.focus();

  // A link to a line that is folded away unfolds it; new browsers do so by themselves.
  const unfold = () => {
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const folded = named && named.closest("details:not([open])");
    if (folded) { folded.open = true; named.scrollIntoView(); }
  };
  window.addEventListener("hashchange", unfold);
  unfold();

  // j and k walk the rows, Enter opens one, / goes to the search, ? tells of these keys.
  const rows = () => [...document.querySelectorAll("[data-row-link]")];
  let current = -1;
  const goTo = (index) => {
    const all = rows();
    if (!all.length) return;
    all[current]?.classList.remove("is-current");
    current = Math.max(0, Math.min(all.length - 1, index));
    all[current].classList.add("is-current");
    all[current].querySelector("a").focus({ preventScroll: true });
    all[current].scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: () => goTo(current + 1),
    k: () => goTo(current - 1),
    "/": () => {
      const box = [...document.querySelectorAll("input[type=search]")].find((one) => one.offsetParent !== null);
      if (box) { box.focus(); box.select(); } else document.querySelector("[data-search-link]")?.click();
    },
    "?": () => { const help = document.querySelector("[data-key-help]"); if (help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); } },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const one = /^[a-z0-9]$/.test(event.key) && document.querySelector(`a[data-key="${event.key}"]`);
    if (one) { event.preventDefault(); one.click(); return; }
    const act = keys[event.key];
    if (act && (rows().length || event.key === "/")) { event.preventDefault(); act(); }
  });

  // An open menu closes when one looks elsewhere, and on Escape.
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => menus().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  // One more line in a field of rows: the last line again, empty, with the next number.
  document.querySelectorAll("table[data-rows]").forEach((table) => {
    const body = table.tBodies[0];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain";
    button.textContent = "增加一行";
    button.addEventListener("click", () => {
      const line = body.rows[body.rows.length - 1].cloneNode(true);
      const index = body.rows.length;
      const renumber = (text) => text.replace(new RegExp(`(${table.dataset.rows}-)\\d+-`), `$1${index}-`);
      line.querySelectorAll("[name]").forEach((control) => {
        control.name = renumber(control.name);
        control.id = renumber(control.id);
        control.setAttribute("aria-label", control.getAttribute("aria-label").replace(/第\d+行/, `第${index + 1}行`));
        if (control.type === "checkbox") control.checked = false; else control.value = "";
      });
      body.append(line);
      line.querySelector("input, textarea, select").focus();
    });
    table.parentElement.after(button);
  });
})();
