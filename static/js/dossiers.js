// Several dossiers, one after another, each saved as it comes. Without this each has its own button.
(() => {
  "use strict";

  const begin = (part) => {
    const forms = [...part.querySelectorAll("form")];
    const progress = part.querySelector("[data-progress]");
    const button = part.querySelector("[data-all]");
    const said = part.querySelector("[data-said]");
    button.parentElement.hidden = false;

    const save = async (form) => {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/zip" } });
      if (!answer.ok || !(answer.headers.get("Content-Type") || "").startsWith("application/zip")) throw new Error(String(answer.status));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await answer.blob());
      link.download = `${form.closest("li").querySelector("a").textContent}一题一档.zip`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    };

    button.addEventListener("click", async () => {
      button.disabled = true;
      progress.hidden = false;
      let failed = 0;
      for (const [place, form] of forms.entries()) {
        const state = form.closest("li").querySelector("[data-state]");
        if (state.dataset.done) continue;
        said.textContent = `正在导出第 ${place + 1} 个，共 ${forms.length} 个`;
        state.textContent = "正在导出…";
        try {
          await save(form);
          state.textContent = "已导出";
          state.dataset.done = "1";
        } catch {
          failed += 1;
          state.textContent = "导出未成功，可以重试";
        }
        progress.querySelector("progress").value = place + 1;
      }
      said.textContent = failed ? `${failed} 个未成功，可以再点一次重试` : "全部导出完成";
      button.disabled = false;
    });
  };

  // A batch that is being written shows how far it has come; the page itself is asked again.
  const watch = () => {
    const part = document.querySelector("#batch[data-watch]");
    if (!part) return;
    setTimeout(async () => {
      try {
        const answer = await fetch(part.dataset.watch);
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#batch");
        if (answer.ok && fresh && !part.contains(document.activeElement)) part.replaceWith(fresh);
      } catch { /* the connection is gone for a moment */ }
      watch();
    }, 3000);
  };

  document.querySelectorAll("[data-dossiers]").forEach(begin);
  watch();
})();
