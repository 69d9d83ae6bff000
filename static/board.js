// The twelve weeks as lines, read from the table of figures that stands below them.
(() => {
  "use strict";
  const place = document.querySelector("[data-weeks]");
  if (!place || !window.echarts) return;
  const table = document.getElementById(place.dataset.weeks);
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim()));
  if (rows.length < 2) { place.remove(); return; }
  const names = ["红", "黄", "绿", "已销号"];
  const looks = [
    { color: "#b3261e", symbol: "circle", type: "solid" },
    { color: "#a87500", symbol: "triangle", type: "dashed" },
    { color: "#1b6b3f", symbol: "rect", type: "solid" },
    { color: "#4d5963", symbol: "diamond", type: "dotted" },
  ];
  const chart = window.echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    grid: { left: 34, right: 56, top: 10, bottom: 22 },
    tooltip: { trigger: "axis" },
    xAxis: { type: "category", data: rows.map((row) => row[0].slice(5)), axisTick: { show: false }, axisLine: { lineStyle: { color: "#b9c4ce" } }, axisLabel: { color: "#55636f" } },
    yAxis: { type: "value", minInterval: 1, splitNumber: 3, axisLabel: { color: "#55636f" }, splitLine: { lineStyle: { color: "#edf0f3" } } },
    series: names.map((name, index) => ({
      name, type: "line", data: rows.map((row) => Number(row[index + 1])),
      symbol: looks[index].symbol, symbolSize: 6,
      itemStyle: { color: looks[index].color },
      lineStyle: { color: looks[index].color, width: 2, type: looks[index].type },
      endLabel: { show: true, formatter: "{a} {c}", color: looks[index].color },
      labelLayout: { moveOverlap: "shiftY" },
    })),
  });
  window.addEventListener("resize", () => chart.resize());
})();
