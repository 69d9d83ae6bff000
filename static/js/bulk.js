// How many tickets are chosen, and all of a page at once. Without this each is ticked by hand.
(() => {
  "use strict";

  const form = document.getElementById("bulk");
  const told = form.querySelector("[data-picked]");
  const boxes = () => [...document.querySelectorAll("input[form=bulk][type=checkbox]")];
  if (!boxes().length) return;

  const tell = () => { told.textContent = `已勾选 ${boxes().filter((box) => box.checked).length} ${told.dataset.picked || "件"}`; };
  const all = document.createElement("button");
  all.type = "button";
  all.className = "btn btn-quiet";
  all.textContent = "全选本页";
  all.addEventListener("click", () => {
    const wanted = boxes().some((box) => !box.checked);
    boxes().forEach((box) => { box.checked = wanted; });
    tell();
  });
  form.prepend(all);
  document.addEventListener("change", (event) => { if (event.target.form === form) tell(); });
  tell();
})();
