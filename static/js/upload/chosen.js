// A file as it was chosen: its size in words, what is wrong with it before anything is sent, its face in a list.
(() => {
  "use strict";

  const MIB = 1024 * 1024;
  const extensionOf = (name) => (name.includes(".") ? name.split(".").pop().toLowerCase() : "");
  const sized = (size) => (size < MIB ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / MIB).toFixed(1)} MB`);
  const isPicture = (name, type = "") => /^image\//.test(type) || /^(jpe?g|jfif|png|hei[cf]|webp)$/.test(extensionOf(name));

  // The reasons the server would give; `limits` (most bytes, most points by extension) and `kinds` are its own.
  const fault = (file, limits, kinds) => {
    const [bytes] = limits[extensionOf(file.name)] || [];
    if (!bytes) return `不收这种文件。只收：${kinds}`;
    if (file.size === 0) return "文件是空的，请检查";
    return file.size > bytes ? `${sized(file.size)}，超过 ${bytes / MIB} MB 的上限，请压缩或拆分后再选` : "";
  };
  const tooFine = (name, points, limits) => {
    const [, most] = limits[extensionOf(name)] || [0, 0];
    return most && points > most ? `${Math.round(points / 1e6)} 百万像素，超过 ${most / 1e6} 百万像素的上限，请缩小后再选` : "";
  };

  const plain = (node, name) => { node.textContent = extensionOf(name).toUpperCase(); };
  const picture = (node, source) => {
    const made = Object.assign(document.createElement("img"), { alt: "", src: source, width: 64, height: 48 });
    node.replaceChildren(made);
    return made;
  };
  // The browser's own drawing of a file. Tells how many points it has; 0 where the browser cannot draw it.
  const draw = (node, file) => new Promise((done) => {
    const source = URL.createObjectURL(file), made = picture(node, source);
    const end = (points) => { URL.revokeObjectURL(source); done(points); };
    made.addEventListener("load", () => end(made.naturalWidth * made.naturalHeight));
    made.addEventListener("error", () => { plain(node, file.name); end(0); });
  });
  // What the server made small.
  const shown = (node, source, name) => picture(node, source).addEventListener("error", () => plain(node, name));

  // With script, a button says what to do; the browser's own “no file chosen” would say nothing true.
  const asButtons = (root) => {
    const label = root.querySelector("[data-choose]");
    if (!label) return;
    label.hidden = false;
    document.getElementById(label.htmlFor).className = "visually-hidden";
  };

  window.chosen = { extensionOf, sized, isPicture, fault, tooFine, plain, draw, shown, asButtons };
})();
