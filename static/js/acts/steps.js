// A long form in steps: one part at a time, all of it still one form that is sent whole. Nothing typed is lost between
// them; going back in the browser goes back a step. Without script the parts stand below each other on one page.
(() => {
  "use strict";

  const OWN = 3; // so many parts have a step of their own, what follows shares the last
  const LAST = "措施和其他";
  const form = document.querySelector("form[data-steps]");
  const heads = form ? [...form.querySelectorAll(":scope > .act-part")] : [];
  if (heads.length <= OWN) return;

  const make = (name, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };
  const isPart = (node) => node.matches(".act-part, .act-grid, .act-fold");
  const parts = [...form.children].filter(isPart);
  const places = heads.slice(0, OWN + 1).map((head) => parts.indexOf(head));
  const steps = places.map((from, n) => {
    const title = n < OWN ? heads[n].textContent.trim() : LAST;
    const step = make("section", { className: "act-step", id: `step-${n + 1}` });
    step.setAttribute("aria-label", title);
    parts[from].before(step);
    step.append(...parts.slice(from, places[n + 1]));
    const way = make("button", { type: "button", className: "step-way" }, make("b", { className: "num", textContent: n + 1 }), make("span", { textContent: title }));
    way.setAttribute("aria-controls", step.id);
    const wrong = step.querySelectorAll(".field-error").length;
    if (wrong) way.append(make("span", { className: "step-wrong", textContent: `${wrong} 处要改` }));
    way.addEventListener("click", () => go(n));
    return { step, title, way };
  });

  const said = make("p", { className: "visually-hidden" });
  said.setAttribute("aria-live", "polite");
  const list = make("ol", { className: "step-list" }, ...steps.map((one) => make("li", {}, one.way)));
  list.setAttribute("aria-label", "登记的步骤");
  const before = make("button", { type: "button", className: "btn", textContent: "上一步" });
  const behind = make("button", { type: "button", className: "btn btn-primary", textContent: "下一步" });
  form.prepend(list, said);
  const send = form.querySelector(".form-foot [type=submit]");
  form.querySelector(".form-foot").prepend(before, behind);
  let at = 0;

  const show = (n) => {
    at = n;
    steps.forEach((one, place) => {
      one.step.hidden = place !== n;
      one.way.toggleAttribute("aria-current", place === n);
      if (place === n) one.way.setAttribute("aria-current", "step");
    });
    before.hidden = n === 0;
    behind.hidden = n === steps.length - 1;
    send?.classList.toggle("btn-primary", behind.hidden);
    said.textContent = `第 ${n + 1} 步，共 ${steps.length} 步：${steps[n].title}`;
  };
  const go = (n) => {
    if (n === at) return;
    show(n);
    history.pushState({ step: n }, "");
    list.scrollIntoView({ block: "nearest" });
    steps[n].way.focus({ preventScroll: true });
  };
  const isEmpty = (control) => control.required && !control.disabled && !control.value.trim();

  // What has to be filled is told at its field before one goes on; the server judges the whole when it is sent.
  const tell = (control) => {
    const field = control.closest(".field"), label = field.querySelector(".form-label").firstChild.textContent.trim();
    const error = field.querySelector(".field-error") || make("p", { className: "field-error", id: `${control.id}-error` });
    error.textContent = `请${control.localName === "select" ? "选择" : "填写"}${label}。`;
    field.classList.add("field-wrong");
    control.before(error);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", error.id);
  };
  const goOn = () => {
    const empty = [...steps[at].step.querySelectorAll("input, select, textarea")].filter(isEmpty);
    empty.forEach(tell);
    if (empty.length) empty[0].focus(); else go(at + 1);
  };
  before.addEventListener("click", () => go(at - 1));
  behind.addEventListener("click", goOn);
  form.addEventListener("input", (event) => {
    const field = event.target.closest(".field-wrong");
    if (!field || isEmpty(event.target)) return;
    field.classList.remove("field-wrong");
    field.querySelector(".field-error")?.remove();
    event.target.removeAttribute("aria-invalid");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || at === steps.length - 1) return;
    if (!event.target.matches("input:not([type=checkbox], [type=search])")) return;
    event.preventDefault(); // a line that is finished is not yet the form
    goOn();
  });

  // A link to a field (the list of what is wrong, a hint) opens the step it stands in.
  const reveal = (named) => {
    const n = steps.findIndex((one) => named && one.step.contains(named));
    if (n >= 0) show(n);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) reveal(document.getElementById(link.hash.slice(1)));
  });
  window.addEventListener("popstate", (event) => { if (event.state) show(event.state.step); }); // a link within the page has no state

  const wrong = steps.findIndex((one) => one.step.querySelector(".field-error"));
  show(wrong < 0 ? 0 : wrong);
  history.replaceState({ step: at }, "");
})();
