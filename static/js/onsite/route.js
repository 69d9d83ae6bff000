// Today's route: by distance once the person lets the phone tell where it is; the chosen ones in turn.
(() => {
  "use strict";

  const room = document.querySelector("[data-route]");
  const list = room.querySelector("[data-stops]");
  const said = room.querySelector("[data-said]");
  const offline = room.querySelector("[data-offline]");
  const SVG = "http://www.w3.org/2000/svg";
  if (!list) return;
  const stops = [...list.children].map((line) => ({ line, lon: Number(line.dataset.lon), lat: Number(line.dataset.lat), chosen: line.hasAttribute("data-chosen") }));
  let here = null;

  const dots = room.querySelector("[data-dots]"), others = room.querySelector("[data-others]");
  const put = room.dataset.put?.split(" ").map(Number);
  const dot = (under, at, look, text) => {
    const [lon, lat, x, y, across, down] = put;
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("transform", `translate(${(x + (at.lon - lon) * across).toFixed(1)} ${(y + (at.lat - lat) * down).toFixed(1)})`);
    const circle = document.createElementNS(SVG, "circle");
    circle.setAttribute("r", text ? 24 : 16);
    circle.setAttribute("class", look);
    group.append(circle);
    if (text) {
      const number = document.createElementNS(SVG, "text");
      number.setAttribute("class", "sketch-number");
      number.setAttribute("text-anchor", "middle");
      number.setAttribute("y", 11);
      number.textContent = text;
      group.append(number);
    }
    under.append(group);
  };

  const draw = () => {
    const chosen = stops.filter((stop) => stop.chosen), left = stops.filter((stop) => !stop.chosen);
    const turn = here ? window.going.inTurn(here, chosen) : chosen.length ? window.going.inTurn(chosen[0], chosen) : [];
    const rest = here ? window.going.near(here, left) : left;
    list.replaceChildren(...[...turn, ...rest].map((stop) => stop.line));
    stops.forEach((stop) => {
      stop.line.querySelector("[data-order]").textContent = stop.chosen ? turn.indexOf(stop) + 1 : "";
      stop.line.querySelector("[data-far]").textContent = here ? window.going.said(here, stop) : "";
    });
    if (!dots || !put) return;
    dots.replaceChildren();
    others.replaceChildren();
    rest.slice(0, 40).forEach((stop) => dot(others, stop, "sketch-other", ""));
    if (here) dot(dots, here, "sketch-here", "");
    turn.forEach((stop, place) => dot(dots, stop, "sketch-stop", String(place + 1)));
  };

  const near = room.querySelector("[data-near]");
  near.hidden = false;
  near.addEventListener("click", async () => {
    near.disabled = true;
    said.textContent = "正在定位…";
    try {
      here = await window.place.locate();
      said.textContent = `按离您的直线距离排列，定位精度 ${window.place.exact(here.accuracy)}。位置只在这台手机上用，不上传。`;
      draw();
    } catch (error) { said.textContent = `${error.message}现在按县（区）排列。`; }
    near.disabled = false;
  });
  draw();

  if (!window.onsite.canKeep) { offline.textContent = "这个网址不是 https 或浏览器不支持，断网时不能打开本页。"; return; }
  if (!navigator.onLine) { offline.textContent = "现在没有网络，这是本机存的内容，一天内有效。"; return; }
  window.onsite.ready().then(() => window.onsite.keepPages(JSON.parse(room.dataset.keep))).then((many) => {
    offline.textContent = `本页和填写页已存在这台手机上（${many} 页），断网也能打开；退出登录或一天后删除。`;
    offline.dataset.kept = many;
  }).catch(() => { offline.textContent = "本页没能存在手机上，断网时打不开。"; });
})();
