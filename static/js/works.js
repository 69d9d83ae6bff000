// How far a piece of long work is. Without this the page asks for itself anew every few seconds.
(() => {
  "use strict";

  const EVERY = 2000;
  const part = document.querySelector("#work[data-watch]");
  if (!part) return;
  const bar = part.querySelector("progress");
  const said = part.querySelector("[data-said]");
  const count = part.querySelector("[data-count]");

  const show = (told) => {
    said.textContent = told.words;
    count.textContent = told.total ? `${told.done} / ${told.total}` : "";
    if (told.total) {
      bar.max = told.total;
      bar.value = told.done;
    } else {
      bar.removeAttribute("value");
    }
  };

  const look = async () => {
    try {
      const answer = await fetch(part.dataset.watch, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 401 || answer.status === 403 || answer.status === 404) {
        location.reload();
        return;
      }
      const told = await answer.json();
      if (told.is_over || told.label !== part.querySelector("h2").firstChild.textContent.trim()) {
        location.reload();
        return;
      }
      show(told);
    } catch { /* the connection is gone for a moment */ }
    setTimeout(look, EVERY);
  };

  setTimeout(look, EVERY);
})();
