// A form filled on the spot. Pressed “save”, it is first sealed on this phone, then sent; without a network it waits
// there. So nothing is lost whatever the network does, and the same key is never recorded twice.
(() => {
  "use strict";

  const form = document.querySelector("form[data-spot]");
  const said = document.querySelector("[data-spot-said]");
  const way = form.querySelector("[data-spot-way]");
  const later = form.querySelector("[data-later]");
  const shots = form.querySelector("[data-shots]");
  const MOST_NEAR = 6;
  let files = [], isPlaced = false;

  const pad = (figure) => String(figure).padStart(2, "0");
  const clock = (at) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const hidden = (name, value) => {
    let field = form.elements[name];
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name });
      form.append(field);
    }
    if (value !== undefined) field.value = value;
    return field;
  };
  const tell = (text, look) => {
    const line = Object.assign(document.createElement("p"), { className: `alert alert-${look}`, textContent: text });
    said.replaceChildren(...(text ? [line] : []));
    if (text) said.focus();
  };

  // ---- photos: each shot is added, and seen
  const drawShots = () => {
    shots.replaceChildren(...files.map((file, place) => {
      const item = document.createElement("li");
      const picture = document.createElement("img");
      const off = document.createElement("button");
      picture.src = URL.createObjectURL(file);
      picture.alt = `照片${place + 1}`;
      picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
      picture.addEventListener("error", () => picture.replaceWith(file.name));
      Object.assign(off, { type: "button", className: "btn btn-quiet", textContent: "移除" });
      off.setAttribute("aria-label", `移除照片${place + 1}`);
      off.addEventListener("click", () => { files.splice(place, 1); drawShots(); });
      item.append(picture, off);
      return item;
    }));
  };
  const placeOnce = () => {
    if (isPlaced || !form.askPlace || form.elements.lon.value) return;
    isPlaced = true;
    form.askPlace();
  };
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    files.push(...event.target.files);
    event.target.value = "";
    drawShots();
    hidden("device_at", hidden("device_at").value || new Date().toISOString());
    placeOnce(); // asked once, with the first shot
  });

  // ---- which ticket: the nearest ones, and its place with it
  const near = form.querySelector("[data-stops]");
  const choose = (one) => {
    if (!one?.dataset.number) return;
    form.elements.region.value = one.dataset.region;
    if (!form.elements.place.value || form.elements.place.dataset.filled) {
      form.elements.place.value = one.dataset.place;
      form.elements.place.dataset.filled = "1";
    }
  };
  const listNear = (here) => {
    if (!near) return;
    const [none, ...lines] = near.children;
    const stops = lines.map((line) => ({ line, lon: Number(line.dataset.lon), lat: Number(line.dataset.lat), first: line.hasAttribute("data-chosen") || line.querySelector("input").checked }));
    const ordered = here ? window.going.near(here, stops) : [...stops.filter((one) => one.first), ...stops.filter((one) => !one.first)];
    if (here) ordered.forEach((stop) => { stop.line.querySelector("[data-far]").textContent = window.going.said(here, stop); });
    near.replaceChildren(none, ...ordered.map((stop) => stop.line));
    ordered.forEach((stop, place) => { stop.line.hidden = place >= MOST_NEAR && !stop.line.querySelector("input").checked; });
  };
  if (near) {
    near.addEventListener("change", (event) => choose(event.target.closest("label")));
    const asked = new URLSearchParams(window.location.search).get("issue");
    const radio = asked && near.querySelector(`input[value="${CSS.escape(asked)}"]`);
    if (radio) { radio.checked = true; choose(radio.closest("label")); }
    listNear(null);
    form.addEventListener("placed", (event) => listNear(event.detail));
  }

  if (!window.onsite.canKeep) {
    way.textContent = "这个网址不是 https 或浏览器不支持，断网时不能暂存。";
    // the photos chosen one after another go along with the form as the browser sends it
    form.addEventListener("submit", () => {
      const all = new DataTransfer();
      files.forEach((file) => all.items.add(file));
      form.querySelector("#f-file").files = all.files;
    });
    return;
  }
  form.elements.once.value = window.onsite.newKey(); // a page that was kept is opened many times
  later.hidden = false;
  const online = () => {
    form.querySelector("button.btn-primary").textContent = navigator.onLine ? form.dataset.label : "存到待发送";
    later.hidden = !navigator.onLine;
    way.textContent = navigator.onLine ? "" : "现在没有网络：先加密存在这台手机上，联网后由您点发送。";
    if (!navigator.onLine && !form.dataset.timed) { form.elements.at.value = clock(new Date()); form.dataset.timed = "1"; }
  };
  form.dataset.label = form.querySelector("button.btn-primary").textContent;
  window.addEventListener("online", online);
  window.addEventListener("offline", online);
  online();

  const item = () => {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrf_token");
    return {
      key: form.elements.once.value, url: form.getAttribute("action"), done: form.dataset.done, label: form.dataset.spot,
      page: window.location.pathname, words: words(), at: form.elements.device_at?.value || new Date().toISOString(), fields, files,
      title: form.elements.findings?.value.slice(0, 40) || form.dataset.spot,
      place: form.elements.lon.value ? `东经 ${form.elements.lon.value}°，北纬 ${form.elements.lat.value}°${form.elements.accuracy?.value ? `（±${form.elements.accuracy.value}米）` : ""}` : "没有定位",
    };
  };
  const nameOf = (field) => form.querySelector(`label[for="${field.id}"]`)?.firstChild.textContent || field.getAttribute("aria-label") || "";
  const saidOf = (field) => (field.tagName === "SELECT" ? field.selectedOptions[0]?.textContent : field.value) || "";
  const words = () => [...form.querySelectorAll("input.form-control, textarea, select")].filter((field) => field.value).map((field) => [nameOf(field), saidOf(field)]);
  // What the server would refuse for being empty is told before it waits on the phone.
  const lacking = () => {
    const empty = [...form.querySelectorAll("[required], select[name$='-conclusion']")].filter((field) => field.type !== "file" && !field.value.trim()).map(nameOf);
    return form.querySelector("[data-photos] .must") && !files.length ? ["照片", ...empty] : empty;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const lacks = lacking();
    if (lacks.length) { tell(`请填写${lacks.join("、")}`, "error"); form.querySelector("details").open = true; return; }
    hidden("device_at", hidden("device_at").value || new Date().toISOString());
    const buttons = [...form.querySelectorAll("button[type=submit]")];
    buttons.forEach((button) => { button.disabled = true; });
    const one = item();
    try { await window.onsite.keep(one); } catch (error) {
      buttons.forEach((button) => { button.disabled = false; });
      tell(error instanceof window.onsite.Lapsed ? "登录已过期，请先联网登录，再回到本页。" : "本机没有空间或不能暂存，请联网后直接提交。", "error");
      return;
    }
    if (event.submitter === later || !navigator.onLine) { window.location.href = "/route/waiting"; return; }
    try {
      const path = await window.onsite.send(one, (part) => { way.textContent = part < 1 ? `正在发送 ${Math.round(part * 100)}%` : "正在保存…"; });
      await window.onsite.drop(one.key);
      window.location.href = path;
    } catch (error) {
      buttons.forEach((button) => { button.disabled = false; });
      if (error instanceof window.onsite.Refused) { way.textContent = ""; tell(error.message, "error"); } else window.location.href = "/route/waiting";
    }
  }, true);

  // ---- one that waits is changed here
  const restore = async () => {
    const key = new URLSearchParams(window.location.hash.slice(1)).get("item");
    const held = key && await window.onsite.one(key);
    if (!held) return;
    held.fields.forEach(([name, value]) => {
      if (["version", "seen", "csrf_token"].includes(name)) return; // as the page says now
      const field = form.elements[name];
      if (field instanceof RadioNodeList) [...field].forEach((one) => { one.checked = one.value === value; });
      else if (field?.type === "checkbox") field.checked = true;
      else hidden(name, value);
    });
    files = held.files;
    isPlaced = true;
    form.dataset.timed = "1";
    drawShots();
    if (near) listNear(null);
    form.querySelector("details").open = true;
    way.textContent = "这是待发送的一条，改好后再保存。";
  };
  restore().catch(() => {});
})();
