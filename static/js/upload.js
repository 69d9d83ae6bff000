// Files one by one, each with progress, pause and going on, or kept on this device as a draft.
// Without this the form is sent as it is. The sending itself is in sending.js.
(() => {
  "use strict";

  const { extensionOf, sized, isPicture } = window.chosen;

  const begin = (form) => {
    const list = form.querySelector("[data-list]");
    const drop = form.querySelector("[data-drop]");
    const send = form.querySelector("button[type=submit]");
    const queue = [];
    const limits = JSON.parse(drop.dataset.limits);

    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-quiet";
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };

    const show = (one, said, state) => {
      one.state = state;
      one.said.textContent = said;
      one.line.className = `upload-${state}`;
      one.bar.hidden = state !== "sending";
      one.acts.replaceChildren();
      if (["waiting", "refused", "paused", "failed", "draft"].includes(state)) one.acts.append(button("移除", () => remove(one)));
      if (state === "sending") one.acts.append(button("暂停", () => one.stop.abort()));
      if (state === "paused") one.acts.append(button("继续", () => post(one)));
      if (state === "failed") one.acts.append(button("重试", () => post(one)));
      if (state === "draft") one.acts.append(button("发送", () => post(one)));
      if (["waiting", "failed", "paused"].includes(state) && window.indexedDB) one.acts.append(button("存为草稿", () => keep(one)));
      send.textContent = queue.some((other) => other.state === "waiting") ? `上传 ${queue.filter((other) => other.state === "waiting").length} 个文件` : "上传佐证材料";
    };

    const remove = (one) => {
      window.evidence.drafts.drop(one.key).catch(() => {});
      queue.splice(queue.indexOf(one), 1);
      one.line.remove();
      finish();
    };

    const line = (one) => {
      const file = one.file;
      one.line = document.createElement("li");
      const name = document.createElement("span"), size = document.createElement("span"), words = document.createElement("span");
      one.face = document.createElement("span");
      one.face.className = "file-face";
      Object.assign(name, { className: "file-name", textContent: file.name, lang: "und" });
      Object.assign(size, { className: "soft", textContent: sized(file.size) });
      words.className = "file-words";
      one.bar = document.createElement("progress");
      one.bar.max = 100;
      one.bar.setAttribute("aria-label", `${file.name} 上传进度`);
      one.said = document.createElement("span");
      one.said.className = "soft";
      one.acts = document.createElement("span");
      one.acts.className = "file-acts";
      words.append(name, size, one.bar, one.said);
      one.line.append(one.face, words, one.acts);
      list.append(one.line);
      queue.push(one);
    };

    const face = async (one, isSound) => {
      if (!isSound || !isPicture(one.file.name, one.file.type)) { window.chosen.plain(one.face, one.file.name); return; }
      const wrong = window.chosen.tooFine(one.file.name, await window.chosen.draw(one.face, one.file), limits);
      if (wrong && one.state === "waiting") show(one, wrong, "refused");
    };

    const add = (files) => [...files].forEach((file) => {
      const one = { file, key: `${form.elements.once.value}-${crypto.getRandomValues(new Uint32Array(2)).join("")}` };
      line(one);
      const wrong = window.chosen.fault(file, limits, drop.dataset.kinds);
      show(one, wrong || "等待上传", wrong ? "refused" : "waiting");
      face(one, !wrong);
    });

    // What is said of the file is said when it is sent or kept, not when it is chosen.
    const words = (one) => {
      const said = { once: one.key };
      ["kind", "measure", "note"].forEach((name) => { if (form.elements[name]) said[name] = form.elements[name].value; });
      if (form.elements.not_secret?.checked) said.not_secret = "1";
      return one.place ? { ...said, ...one.place } : said;
    };

    const keep = async (one) => {
      if (!form.reportValidity()) return;
      one.words = words(one);
      try {
        await window.evidence.drafts.keep({ key: one.key, url: form.action, file: one.file, name: one.file.name, words: one.words });
        show(one, "草稿已存在本机，尚未发送", "draft");
      } catch { show(one, "本机不能存草稿，请直接上传", "failed"); }
    };

    const post = async (one) => {
      if (!one.words && !form.reportValidity()) return;
      one.words = one.words || words(one);
      one.stop = new AbortController();
      show(one, "开始上传", "sending");
      if (extensionOf(one.file.name) === "mp4" && one.still === undefined) one.still = await window.evidence.still(one.file);
      const task = Object.assign(one, { url: form.action, token: form.elements.csrf_token.value, signal: one.stop.signal });
      try {
        await window.evidence.send(task, (at, isBroken, seconds) => {
          one.bar.value = Math.round((at / one.file.size) * 100);
          one.said.textContent = seconds ? `同时上传的人较多，约 ${seconds} 秒后自动继续…` : isBroken ? "网络中断，正在重新连接…" : at === one.file.size ? "正在校验…" : `已上传 ${one.bar.value}%`;
        });
        await window.evidence.drafts.drop(one.key).catch(() => {});
        show(one, "已保存", "saved");
        finish();
      } catch (error) {
        if (one.stop.signal.aborted) show(one, `已暂停在 ${one.bar.value}%`, "paused");
        else if (error instanceof window.evidence.Refused) show(one, error.message, "failed");
        else show(one, `网络中断，已传 ${one.bar.value}%，可以继续或存为草稿`, "paused");
      }
    };

    // The shots are seen at once; where they were taken is asked once, and goes along with what is not sent yet.
    const askPlace = (shots) => {
      const ask = form.querySelector("[data-place]");
      form.shots = [...(form.shots || []), ...shots];
      if (form.place) shots.forEach((one) => { one.place = form.place; });
      if (!ask || !navigator.geolocation || form.dataset.placed) return;
      ask.hidden = false;
      const go = (place) => {
        ask.hidden = true;
        form.dataset.placed = "1";
        form.place = place;
        if (place) form.shots.forEach((one) => { one.place = place; });
      };
      ask.querySelector("[data-skip]").onclick = () => go(null);
      ask.querySelector("[data-agree]").onclick = () => navigator.geolocation.getCurrentPosition(
        (found) => go({ lon: found.coords.longitude, lat: found.coords.latitude }),
        () => go(null), { enableHighAccuracy: true, timeout: 15000 });
    };

    // The page is drawn anew once everything that was wanted is kept.
    const finish = () => {
      if (queue.length && queue.every((one) => one.state === "saved")) window.location.reload();
    };

    form.addEventListener("change", (event) => {
      if (event.target.type !== "file") return;
      const files = [...event.target.files];
      add(files);
      if (event.target.hasAttribute("capture")) askPlace(queue.slice(-files.length));
      event.target.value = "";
    });
    form.addEventListener("submit", (event) => {
      if (!queue.length) return;
      event.preventDefault();
      event.stopPropagation();
      if (!form.reportValidity()) return;
      queue.filter((one) => one.state === "waiting").forEach(post);
    });
    window.chosen.asButtons(drop);
    ["dragover", "dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") add(event.dataTransfer.files);
    }));
    document.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length && form.offsetParent !== null) add(event.clipboardData.files);
    });
    window.addEventListener("load", async () => {
      for (const draft of await window.evidence.drafts.of(form.action).catch(() => [])) {
        const one = { file: new File([draft.file], draft.name, { type: draft.file.type }), key: draft.key, words: draft.words };
        line(one);
        show(one, "草稿，尚未发送", "draft");
        face(one, true);
        form.closest("details")?.setAttribute("open", "");
      }
    });
    window.addEventListener("beforeunload", (event) => {
      if (queue.some((one) => one.state === "sending")) event.preventDefault();
    });
  };

  document.querySelectorAll("form[data-upload]").forEach(begin);
})();
