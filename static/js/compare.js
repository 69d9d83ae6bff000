// Before and after laid over each other with a slider. Without this they stand side by side.
(() => {
  "use strict";

  document.querySelectorAll("[data-compare]").forEach((pair) => {
    const [before, after] = [...pair.querySelectorAll("img")];
    if (!before || !after) return;
    const frame = document.createElement("div");
    frame.className = "slider";
    const picture = (from, name) => {
      const image = new Image();
      image.src = from.src.replace(/\/320$/, "/1280");
      image.alt = from.alt;
      image.className = name;
      return image;
    };
    const word = (text, name) => {
      const made = document.createElement("span");
      made.textContent = text;
      made.className = name;
      return made;
    };
    const top = picture(after, "slider-after");
    frame.append(picture(before, "slider-before"), top, word("整改前", "slider-before-word"), word("整改后", "slider-after-word"));
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: 0, max: 100, value: 50, className: "slider-range" });
    range.setAttribute("aria-label", "整改前后对比，向右拖动看整改前");
    const show = () => { top.style.clipPath = `inset(0 0 0 ${range.value}%)`; };
    range.addEventListener("input", show);
    frame.addEventListener("pointermove", (event) => {
      if (!event.buttons) return;
      const box = frame.getBoundingClientRect();
      range.value = Math.round(((event.clientX - box.left) / box.width) * 100);
      show();
    });
    show();
    pair.before(frame, range);
  });
})();
