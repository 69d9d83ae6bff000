// Printing the register prints all of it: before paper the page's lines give way to every line of the filter.
(() => {
  "use strict";

  const button = document.querySelector("[data-print]");
  if (button) { button.hidden = false; button.addEventListener("click", () => window.print()); }

  const all = document.querySelector("a[data-print-all]");
  const table = document.querySelector("table.register");
  if (!all || !table) return;
  let kept = null;

  // A browser waits for nothing once it prints, so the lines are asked for at once.
  const fetched = () => {
    const asked = new XMLHttpRequest();
    asked.open("GET", all.href, false);
    asked.send();
    return asked.status === 200 ? new DOMParser().parseFromString(asked.responseText, "text/html") : null;
  };
  window.addEventListener("beforeprint", () => {
    if (kept) return;
    let whole = null;
    try { whole = fetched(); } catch { whole = null; }
    const lines = whole?.querySelector("table.register tbody");
    if (!lines) return;
    const note = document.querySelector("[data-print-note]");
    kept = { body: table.tBodies[0], words: note?.textContent };
    kept.body.replaceWith(document.adoptNode(lines));
    if (note) note.textContent = whole.querySelector("[data-print-note]").textContent;
  });
  window.addEventListener("afterprint", () => {
    if (!kept) return;
    table.tBodies[0].replaceWith(kept.body);
    const note = document.querySelector("[data-print-note]");
    if (note) note.textContent = kept.words;
    kept = null;
  });
})();
