// Compares a file with the digest on the page without sending it anywhere. Without script, or where
// the browser offers no digest, the form sends the file instead.
(() => {
  "use strict";

  const form = document.querySelector("form[data-verify]");
  const result = document.querySelector("[data-verify-result]");
  if (!form || !result || !window.crypto?.subtle) return;

  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const tell = (kind, head, text) => {
    const line = document.createElement("p");
    line.className = `alert alert-${kind}`;
    const bold = document.createElement("b");
    bold.textContent = head;
    line.append(bold, ` ${text}`);
    result.replaceChildren(line);
  };

  const compare = async (file) => {
    tell("info", "提示", "正在计算校验值……");
    const digest = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    if (form.dataset.verify.split(" ").includes(digest)) tell("success", "一致", "手中的文件与签发时的原件逐字节相同。");
    else tell("error", "不一致", "手中的文件不是签发的原件，或已被改动。");
  };

  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", () => { if (input.files[0]) compare(input.files[0]); });
  form.addEventListener("submit", (event) => {
    if (!input.files[0]) return;
    event.preventDefault();
    delete form.dataset.sent;
    compare(input.files[0]);
  });
})();
