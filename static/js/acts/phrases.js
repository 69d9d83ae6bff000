// One press puts a phrase behind what is written in the field it stands under.
(() => {
  "use strict";

  document.querySelectorAll("[data-phrases]").forEach((group) => {
    const field = document.getElementById(group.dataset.phrases);
    if (!field) return;
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      const text = field.value + pressed.textContent;
      if (field.maxLength > 0 && text.length > field.maxLength) return;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  });
})();
