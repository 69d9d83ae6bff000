// A place drawn on the map of 准入 fills the corners of the form. Without this they are typed.
(() => {
  "use strict";

  const MOST = 200, STILL = 6, NEAREST = 2;
  const map = document.querySelector("svg[data-draw]");
  const tools = document.querySelector("[data-draw-tools]");
  const field = (name) => document.querySelector(`main form [name=${name}]`);
  const [corners, datum, lon, lat] = ["corners", "datum", "lon", "lat"].map(field);
  if (!map || !tools || !corners) return;
  const [wide, west, high, north] = map.dataset.draw.split(" ").map(Number);
  const whole = map.dataset.whole.split(" ").map(Number);
  const drawn = map.querySelector("[data-drawn]"), cross = map.querySelector("[data-cross]");
  const said = tools.querySelector("[data-said]");
  let view = map.getAttribute("viewBox").split(" ").map(Number);
  let at = [view[0] + view[2] / 2, view[1] + view[3] / 2];
  let points = [], isOn = false, from = null;
  tools.hidden = false;
  map.tabIndex = 0;
  map.setAttribute("role", "application");

  const told = ([x, y]) => `${((x - west) / wide).toFixed(6)}，${((y - north) / high).toFixed(6)}`;
  const show = () => {
    map.setAttribute("viewBox", view.map((one) => one.toFixed(2)).join(" "));
    map.classList.toggle("is-near", view[2] < whole[2] / 3);
    map.classList.toggle("is-drawing", isOn);
    drawn.setAttribute("d", points.length ? `M${points.map((one) => one.map((n) => n.toFixed(3)).join(" ")).join("L")}${points.length > 2 ? "Z" : "h0"}` : "");
    cross.setAttribute("d", isOn ? `M${at[0]} ${at[1]}m${-view[2] / 60} 0h${view[2] / 30}m${-view[2] / 60} ${-view[2] / 60}v${view[2] / 30}` : "");
  };
  const fill = () => {
    const isPoint = points.length === 1;
    const [x, y] = isPoint ? told(points[0]).split("，") : ["", ""];
    lon.value = x;
    lat.value = y;
    corners.value = isPoint ? "" : points.map(told).join("\n");
    if (points.length) datum.value = "gcj02";
    said.textContent = points.length ? `已画${points.length}个点，最后一个${told(points[points.length - 1])}。${points.length === 2 ? "范围至少要3个点。" : "可以核对。"}` : "还没有画点。";
    show();
  };
  const add = () => { if (points.length < MOST) points.push([...at]); fill(); };
  const zoom = (times) => {
    const width = Math.min(whole[2], Math.max(NEAREST, view[2] * times)), height = (width * whole[3]) / whole[2];
    view = width === whole[2] ? [...whole] : [at[0] - width / 2, at[1] - height / 2, width, height];
    show();
  };
  const move = (x, y) => {
    at = [at[0] + (x * view[2]) / 40, at[1] + (y * view[2]) / 40];
    const isOut = at[0] < view[0] || at[1] < view[1] || at[0] > view[0] + view[2] || at[1] > view[1] + view[3];
    if (isOut) view = [at[0] - view[2] / 2, at[1] - view[3] / 2, view[2], view[3]];
    show();
  };
  const acts = {
    draw: (button) => { isOn = !isOn; button.setAttribute("aria-pressed", isOn); if (isOn) map.focus(); show(); },
    nearer: () => zoom(0.5), farther: () => zoom(2), whole: () => { view = [...whole]; show(); },
    back: () => { points.pop(); fill(); }, clear: () => { points = []; fill(); },
  };
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-act]");
    if (button) acts[button.dataset.act](button);
  });

  const keys = {
    ArrowLeft: () => move(-1, 0), ArrowRight: () => move(1, 0), ArrowUp: () => move(0, -1), ArrowDown: () => move(0, 1),
    Enter: add, " ": add, Backspace: acts.back, "+": acts.nearer, "=": acts.nearer, "-": acts.farther,
  };
  map.addEventListener("keydown", (event) => {
    if (!isOn || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });

  const placed = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return [point.x, point.y];
  };
  map.addEventListener("pointerdown", (event) => {
    if (!isOn || event.button) return;
    from = { x: event.clientX, y: event.clientY, at: placed(event), isMoved: false };
    map.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.isMoved = from.isMoved || Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL;
    if (!from.isMoved) return;
    const [x, y] = placed(event);
    view = [view[0] + from.at[0] - x, view[1] + from.at[1] - y, view[2], view[3]];
    show();
  });
  map.addEventListener("pointerup", () => {
    if (from && !from.isMoved) { at = from.at; add(); }
    from = null;
  });
  map.addEventListener("pointercancel", () => { from = null; });
})();
