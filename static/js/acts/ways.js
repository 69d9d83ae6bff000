// What was written under one answer goes along to the other: a mind may change, its words stay.
// It lies in this tab alone and only until the other page has read it.
(() => {
  "use strict";

  const CARRIED = "way-words";
  const field = () => document.querySelector("#f-opinion, #f-reason");

  document.querySelector(".ways")?.addEventListener("click", (event) => {
    const written = field()?.value.trim();
    if (event.target.closest("a.way:not([aria-current])") && written) {
      sessionStorage.setItem(CARRIED, JSON.stringify([location.pathname.split("/acts/")[0], written]));
    }
  });

  const carried = sessionStorage.getItem(CARRIED);
  sessionStorage.removeItem(CARRIED);
  const into = field();
  if (!carried || !into || into.value) return;
  const [of, written] = JSON.parse(carried);
  if (of !== location.pathname.split("/acts/")[0]) return;
  into.value = into.maxLength > 0 ? written.slice(0, into.maxLength) : written;
  into.dispatchEvent(new Event("input", { bubbles: true }));
})();
