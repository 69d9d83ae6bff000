// A round by keyboard: j and k walk the rows, c confirms, h holds, r raises. Each is a form of the page.
(() => {
  "use strict";

  const rows = [...document.querySelectorAll("[data-round-row]")];
  if (!rows.length) return;
  let current = -1;

  const goTo = (index) => {
    rows[current]?.classList.remove("is-current");
    current = Math.max(0, Math.min(rows.length - 1, index));
    rows[current].classList.add("is-current");
    rows[current].querySelector("a").focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "nearest" });
  };

  // After a decision the page comes back at its row: go on to the next that is undecided.
  const begin = () => {
    const decided = rows.findIndex((row) => `#${row.id}` === location.hash);
    if (decided < 0) return;
    const next = rows.findIndex((row, index) => index > decided && !row.dataset.decision);
    goTo(next < 0 ? decided : next);
  };

  const write = (decision) => {
    const button = rows[current].querySelector(`button[data-decision=${decision}]`);
    if (!button) return;
    const reason = button.form.querySelector("textarea");
    rows[current].querySelector("details").open = true;
    if (reason.value.trim()) { button.form.requestSubmit(button); return; }
    reason.focus();
    reason.dataset.decision = decision;
  };

  const keys = {
    j: () => goTo(current + 1),
    k: () => goTo(current - 1),
    c: () => rows[current]?.querySelector("button[data-decision=confirm]")?.click(),
    h: () => current >= 0 && write("hold"),
    r: () => current >= 0 && write("raise"),
    x: (event) => rows[current]?.querySelector("input[type=checkbox]")?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: event.shiftKey })),
    "?": () => { const help = document.querySelector("[data-round-help]"); help.open = !help.open; },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const area = event.target.closest("textarea");
    // In the reason, Enter sends the decision whose key was pressed; Shift+Enter is a new line.
    if (area && event.key === "Enter" && !event.shiftKey && area.dataset.decision) {
      event.preventDefault();
      area.form.requestSubmit(area.form.querySelector(`button[data-decision=${area.dataset.decision}]`));
      return;
    }
    if (event.key === "Escape" && area) { area.blur(); return; }
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(event); }
  });
  begin();

  // What is decided in the room lands here: at once where nothing is typed or ticked, else it is told.
  const EVERY = 3000;
  const told = document.querySelector("[data-watch][data-state]");
  const isBusy = () => document.querySelector("main input[type=checkbox]:checked, main textarea:focus") || [...document.querySelectorAll("main textarea")].some((area) => area.value.trim());
  const watch = async () => {
    try {
      const answer = await fetch(told.dataset.watch, { headers: { Accept: "application/json" } });
      const now = answer.ok && !answer.redirected ? await answer.json() : null;
      if (now && now.state !== told.dataset.state) {
        if (!isBusy()) { location.reload(); return; }
        told.querySelector("[data-news]").innerHTML = '<a href="">有新的研判，刷新</a>';
      }
    } catch { /* the connection is gone for a moment */ }
    setTimeout(watch, EVERY);
  };
  if (told) setTimeout(watch, EVERY);
})();
