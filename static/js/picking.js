// A long list of boxes (the units of a city) is narrowed by a word; what is chosen stands above it and can be
// taken off again. Without script the whole list stands there.
(() => {
  "use strict";

  document.querySelectorAll(".checks-many").forEach((list) => {
    const field = list.closest("fieldset");
    const name = field?.querySelector("legend")?.firstChild.textContent.trim() || "选项";
    const labels = [...list.querySelectorAll(".check")];
    const boxOf = (label) => label.querySelector("input");
    const picker = document.createElement("div");
    const chosen = document.createElement("ul");
    const search = document.createElement("input");
    const none = document.createElement("p");
    picker.className = "picker";
    chosen.className = "chips";
    chosen.setAttribute("aria-label", `已选的${name}`);
    Object.assign(search, { type: "search", className: "form-control", autocomplete: "off", placeholder: "输入全称、简称或其中几个字，可选几个" });
    search.setAttribute("aria-label", `查找${name}`);
    Object.assign(none, { className: "hint", textContent: "没有这个名称的", hidden: true });
    list.replaceWith(picker);
    picker.append(chosen, search, list, none);

    const draw = () => {
      chosen.replaceChildren(...labels.filter((label) => boxOf(label).checked).map((label) => {
        const item = document.createElement("li");
        const off = document.createElement("button");
        const text = label.textContent.trim();
        Object.assign(off, { type: "button", className: "filter-chip", textContent: `${text} ×` });
        off.setAttribute("aria-label", `去掉${text}`);
        off.addEventListener("click", () => { boxOf(label).click(); search.focus(); });
        item.append(off);
        return item;
      }));
    };
    // A short name is found by the full one, a name by some of its characters in their order: 水局 finds 市水利局.
    const fits = (name, asked) => {
      let at = -1;
      return name.includes(asked) || asked.endsWith(name) || [...asked].every((one) => {
        at = name.indexOf(one, at + 1);
        return at >= 0;
      });
    };
    const narrow = () => {
      const asked = search.value.trim();
      labels.forEach((label) => { label.hidden = !fits(label.textContent.trim(), asked); });
      none.hidden = labels.some((label) => !label.hidden);
    };
    search.addEventListener("input", narrow);
    search.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { search.value = ""; narrow(); picker.classList.remove("is-open"); }
      if (event.key !== "Enter") return;
      event.preventDefault(); // takes the one that is left; a form is never sent from here
      const left = labels.filter((label) => !label.hidden);
      if (search.value && left.length === 1) { boxOf(left[0]).click(); search.value = ""; narrow(); }
    });
    picker.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !picker.classList.contains("is-open")) return;
      const shown = labels.filter((label) => !label.hidden), next = shown.findIndex((label) => label.contains(event.target)) + step;
      event.preventDefault();
      (next < 0 ? search : boxOf(shown[Math.min(next, shown.length - 1)]))?.focus();
    });
    list.addEventListener("keydown", (event) => { if (event.key === "Escape") search.focus(); });
    list.addEventListener("change", draw);
    picker.addEventListener("focusin", () => picker.classList.add("is-open"));
    picker.addEventListener("focusout", (event) => { if (!picker.contains(event.relatedTarget)) picker.classList.remove("is-open"); });
    list.addEventListener("mousedown", (event) => { if (event.target.closest(".check")) event.preventDefault(); });
    draw();
  });
})();
