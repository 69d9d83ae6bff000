// A day is written or picked in Chinese in every browser: the browser's own field speaks the language it was
// installed in. What is sent stays 2025-11-25 (2025-11-25T09:30 with a time). Without script the browser's own
// field stands there. The dialog follows the date picker of the WAI-ARIA practices.
(() => {
  "use strict";

  const FIELDS = "input[type=date], input[type=datetime-local], input.date-field";
  const known = new WeakSet();
  const two = (number) => String(number).padStart(2, "0");
  const iso = (day) => `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  const dayOf = (text) => { const [year, month, day] = text.split("-").map(Number); return new Date(year, month - 1, day); };
  const today = document.querySelector(".page-foot time")?.dateTime || iso(new Date());
  const PATTERNS = [
    /^(?<y>\d{4})\D+(?<m>\d{1,2})\D+(?<d>\d{1,2})日?(?:[T\s]*(?<at>\d{1,2}[:：时]\d{1,2})分?)?$/,
    /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})(?:[T\s]*(?<at>\d{1,2}[:：时]\d{1,2})分?)?$/,
    /^(?<m>\d{1,2})[月./-](?<d>\d{1,2})日?(?:[T\s]*(?<at>\d{1,2}[:：时]\d{1,2})分?)?$/,
  ];

  // The day and the time that a person wrote; null where it is no day of the calendar.
  const read = (written) => {
    const text = written.normalize("NFKC").trim();
    const near = { 昨天: -1, 今天: 0, 明天: 1 }[text];
    if (near !== undefined) { const day = dayOf(today); day.setDate(day.getDate() + near); return { day: iso(day), at: "" }; }
    const found = PATTERNS.map((pattern) => text.match(pattern)?.groups).find(Boolean);
    if (!found) return null;
    const year = found.y || today.slice(0, 4);
    const day = `${year}-${two(found.m)}-${two(found.d)}`;
    const [hour, minute] = (found.at || "").split(/\D/);
    if (iso(dayOf(day)) !== day || Number(hour || 0) > 23 || Number(minute || 0) > 59) return null;
    return { day, at: found.at ? `${two(hour)}:${two(minute)}` : "" };
  };

  const years = new Map(); // what the city's calendar says of a year: {off, work, published}
  const marks = (year) => {
    if (!years.has(year)) {
      years.set(year, fetch(`/calendar/${year}`).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
    }
    return years.get(year);
  };
  const made = (tag, given, ...children) => {
    const element = Object.assign(document.createElement(tag), given);
    element.append(...children);
    return element;
  };

  const speakChinese = (field) => {
    known.add(field);
    if (field.type === "datetime-local") field.dataset.timed = "";
    const timed = "timed" in field.dataset;
    const name = field.getAttribute("aria-label") || field.labels[0]?.firstChild.textContent.trim() || "日期";
    const value = field.value;
    let sheet = null;
    let at = null; // the day that the keys stand on
    field.type = "text";
    field.value = value.replace("T", " ");
    field.classList.add("date-field");
    field.autocomplete = "off";
    field.placeholder = timed ? "年-月-日 时分" : "年-月-日";
    for (const [key, said] of Object.entries({ role: "combobox", "aria-haspopup": "dialog", "aria-expanded": "false" })) field.setAttribute(key, said);
    if (matchMedia("(pointer: coarse)").matches) field.inputMode = "none";

    const outside = (day) => (field.min && day < field.min.slice(0, 10) ? `不能早于${field.min.slice(0, 10)}` : field.max && day > field.max.slice(0, 10) ? `不能晚于${field.max.slice(0, 10)}` : "");
    const settle = () => {
      const found = field.value && read(field.value);
      if (found) field.value = timed ? `${found.day} ${found.at || "09:00"}` : found.day;
      field.setCustomValidity(field.value && !found ? `日期请写成${today}${timed ? " 09:30" : ""}这样` : found ? outside(found.day) : "");
    };
    const choose = (day) => {
      const had = read(field.value);
      field.value = timed && day ? `${day} ${had?.at || "09:00"}` : day;
      settle();
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    };
    const close = (back) => {
      if (!sheet) return;
      sheet.remove();
      sheet = null;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-controls");
      if (back) field.focus();
    };
    const pick = (day) => { if (!outside(day)) { choose(day); close(true); } };
    const walk = (days, months = 0) => {
      const to = dayOf(at);
      if (months) {
        const wanted = to.getDate();
        to.setDate(1);
        to.setMonth(to.getMonth() + months);
        to.setDate(Math.min(wanted, new Date(to.getFullYear(), to.getMonth() + 1, 0).getDate()));
      } else to.setDate(to.getDate() + days);
      at = iso(to);
      draw(true);
    };
    const KEYS = {
      ArrowLeft: () => walk(-1), ArrowRight: () => walk(1), ArrowUp: () => walk(-7), ArrowDown: () => walk(7),
      Home: () => walk(-((dayOf(at).getDay() + 6) % 7)), End: () => walk(6 - ((dayOf(at).getDay() + 6) % 7)),
      PageUp: (event) => walk(0, event.shiftKey ? -12 : -1), PageDown: (event) => walk(0, event.shiftKey ? 12 : 1),
    };
    const cell = (day, year) => {
      const off = year?.off.includes(day);
      const work = year?.work.includes(day);
      const button = made("button", {
        type: "button", tabIndex: day === at ? 0 : -1, textContent: String(Number(day.slice(8))),
        className: `date-day${off ? " is-off" : ""}${work ? " is-work" : ""}${day === today ? " is-today" : ""}`,
      });
      const said = [day, off ? "休" : "", work ? "班" : "", day === today ? "今天" : ""].filter(Boolean).join("，");
      button.setAttribute("aria-label", said);
      if (outside(day)) { button.setAttribute("aria-disabled", "true"); button.title = outside(day); }
      button.dataset.day = day;
      button.addEventListener("click", () => pick(day));
      const box = made("td", {}, button);
      if (day === read(field.value)?.day) box.setAttribute("aria-selected", "true");
      return box;
    };
    const draw = async (moves) => {
      const year = Number(at.slice(0, 4));
      const put = (told) => {
        if (!sheet || Number(at.slice(0, 4)) !== year) return;
        const first = dayOf(`${at.slice(0, 8)}01`);
        const last = new Date(year, first.getMonth() + 1, 0).getDate();
        const body = made("tbody", {});
        for (let place = 1 - ((first.getDay() + 6) % 7); place <= last; place += 7) {
          const row = made("tr", {});
          for (let day = place; day < place + 7; day += 1) row.append(day < 1 || day > last ? made("td", {}) : cell(`${at.slice(0, 8)}${two(day)}`, told));
          body.append(row);
        }
        sheet.querySelector("tbody").replaceWith(body);
        sheet.querySelector(".date-month").textContent = `${year}年${first.getMonth() + 1}月`;
        sheet.querySelector(".date-note").textContent = told && !told.published ? "该年度放假安排未公布" : "";
        if (moves) body.querySelector('[tabindex="0"]').focus();
      };
      put(null);
      put(await marks(year));
    };
    const step = (sign, label, months) => {
      const button = made("button", { type: "button", className: "date-step", textContent: sign });
      button.setAttribute("aria-label", label);
      button.addEventListener("click", () => { walk(0, months); button.focus(); });
      return button;
    };
    const foot = () => {
      const low = made("p", { className: "date-foot" });
      const now = made("button", { type: "button", className: "btn btn-plain", textContent: "今天" });
      const none = made("button", { type: "button", className: "btn btn-quiet", textContent: "清除" });
      now.addEventListener("click", () => pick(today));
      none.addEventListener("click", () => { choose(""); close(true); });
      low.append(now, none);
      if (timed) {
        const had = (read(field.value)?.at || "09:00").split(":");
        const lists = [["时", 24, 1], ["分", 60, 5]].map(([word, count, pace], place) => {
          const list = made("select", { className: "form-select date-time" });
          list.setAttribute("aria-label", word);
          for (let one = 0; one < count; one += pace) list.append(made("option", { value: two(one), textContent: two(one) + word }));
          if (![...list.options].some((one) => one.value === had[place])) list.prepend(made("option", { value: had[place], textContent: had[place] + word }));
          list.value = had[place];
          return list;
        });
        lists.forEach((list) => list.addEventListener("change", () => { field.value = `${read(field.value)?.day || at} ${lists[0].value}:${lists[1].value}`; choose(read(field.value).day); }));
        low.prepend(...lists);
      }
      return low;
    };
    const open = (enters) => {
      if (field.readOnly || field.disabled) return;
      if (!sheet) {
        const month = made("p", { className: "date-month" });
        const week = made("tr", {}, ...[..."一二三四五六日"].map((day) => made("th", { scope: "col", abbr: `周${day}`, textContent: day })));
        const grid = made("table", {}, made("thead", {}, week), made("tbody", {}));
        month.setAttribute("aria-live", "polite");
        grid.setAttribute("role", "grid");
        sheet = made("div", { className: "date-sheet", id: `${field.id || field.name}-calendar` },
          made("div", { className: "date-head" }, step("«", "上一年", -12), step("‹", "上一月", -1), month, step("›", "下一月", 1), step("»", "下一年", 12)),
          grid, made("p", { className: "date-note" }), foot());
        sheet.setAttribute("role", "dialog");
        sheet.setAttribute("aria-label", `选择${name}`);
        sheet.addEventListener("keydown", (event) => {
          if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(true); return; }
          if (!event.target.dataset.day || !KEYS[event.key]) return;
          event.preventDefault();
          KEYS[event.key](event);
        });
        sheet.addEventListener("focusout", (event) => { if (event.relatedTarget && event.relatedTarget !== field && !sheet?.contains(event.relatedTarget)) close(false); });
        const host = field.closest("dialog") || document.body;
        const box = field.getBoundingClientRect();
        const [left, top] = host === document.body ? [-scrollX, -scrollY] : [host.getBoundingClientRect().left, host.getBoundingClientRect().top];
        host.append(sheet);
        sheet.style.top = `${box.bottom - top + 4}px`;
        sheet.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - sheet.offsetWidth - 8)) - left}px`;
        field.setAttribute("aria-expanded", "true");
        field.setAttribute("aria-controls", sheet.id);
      }
      at = read(field.value)?.day || [today, field.min.slice(0, 10)].sort().at(-1);
      draw(enters);
    };

    field.addEventListener("click", () => open(false));
    field.addEventListener("change", settle);
    field.addEventListener("blur", (event) => { if (!sheet?.contains(event.relatedTarget)) close(false); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); open(true); }
      if (event.key === "Escape" && sheet) { event.preventDefault(); close(true); }
      if (event.key === "Enter") settle();
    });
    document.addEventListener("pointerdown", (event) => { if (sheet && !sheet.contains(event.target) && event.target !== field) close(false); });
    field.form?.addEventListener("formdata", (event) => {
      settle();
      if (field.name && event.formData.has(field.name)) event.formData.set(field.name, timed ? field.value.replace(" ", "T") : field.value);
    });
  };

  document.querySelectorAll(FIELDS).forEach(speakChinese);
  // A line that was added since.
  document.addEventListener("focusin", (event) => { if (event.target.matches(FIELDS) && !known.has(event.target)) speakChinese(event.target); });
})();
