// The big screen turns its panels, and asks for new figures by itself. Without script it is a plain page.
(() => {
  "use strict";

  const TURN_MS = 15000, REFRESH_MS = 60000, AGAIN_MS = 5000, LONGEST_MS = 60000;
  const root = document.documentElement;
  const state = document.querySelector("[data-state]");
  const pause = document.querySelector("[data-pause]");
  const quiet = state.textContent;
  let place = 0, isPaused = false, again = AGAIN_MS;

  const panels = () => [...document.querySelectorAll("[data-panel]")];
  const slots = () => (innerWidth >= 3000 ? 4 : innerWidth > 1100 ? 2 : panels().length);
  const pages = () => Math.max(1, Math.ceil(panels().length / slots()));

  // Every panel stands on one page; a last page of fewer is drawn wide, so that no half of the wall stays empty.
  const show = () => {
    const all = panels(), count = pages(), width = slots();
    place = (place + count) % count;
    const first = place * width;
    all.forEach((panel, index) => { panel.hidden = index < first || index >= first + width; });
    document.querySelector("[data-place]").textContent = `第 ${place + 1} 页，共 ${count} 页`;
  };
  const turn = (by) => { place += by; show(); };

  const setPaused = (paused) => {
    isPaused = paused;
    pause.setAttribute("aria-pressed", String(paused));
    pause.textContent = paused ? "继续轮换" : "暂停轮换";
  };

  const say = (text, isBroken) => {
    state.textContent = text;
    root.classList.toggle("is-broken", isBroken);
  };

  // What is shown stays on the wall while the line is down, and says since when it is of.
  const refresh = async () => {
    let wait = REFRESH_MS;
    try {
      const answer = await fetch(location.href, { cache: "no-store", redirect: "error" });
      if (answer.status === 403) throw new Error("ended");
      if (!answer.ok) throw new Error("failing");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const mark of ["[data-figures]", "[data-as-of]"]) {
        document.querySelector(mark).replaceWith(document.adoptNode(page.querySelector(mark)));
      }
      show();
      say(quiet, false);
      again = AGAIN_MS;
    } catch (fault) {
      const of = document.querySelector("[data-as-of]").textContent;
      say(fault.message === "ended"
        ? `大屏地址已失效，以下是 ${of} 的数据，请重新生成地址`
        : `连接中断，以下是 ${of} 的数据，正在重新连接`, true);
      wait = again;
      again = Math.min(again * 2, LONGEST_MS);
    }
    setTimeout(refresh, wait);
  };

  root.classList.add("is-turning");
  document.querySelector("[data-keys]").hidden = false;
  pause.addEventListener("click", () => setPaused(!isPaused));
  document.querySelector("[data-back]").addEventListener("click", () => { setPaused(true); turn(-1); });
  document.querySelector("[data-on]").addEventListener("click", () => { setPaused(true); turn(1); });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("button")) return;
    if (event.key === " ") { event.preventDefault(); setPaused(!isPaused); }
    if (event.key === "ArrowLeft") { setPaused(true); turn(-1); }
    if (event.key === "ArrowRight") { setPaused(true); turn(1); }
  });
  addEventListener("resize", show);
  addEventListener("online", () => { again = AGAIN_MS; });
  show();
  setInterval(() => { if (!isPaused) turn(1); }, TURN_MS);
  setTimeout(refresh, REFRESH_MS);
})();
