// Files of any form: chosen, dropped, pasted or photographed. Each goes at once to wait for its form (sending.js),
// with its way shown, and is put into the form by its word. Without this the form takes them along as it is.
(() => {
  "use strict";

  const AT_ONCE = 2, URL_OF_STAGE = "/staged", PATIENCE = 8000;
  const { sized } = window.chosen;
  const made = (tag, about = {}, ...inside) => { const node = Object.assign(document.createElement(tag), about); node.append(...inside); return node; };

  // ---- turns: a few on their way at a time, whatever the field
  const waiting = [];
  let running = 0;
  const next = () => {
    while (running < AT_ONCE && waiting.length) {
      running += 1;
      waiting.shift()().finally(() => { running -= 1; next(); });
    }
  };

  const begin = (root) => {
    const form = root.closest("form"), list = root.querySelector("[data-list]"), said = root.querySelector("[data-said]");
    const name = root.dataset.files, address = root.dataset.form, limits = JSON.parse(root.dataset.limits);
    const most = Number(root.dataset.most) || 0, isOne = root.hasAttribute("data-one"), field = root.querySelector("input[type=file]:not([capture])");
    const token = () => form.elements.csrf_token.value;
    const items = [];
    form.fileItems = form.fileItems || [];

    const tooMany = () => (most && items.filter((one) => one.state !== "refused").length > most ? `一次最多${most}个文件` : "");

    const button = (text, one, act) => {
      const node = made("button", { type: "button", className: "btn btn-quiet", textContent: text });
      node.setAttribute("aria-label", `${text}${one.name}`);
      node.addEventListener("click", act);
      return node;
    };
    const show = (one, words, state) => {
      one.state = state;
      one.line.className = `upload-${state}`;
      one.said.textContent = words;
      one.bar.hidden = state !== "sending";
      one.acts.replaceChildren();
      if (state === "failed") one.acts.append(button("重试", one, () => queue(one)));
      one.acts.append(button(state === "sending" || state === "waiting" ? "取消" : "移除", one, () => remove(one)));
      const left = form.fileItems.filter((other) => ["sending", "waiting"].includes(other.state)).length;
      const ready = items.filter((other) => other.state === "saved").length;
      said.textContent = ready || left ? `${ready}个已传好${left ? `，${left}个在传` : ""}` : "";
      form.dispatchEvent(new CustomEvent("files:changed"));
    };

    // A picture is shown as the browser has it; one it cannot draw as the server made it small.
    const small = (one) => window.chosen.shown(one.face, `${URL_OF_STAGE}/${one.word}/preview`, one.name);
    const draw = async (one) => {
      if (!one.isPicture) { window.chosen.plain(one.face, one.name); return; }
      if (!one.file) { small(one); return; }
      const points = await window.chosen.draw(one.face, one.file), wrong = window.chosen.tooFine(one.name, points, limits);
      if (wrong) refuse(one, wrong);
      one.isOdd = !points;
      if (one.isOdd && one.word) small(one);
    };

    const drop = (one) => {
      one.stop?.abort();
      const word = one.word || one.task?.part;
      if (address && word) fetch(`${URL_OF_STAGE}/${word}/drop`, { method: "POST", headers: { "X-CSRFToken": token(), Accept: "application/json" } }).catch(() => {});
      one.carrier?.remove();
      one.carrier = one.word = one.task = null;
    };
    const refuse = (one, why) => { drop(one); show(one, why, "refused"); };
    const remove = (one) => {
      drop(one);
      items.splice(items.indexOf(one), 1);
      form.fileItems.splice(form.fileItems.indexOf(one), 1);
      const focused = one.line.nextElementSibling?.querySelector("button") || field;
      one.line.remove();
      if (items[0]) show(items[0], items[0].said.textContent, items[0].state); else said.textContent = "";
      form.dispatchEvent(new CustomEvent("files:changed"));
      focused.focus();
    };

    const line = (one) => {
      one.face = made("span", { className: "file-face" });
      one.bar = made("progress", { max: 100, value: 0, hidden: true });
      one.bar.setAttribute("aria-label", `${one.name}上传进度`);
      one.said = made("span", { className: "soft" });
      one.acts = made("span", { className: "file-acts" });
      const called = made("span", { className: "file-name", textContent: one.name });
      called.setAttribute("lang", "und");
      one.line = made("li", {}, one.face, made("span", { className: "file-words" }, called, made("span", { className: "soft", textContent: sized(one.size) }), one.bar, one.said), one.acts);
      list.append(one.line);
      items.push(one);
      form.fileItems.push(one);
    };
    const carry = (one, word) => {
      one.word = word;
      one.carrier = made("input", { type: "hidden", name: `staged_${name}`, value: word });
      one.line.append(one.carrier);
    };
    const done = (one, isPlaced) => show(one, isPlaced ? "已传好，附位置" : "已传好", "saved");

    const send = async (one) => {
      if (one.state !== "waiting") return;
      one.stop = new AbortController();
      one.task = one.task || { file: one.file, base: URL_OF_STAGE, about: { form: address } };
      Object.assign(one.task, { token: token(), signal: one.stop.signal, words: one.place || {}, ready: one.placing });
      const { signal } = one.stop;
      show(one, "开始上传", "sending");
      try {
        const told = await window.evidence.send(one.task, (at, isBroken, seconds) => {
          one.bar.value = Math.round((at / one.size) * 100);
          one.said.textContent = seconds ? `同时上传的人较多，约 ${seconds} 秒后自动继续…` : isBroken ? "网络中断，正在重新连接…" : at === one.size ? one.asks || "正在校验…" : `已上传 ${one.bar.value}%`;
        });
        if (signal.aborted) return;
        carry(one, told.staged);
        if (one.isOdd) small(one);
        done(one, Boolean(one.place));
      } catch (error) {
        if (signal.aborted) return;
        one.isCut = !(error instanceof window.evidence.Refused);
        show(one, one.isCut ? `网络中断，已传 ${one.bar.value}%，联网后自动继续` : error.message, "failed");
      }
    };
    const queue = (one) => {
      if (!address) { show(one, "随表单一并提交", "saved"); return; }
      show(one, "等待上传", "waiting");
      waiting.push(() => send(one));
      next();
    };

    // ---- where a shot was taken: asked once a form, told with every shot after that
    const here = () => new Promise((end) => {
      navigator.geolocation.getCurrentPosition(({ coords }) => end({ lon: coords.longitude, lat: coords.latitude }), () => end(null), { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 5000 });
    });
    const askedPlace = () => {
      const ask = root.querySelector("[data-place]");
      if (!ask || !address || !navigator.geolocation || !window.isSecureContext) return Promise.resolve(false);
      form.placing = form.placing || new Promise((end) => {
        if (form.askPlace) { // a form with a place of its own: the browser asks, once for both
          if (!form.elements.lon.value) form.askPlace();
          end(true);
          return;
        }
        const answer = (agreed) => () => { ask.hidden = true; end(agreed); };
        ask.hidden = false;
        ask.querySelector("[data-agree]").onclick = answer(true);
        ask.querySelector("[data-skip]").onclick = answer(false);
        form.skipPlace = answer(false);
      });
      return form.placing;
    };
    // Sent meanwhile; only the end of it waits for the answer.
    const place = async (one) => {
      one.asks = "请选择是否附上位置";
      if (await askedPlace()) {
        one.asks = "正在定位…";
        one.place = await here();
        if (one.task) one.task.words = one.place || {};
      }
      one.asks = "";
    };

    const add = (files, isShot = false) => [...files].forEach((file) => {
      if (isOne) [...items].forEach(remove);
      const one = { file, name: file.name, size: file.size, state: "chosen", isPicture: window.chosen.isPicture(file.name, file.type) };
      line(one);
      const wrong = window.chosen.fault(file, limits, root.dataset.kinds) || tooMany();
      if (wrong) { window.chosen.plain(one.face, one.name); show(one, wrong, "refused"); return; }
      if (isShot && root.querySelector("[data-place]")) one.placing = place(one);
      queue(one);
      draw(one);
    });

    const wrong = root.querySelector(".field-error")?.textContent || "";
    const restore = (told) => {
      if (told.isPlaced) form.placing = Promise.resolve(true); // agreed to before
      const one = { name: told.name, size: told.size, state: "saved", isPicture: told.isPicture };
      line(one);
      carry(one, told.word);
      done(one, told.isPlaced);
      if (wrong.includes(`“${one.name}”`)) {
        one.said.textContent = "没有通过检查，原因见上，请移除或更换";
        one.line.className = "upload-failed";
      }
      draw(one);
    };
    // Those a form that came back has; and those of words that were kept elsewhere (window.staged).
    [...list.children].forEach((old) => {
      old.remove();
      restore({ word: old.dataset.word, name: old.dataset.name, size: Number(old.dataset.size), isPicture: old.hasAttribute("data-picture"), isPlaced: old.hasAttribute("data-placed") });
    });
    root.bringBack = async (words) => {
      let gone = 0;
      for (const word of words) {
        if (items.some((one) => one.word === word)) continue;
        const answer = await fetch(`${URL_OF_STAGE}/${word}`, { headers: { Accept: "application/json" } }).catch(() => null);
        const told = answer?.ok ? await answer.json() : {};
        if (told.name) restore({ word, name: told.name, size: told.size, isPicture: told.picture, isPlaced: told.placed }); else gone += 1;
      }
      if (gone) said.textContent = `有${gone}个先前选好的文件已不在，请重新选择。`;
    };

    root.addEventListener("change", (event) => {
      if (event.target.type !== "file") return;
      const files = [...event.target.files];
      event.target.value = "";
      add(files, event.target.hasAttribute("capture"));
    });
    ["dragover", "dragleave", "drop"].forEach((kind) => root.addEventListener(kind, (event) => {
      event.preventDefault();
      root.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") add(event.dataTransfer.files);
    }));
    root.addPasted = add;
    window.chosen.asButtons(root);
    window.addEventListener("online", () => items.filter((one) => one.state === "failed" && one.isCut).forEach(queue));
    if (!address) {
      form.addEventListener("submit", () => {
        const all = new DataTransfer();
        items.filter((one) => one.state === "saved").forEach((one) => all.items.add(one.file));
        field.files = all.files;
      });
    }
  };

  // A form goes when all it shows has come: what is on its way is waited for, what did not come is told.
  const guard = (form) => {
    let submitter = null;
    const tell = (text) => { form.querySelector("[data-said]").textContent = text; };
    const lacking = () => form.fileItems.filter((one) => ["failed", "refused"].includes(one.state));
    const coming = () => form.fileItems.filter((one) => ["waiting", "sending"].includes(one.state));
    form.addEventListener("submit", (event) => {
      const wrong = lacking();
      if (!wrong.length) form.skipPlace?.(); // who sends without an answer has none
      if (!wrong.length && !coming().length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      submitter = wrong.length ? null : event.submitter || form.querySelector("[type=submit]");
      tell(wrong.length ? `“${wrong[0].name}”没有传上，请重试或移除后再提交` : `还有${coming().length}个文件在传，传完自动提交`);
      if (wrong.length) { wrong[0].line.scrollIntoView({ block: "center" }); wrong[0].acts.querySelector("button").focus(); }
    }, true);
    form.addEventListener("files:changed", () => {
      if (!submitter) return;
      const wrong = lacking();
      if (wrong.length) { submitter = null; tell(`“${wrong[0].name}”没有传上，尚未提交，请重试或移除`); return; }
      if (coming().length) { tell(`还有${coming().length}个文件在传，传完自动提交`); return; }
      const by = submitter;
      submitter = null;
      form.requestSubmit(by);
    });
    window.addEventListener("beforeunload", (event) => { if (coming().length) event.preventDefault(); });
  };

  const roots = [...document.querySelectorAll("[data-files]")];
  roots.forEach(begin);
  new Set(roots.map((root) => root.closest("form"))).forEach(guard);
  document.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    const root = roots.find((one) => one.contains(document.activeElement)) || roots.find((one) => one.offsetParent !== null);
    if (files?.length && root) root.addPasted(files);
  });
  // For what is kept of a form elsewhere: the words of its `staged_…` fields bring their files back.
  window.staged = { restore: (form, name, words) => [...form.querySelectorAll("[data-files]")].find((root) => root.dataset.files === name.replace(/^staged_/, ""))?.bringBack(words) };
})();
