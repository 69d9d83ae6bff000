// Files one by one, each with its progress, retry and cancel. Without this the form is sent as it is.
(() => {
  "use strict";

  const MIB = 1024 * 1024;
  const KINDS = ["jpg", "jpeg", "jfif", "png", "heic", "heif", "webp", "pdf", "docx", "xlsx", "mp4"];
  const limit = (extension) => (extension === "mp4" ? 200 : 25);
  const extensionOf = (name) => (name.includes(".") ? name.split(".").pop().toLowerCase() : "");

  // The same reasons the server would give, before anything is sent.
  const fault = (file) => {
    const extension = extensionOf(file.name);
    if (!KINDS.includes(extension)) return "仅接收 JPEG、PNG、HEIC、WebP、PDF、DOCX、XLSX 和 MP4 文件";
    if (file.size > limit(extension) * MIB) return `文件超过 ${limit(extension)} MB 的上限,请压缩或拆分后再上传`;
    if (file.size === 0) return "文件是空的,请检查";
    return "";
  };
  const sized = (size) => (size < MIB ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / MIB).toFixed(1)} MB`);

  const begin = (form) => {
    const list = form.querySelector("[data-list]");
    const drop = form.querySelector("[data-drop]");
    const send = form.querySelector("button[type=submit]");
    const queue = [];

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
      if (state === "waiting" || state === "refused") one.acts.append(button("移除", () => remove(one)));
      if (state === "sending") one.acts.append(button("取消", () => one.request.abort()));
      if (state === "failed") one.acts.append(button("重试", () => post(one)), button("移除", () => remove(one)));
      send.textContent = queue.some((other) => other.state === "waiting") ? `上传 ${queue.filter((other) => other.state === "waiting").length} 个文件` : "上传佐证材料";
    };

    const remove = (one) => {
      queue.splice(queue.indexOf(one), 1);
      one.line.remove();
      finish();
    };

    const add = (files) => [...files].forEach((file) => {
      const one = { file, key: `${form.elements.once.value}-${crypto.getRandomValues(new Uint32Array(2)).join("")}` };
      one.line = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = `${file.name}(${sized(file.size)})`;
      one.bar = document.createElement("progress");
      one.bar.max = 100;
      one.bar.setAttribute("aria-label", `${file.name} 上传进度`);
      one.said = document.createElement("span");
      one.said.className = "soft";
      one.acts = document.createElement("span");
      one.line.append(name, one.bar, one.said, one.acts);
      list.append(one.line);
      queue.push(one);
      const wrong = fault(file);
      show(one, wrong || "等待上传", wrong ? "refused" : "waiting");
    });

    const post = (one) => {
      const body = new FormData();
      ["csrf_token", "kind", "measure", "note"].forEach((name) => {
        if (form.elements[name]) body.append(name, form.elements[name].value);
      });
      body.append("once", one.key);
      body.append("file", one.file, one.file.name);
      const request = new XMLHttpRequest();
      one.request = request;
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        one.bar.value = Math.round((event.loaded / event.total) * 100);
        one.said.textContent = event.loaded === event.total ? "正在校验…" : `已上传 ${one.bar.value}%`;
      });
      // Only an answer that names where the file is kept means kept: a sign-in page is an answer too.
      request.addEventListener("load", () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* a page, not an answer */ }
        if (request.status === 200 && answer.url) { show(one, "已保存", "saved"); finish(); return; }
        const gone = request.responseURL.includes("/login") ? "登录已失效,请在另一窗口登录后重试" : "上传未成功,请重试";
        show(one, answer.sentence || gone, "failed");
      });
      request.addEventListener("error", () => show(one, "网络中断,文件没有保存,请重试", "failed"));
      request.addEventListener("abort", () => show(one, "已取消", "failed"));
      show(one, "开始上传", "sending");
      request.send(body);
    };

    // The page is drawn anew once everything that was wanted is kept.
    const finish = () => {
      if (queue.length && queue.every((one) => one.state === "saved")) window.location.reload();
    };

    form.addEventListener("change", (event) => {
      if (event.target.type !== "file") return;
      add(event.target.files);
      event.target.value = "";
    });
    form.addEventListener("submit", (event) => {
      if (!queue.length) return;
      event.preventDefault();
      event.stopPropagation();
      if (!form.reportValidity()) return;
      queue.filter((one) => one.state === "waiting").forEach(post);
    });
    ["dragover", "dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("is-over", kind === "dragover");
      if (kind === "drop") add(event.dataTransfer.files);
    }));
    document.addEventListener("paste", (event) => {
      if (event.clipboardData?.files.length && form.offsetParent !== null) add(event.clipboardData.files);
    });
    window.addEventListener("beforeunload", (event) => {
      if (queue.some((one) => one.state === "sending")) event.preventDefault();
    });
  };

  document.querySelectorAll("form[data-upload]").forEach(begin);
})();
