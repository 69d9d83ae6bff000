// “用我的位置” at every pair of longitude and latitude. What the phone tells is filled in as it is (WGS-84), with
// how exact it is, and shown on the counties' outlines while there is a network. Nothing is asked unless pressed.
(() => {
  "use strict";

  const COARSE = 100, PATIENCE = 15000;
  const WHY = {
    1: "没有允许定位。请在手机或浏览器的设置里允许本网站使用位置，再点一次；也可以手工填写坐标。",
    2: "现在定不了位。请打开手机定位、到室外或窗边再试；也可以手工填写坐标。",
    3: "定位超时。请到室外开阔处再点一次；也可以手工填写坐标。",
  };
  const exact = (metres) => (metres < 1000 ? `±${Math.max(1, Math.round(metres))} 米` : `±${(metres / 1000).toFixed(1)} 公里`);

  // {lon, lat, accuracy, at}. Rejects with a sentence.
  const locate = () => new Promise((done, failed) => {
    if (!window.isSecureContext) { failed(new Error("这个网址不是 https，浏览器不给位置。请手工填写坐标，或请管理员启用 https。")); return; }
    if (!navigator.geolocation) { failed(new Error("这个浏览器不能定位，请手工填写坐标。")); return; }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lon: Number(coords.longitude.toFixed(6)), lat: Number(coords.latitude.toFixed(6)), accuracy: Math.max(1, Math.round(coords.accuracy)), at: new Date() }),
      (error) => failed(new Error(WHY[error.code] || WHY[2])), { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 10000 });
  });

  const hidden = (form, name) => {
    let field = form.elements[name];
    if (!field) {
      field = document.createElement("input");
      Object.assign(field, { type: "hidden", name });
      form.append(field);
    }
    return field;
  };

  const begin = (form) => {
    const { lon, lat } = form.elements;
    if (!lon || !lat || !lon.closest(".field")) return;
    const box = document.createElement("div");
    const button = document.createElement("button");
    const said = document.createElement("div");
    box.className = "place-of";
    Object.assign(button, { type: "button", className: "btn", textContent: "用我的位置" });
    said.setAttribute("aria-live", "polite");
    box.append(button, said);
    const spot = form.querySelector("[data-place-here]");
    if (spot) spot.append(box); else lon.closest(".field").before(box);

    const tell = (text, look = "") => {
      const line = document.createElement("p");
      line.textContent = text;
      if (look) line.className = `alert alert-${look}`;
      said.replaceChildren(line);
    };
    const show = async () => {
      const asked = new URLSearchParams({ lon: lon.value, lat: lat.value, region: form.elements.region?.value || "" });
      try {
        const answer = await fetch(`/route/where?${asked}`);
        if (!answer.ok || answer.redirected) return;
        const part = document.createElement("div");
        part.append(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
        said.append(part);
        const county = part.querySelector("[data-county]")?.dataset.county;
        const region = form.elements.region;
        if (county && region && !region.value && [...region.options].some((one) => one.value === county)) region.value = county;
      } catch { said.append("没有网络，联网后可在地图上核对。"); }
    };
    const fill = (found) => {
      lon.value = found.lon;
      lat.value = found.lat;
      hidden(form, "accuracy").value = found.accuracy;
      hidden(form, "device_at").value = found.at.toISOString();
      tell(`东经 ${found.lon}°，北纬 ${found.lat}°，精度 ${exact(found.accuracy)}`);
      if (found.accuracy > COARSE) {
        const more = document.createElement("p");
        more.className = "alert alert-warning";
        more.textContent = "位置较粗略，可能差得较远。请到室外开阔处、打开精确位置后再点一次。";
        said.append(more);
      }
      form.dispatchEvent(new CustomEvent("placed", { detail: found }));
      return show();
    };
    const ask = async () => {
      button.disabled = true;
      tell("正在定位…");
      try { await fill(await locate()); } catch (error) { tell(error.message, "warning"); }
      button.disabled = false;
      button.textContent = "重新定位";
    };
    button.addEventListener("click", ask);
    // What a person types is theirs: the phone's exactness says nothing of it.
    [lon, lat].forEach((field) => field.addEventListener("input", () => { hidden(form, "accuracy").value = ""; said.replaceChildren(); }));
    form.askPlace = ask;
  };

  document.querySelectorAll("form").forEach(begin);
  window.place = { locate, exact };
})();
