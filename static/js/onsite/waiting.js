// What waits on this phone: sent one by one when the person says so. A refusal is told at its line; nothing is lost.
(() => {
  "use strict";

  const list = document.querySelector("[data-queue]");
  const said = document.querySelector("[data-waiting-said]");
  const button = (text, look, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${look}`, textContent: text });
    made.addEventListener("click", act);
    return made;
  };
  const text = (tag, words, look = "") => Object.assign(document.createElement(tag), { textContent: words, className: look });
  const pad = (figure) => String(figure).padStart(2, "0");
  const moment = (at) => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const lines = [];

  const head = () => {
    const left = lines.filter((one) => one.line.isConnected).length;
    said.replaceChildren(text("p", left ? `待发送 ${left} 条` : "没有待发送的记录。", left ? "queue-total" : "soft"));
    if (left > 1) said.append(button(`依次发送 ${left} 条`, "btn-primary", async () => { for (const one of [...lines]) if (one.line.isConnected) await post(one); }));
    window.onsite.count().catch(() => {});
  };

  const post = async (one) => {
    one.acts.forEach((act) => { act.disabled = true; });
    one.bar.hidden = false;
    one.told.className = "soft";
    one.told.textContent = "正在发送…";
    try {
      const path = await window.onsite.send(one.item, (part) => { one.bar.value = part * 100; one.told.textContent = part < 1 ? `已发 ${Math.round(part * 100)}%` : "正在保存…"; });
      await window.onsite.drop(one.item.key);
      const link = Object.assign(document.createElement("a"), { href: path, textContent: "查看" });
      const done = text("li", `已发送：${one.item.title} `, "queue-sent");
      done.append(link);
      one.line.replaceWith(done);
    } catch (error) {
      one.told.className = "field-error";
      if (error instanceof window.onsite.Lapsed) {
        one.told.textContent = `${error.message} `;
        one.told.append(Object.assign(document.createElement("a"), { href: "/login?next=/route/waiting", textContent: "重新登录" }));
      } else one.told.textContent = error instanceof window.onsite.Refused ? `没有收下：${error.message}` : "网络中断，没有发完。再点发送不会重复记录。";
      one.bar.hidden = true;
      one.acts.forEach((act) => { act.disabled = false; });
    }
    head();
  };

  const draw = (item) => {
    const one = { item, line: document.createElement("li"), bar: document.createElement("progress"), told: text("p", "尚未发送", "soft") };
    one.bar.max = 100;
    one.bar.hidden = true;
    one.bar.setAttribute("aria-label", `${item.title} 发送进度`);
    one.told.setAttribute("role", "status");
    const acts = document.createElement("p");
    acts.className = "route-acts";
    one.acts = [
      button("发送", "btn-primary", () => post(one)),
      button("修改", "", () => { window.location.href = `${item.page}#item=${item.key}`; }),
      button("删除", "btn-quiet", async () => {
        if (!window.confirm("从这台手机上删除这一条？删除后不能找回。")) return;
        await window.onsite.drop(item.key);
        one.line.remove();
        head();
      }),
    ];
    acts.append(...one.acts);
    const about = `照片 ${item.files.length} 张，${window.onsite.sized(item.size)}；设备时间 ${moment(new Date(item.at))}；${item.place}`;
    const more = document.createElement("details"), facts = document.createElement("dl");
    facts.className = "facts";
    item.words.forEach(([name, said]) => facts.append(text("dt", name), text("dd", said)));
    more.append(text("summary", "查看填写的内容"), facts);
    one.line.append(text("b", item.title), text("p", item.label, "soft"), text("p", about), more, one.bar, one.told, acts);
    lines.push(one);
    list.append(one.line);
  };

  const begin = async () => {
    if (!window.onsite.canKeep) { said.replaceChildren(text("p", "这个网址不是 https 或浏览器不支持，不能暂存。", "soft")); return; }
    await window.onsite.ready();
    for (const row of await window.onsite.rows()) {
      try { draw(await window.onsite.open(row)); } catch { list.append(text("li", "有一条打不开：系统密钥已更换。")); }
    }
    head();
    try {
      const off = Math.round((Date.now() - new Date((await window.onsite.state()).now)) / 60000);
      if (Math.abs(off) >= 1) said.append(text("p", `这台手机的时钟比服务器${off > 0 ? "快" : "慢"} ${Math.abs(off)} 分钟。设备时间照原样记录，不改动；请在手机设置里校准。`, "alert alert-warning"));
    } catch { said.append(text("p", "现在没有网络，联网后再发送。", "soft")); }
  };
  begin().catch((error) => said.replaceChildren(text("p", error.message || "请先联网登录。", "field-error")));
})();
