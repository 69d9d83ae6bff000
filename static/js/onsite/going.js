// Distances, bearings and an order to go in. Straight lines on the mean sphere; no road is known here.
(() => {
  "use strict";

  const RADIUS = 6371008.8; // metres, the mean radius of the Earth
  const rad = (degrees) => (degrees * Math.PI) / 180;
  const WINDS = ["正北", "东北", "正东", "东南", "正南", "西南", "正西", "西北"];

  const distance = (a, b) => {
    const high = Math.sin(rad(b.lat - a.lat) / 2), wide = Math.sin(rad(b.lon - a.lon) / 2);
    const chord = high * high + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * wide * wide;
    return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
  };
  // Degrees from north by east, 0 to 360.
  const bearing = (a, b) => {
    const across = rad(b.lon - a.lon);
    const east = Math.sin(across) * Math.cos(rad(b.lat));
    const north = Math.cos(rad(a.lat)) * Math.sin(rad(b.lat)) - Math.sin(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.cos(across);
    return (Math.atan2(east, north) * 180 / Math.PI + 360) % 360;
  };
  const wind = (degrees) => WINDS[Math.round(degrees / 45) % 8];
  // By distance; who is as far stays in the order they came in.
  const near = (from, stops) => stops.map((stop, place) => ({ stop, place, far: distance(from, stop) })).sort((a, b) => a.far - b.far || a.place - b.place).map(({ stop }) => stop);
  // From each stop to the nearest that is left, the earlier one of two as near.
  const inTurn = (from, stops) => {
    const left = [...stops], gone = [];
    for (let here = from; left.length; here = gone[gone.length - 1]) {
      let next = 0;
      left.forEach((stop, place) => { if (distance(here, stop) < distance(here, left[next])) next = place; });
      gone.push(...left.splice(next, 1));
    }
    return gone;
  };
  const words = (metres) => (metres < 1000 ? `${Math.round(metres / 10) * 10} 米` : metres < 100000 ? `${(metres / 1000).toFixed(1)} 公里` : `${Math.round(metres / 1000)} 公里`);
  const said = (from, stop) => { const far = distance(from, stop); return far < 10 ? "就在这里" : `${wind(bearing(from, stop))}方向，直线 ${words(far)}`; };
  window.going = { distance, bearing, wind, near, inTurn, words, said };
})();
