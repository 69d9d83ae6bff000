// The list below the search box: what the server found, walked by the arrows. Without script the box is a plain form.
(() => {
  "use strict";

  const WAIT = 220;
  const LEAST = 2;

  const attach = (box) => {
    const list = document.createElement("div");
    list.className = "found-sheet";
    list.id = `${box.id}-found`;
    list.hidden = true;
    box.parentElement.append(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    let timer = 0;
    let asked = "";
    let current = -1;

    const options = () => [...list.querySelectorAll("[role=option]")];
    const close = () => {
      clearTimeout(timer);
      asked = "";
      list.hidden = true;
      current = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const choose = (index) => {
      const all = options();
      if (!all.length) return;
      current = (index + all.length) % all.length;
      all.forEach((one, place) => one.setAttribute("aria-selected", String(place === current)));
      all[current].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", all[current].id);
    };
    const show = (html) => {
      list.innerHTML = html; // drawn by our own server, which escapes
      const found = list.querySelector("ul.found-list");
      found?.setAttribute("role", "listbox");
      found?.setAttribute("aria-label", "找到的事项");
      list.querySelectorAll(".found-list > li").forEach((one, place) => {
        one.setAttribute("role", "option");
        one.setAttribute("aria-selected", "false");
        one.id = `${list.id}-${place}`;
        one.removeAttribute("data-row-link");
        const link = one.querySelector("a"); // an option holds nothing that takes the focus
        const words = document.createElement("span");
        words.className = "found-link";
        words.append(...link.childNodes);
        one.dataset.href = link.href;
        link.replaceWith(words);
        one.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey) window.open(one.dataset.href, "_blank", "noopener"); else window.location.assign(one.dataset.href);
        });
      });
      current = -1;
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      box.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      const question = box.value.trim();
      if (question.length < LEAST) { close(); return; }
      if (question === asked) return;
      asked = question;
      try {
        const answer = await fetch(`${box.dataset.search}?part=list&q=${encodeURIComponent(question)}`, { headers: { Accept: "text/html" } });
        const html = await answer.text();
        if (answer.ok && !answer.redirected && question === asked && document.activeElement === box) show(html);
      } catch { close(); } // the form still goes to the page of the search
    };

    box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); close(); }
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { asked = ""; ask(); return; }
        if (event.key === "ArrowDown") choose(current + 1); else choose(current < 0 ? -1 : current - 1);
      } else if (event.key === "Enter" && !list.hidden && current >= 0) {
        event.preventDefault();
        window.location.assign(options()[current].dataset.href);
      }
    });
    document.addEventListener("click", (event) => { if (!box.parentElement.contains(event.target)) close(); });
    box.parentElement.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.parentElement.contains(event.relatedTarget)) close(); });
  };

  document.querySelectorAll("[data-search]").forEach(attach);
})();
