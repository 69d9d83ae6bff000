// A line of a field of rows can be taken out: it is emptied, and an empty line is no row.
// One that stands for something already there (it carries an id) is struck off by a box of its own.
(() => {
  "use strict";

  document.querySelectorAll("table[data-rows] tbody tr").forEach((row) => {
    if (row.querySelector("input[type=hidden]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.dataset.remove = "";
    button.textContent = "清除本行";
    row.cells[row.cells.length - 1].append(button);
  });

  // One listener for all, so that lines added later are heard as well. The last line stays in sight,
  // because a further one is made after its likeness.
  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-remove]")?.closest("tr");
    if (!row) return;
    row.querySelectorAll("input, textarea, select").forEach((control) => {
      if (control.type === "checkbox") control.checked = false; else control.value = "";
    });
    if (row.nextElementSibling) row.hidden = true;
  });
})();
