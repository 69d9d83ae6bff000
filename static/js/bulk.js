// How many tickets are chosen, and all of a page at once. Without this each is ticked by hand, and the bar
// stands there from the first; with it the bar comes with the first ticket that is chosen.
(() => {
  "use strict";

  document.querySelectorAll("#bulk, form[data-bulk]").forEach((form) => {
    const told = form.querySelector("[data-picked]");
    const boxes = () => [...document.querySelectorAll(`input[form=${form.id}][type=checkbox]`)];
    if (!boxes().length) return;

    const head = form.id === "bulk" ? document.querySelector("[data-pick-all]") : null;
    const all = head ? Object.assign(document.createElement("input"), { type: "checkbox", className: "pick-row" })
      : Object.assign(document.createElement("button"), { type: "button", className: "btn btn-quiet", textContent: form.id === "bulk" ? "全选本页" : "全选" });
    const picks = document.querySelector(`[data-picks=${form.id}]`);
    const tell = () => {
      const chosen = boxes().filter((box) => box.checked).length;
      told.textContent = `已勾选 ${chosen} ${told.dataset.picked || "件"}`;
      if (head || picks) form.hidden = !chosen;
      if (!head) return;
      all.checked = chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
    };
    all.addEventListener("click", () => {
      const wanted = boxes().some((box) => !box.checked);
      boxes().forEach((box) => { box.checked = wanted; });
      tell();
    });
    if (head) { all.setAttribute("aria-label", "全选本页"); head.replaceChildren(all); } else (picks || form).prepend(all);
    document.addEventListener("change", (event) => { if (event.target.form === form) tell(); });
    // With Shift all between the last ticked and this one are as this one is.
    let last = null;
    document.addEventListener("click", (event) => {
      const box = event.target;
      if (box.type !== "checkbox" || box.form !== form) return;
      const every = boxes();
      if (event.shiftKey && last && last.isConnected) {
        const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((one, other) => one - other);
        every.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
        tell();
      }
      last = box;
    });
    picks?.querySelectorAll("[data-pick]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        boxes().forEach((box) => { box.checked = box.dataset.same === button.dataset.pick; });
        tell();
      });
    });
    window.addEventListener("pageshow", tell); // a page one comes back to keeps its ticks
    tell();
  });
})();
