// While a problem is entered: what it may be the same as, asked of the server once a field that counts has changed.
// Without script the ticket's own page tells it, once entered as a draft.
(() => {
  "use strict";

  const COUNTS = new Set(["problem", "region", "subject_firm", "lon", "lat"]);
  const place = document.querySelector("[data-entering]");
  if (!place) return;
  const form = place.closest("form");
  let asked = 0;

  const offer = () => place.querySelectorAll("[data-suggests]").forEach((button) => { button.hidden = false; });

  const ask = async () => {
    const mine = asked += 1;
    const said = new FormData(form);
    said.set("look", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(said), headers: { Accept: "text/html" } });
      if (!answer.ok || mine !== asked) return;
      place.innerHTML = await answer.text(); // drawn by our own server, which escapes
      offer();
    } catch {
      // No connection: the ticket's own page tells it.
    }
  };

  form.addEventListener("change", (event) => {
    if (COUNTS.has(event.target.name) && form.elements.problem.value.trim()) ask();
  });

  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-suggests]");
    if (!button) return;
    const name = button.dataset.suggests, value = button.dataset.value;
    for (const control of form.querySelectorAll(`[name="${name}"]`)) {
      if (control.type !== "checkbox") control.value = value;
      else if (control.value === value) control.checked = true;
    }
    button.disabled = true;
    button.textContent = "已填入";
  });
})();
