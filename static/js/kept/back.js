// After a refusal going back and loading anew lead to a page, not to sending the form again.
(() => {
  "use strict";

  const named = document.querySelector('meta[name="back-address"]');
  if (!named) return;
  for (const form of document.forms) if (!form.hasAttribute("action")) form.action = location.href;
  history.replaceState(history.state, "", named.content);
})();
