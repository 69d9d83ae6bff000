// Builds static/vendor from node_modules: copies, bundles, and draws the icon sprite.
// It writes into a scratch folder first and moves it into place whole.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { PurgeCSS } from 'purgecss';

import { packMaps } from './country/maps.mjs';
import { packPlaces } from './country/places.mjs';

const tools = dirname(fileURLToPath(import.meta.url));
const root = dirname(tools);
const modules = join(root, 'node_modules');
const scratch = join(root, '.tools', 'vendor');
const target = join(root, 'static', 'vendor');
const checker = join(root, '.tools', 'axe.min.js');
const browsers = ['chrome90'];

const style = 'tabler.min.css';
const worded = ['templates/**/*.html', 'static/js/*.js', 'issues/**/*.py', 'auth/**/*.py'];
const copies = {
  'htmx.min.js': 'htmx.org/dist/htmx.min.js',
};

// The maps themselves are not shipped, so a browser must not be sent looking for them.
const sourceMap = /\n?(\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)\s*$/;

async function copy(name, source) {
  const text = await readFile(join(modules, source), 'utf8');
  await mkdir(dirname(join(scratch, name)), { recursive: true });
  await writeFile(join(scratch, name), text.replace(sourceMap, '\n'));
}

// Of the library's rules only those stay whose words stand somewhere in a page or in what makes one.
async function keepUsedStyle() {
  const [kept] = await new PurgeCSS().purge({
    content: worded.map((path) => join(root, path)),
    css: [join(modules, '@tabler/core/dist/css', style)],
    keyframes: true,
    variables: true,
    safelist: { standard: ['html', 'body'] },
  });
  await mkdir(scratch, { recursive: true });
  await writeFile(join(scratch, style), kept.css.replace(sourceMap, '\n'));
}

async function versionOf(name) {
  return JSON.parse(await readFile(join(modules, name, 'package.json'), 'utf8')).version;
}

async function bundleCharts() {
  const origin = `Apache ECharts ${await versionOf('echarts')}, Apache-2.0`;
  const painter = `ZRender ${await versionOf('zrender')}, BSD-3-Clause`;
  await build({
    absWorkingDir: root,
    banner: { js: `/*! ${origin}; ${painter}; in parts, see docs/third-party.md */` },
    entryPoints: [join(tools, 'charts.entry.mjs')],
    outfile: join(scratch, 'echarts.min.js'),
    bundle: true,
    format: 'iife',
    globalName: 'echarts',
    legalComments: 'inline',
    logLevel: 'warning',
    minify: true,
    target: browsers,
  });
}

async function symbol(name) {
  const filled = name.endsWith('-filled');
  const [folder, file] = filled ? ['filled', name.slice(0, -'-filled'.length)] : ['outline', name];
  const path = join(modules, '@tabler/icons/icons', folder, `${file}.svg`);
  if (!existsSync(path)) {
    throw new Error(`tools/icons.txt: Tabler 没有名为 ${name} 的图标`);
  }
  const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(await readFile(path, 'utf8'))[1];
  const shapes = drawing.replace(/<path stroke="none" d="M0 0h24v24H0z"[^>]*>/, '');
  const paint = filled
    ? 'fill="currentColor" stroke="none"'
    : 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes.replace(/\s*\n\s*/g, '')}</symbol>`;
}

async function drawIcons() {
  const lines = (await readFile(join(tools, 'icons.txt'), 'utf8')).split('\n');
  const names = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith('#'));
  const symbols = await Promise.all([...new Set(names)].sort().map(symbol));
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
  await writeFile(join(scratch, 'icons.svg'), sprite);
  return symbols.length;
}

async function writeDigests() {
  const digests = {};
  const maps = { files: 0, size: 0 };
  const found = await readdir(scratch, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const names = files.map((entry) => relative(scratch, join(entry.parentPath ?? entry.path, entry.name)));
  for (const name of names.sort()) {
    const bytes = await readFile(join(scratch, name));
    digests[name.split(sep).join('/')] = createHash('sha256').update(bytes).digest('hex');
    if (dirname(name) === 'map') {
      maps.files += 1;
      maps.size += bytes.length;
    } else {
      console.log(`  ${name}  ${Math.ceil(bytes.length / 1024)} KB`);
    }
  }
  console.log(`  map  ${maps.files} 份，${Math.ceil(maps.size / 1024)} KB`);
  await writeFile(join(scratch, 'digests.json'), `${JSON.stringify(digests, null, 1)}\n`);
}

await rm(scratch, { recursive: true, force: true });
await mkdir(scratch, { recursive: true });
await Promise.all(Object.entries(copies).map(([name, source]) => copy(name, source)));
await keepUsedStyle();
await packMaps(modules, scratch);
await packPlaces(modules, scratch);
await bundleCharts();
const icons = await drawIcons();
await writeDigests();
await mkdir(dirname(target), { recursive: true });
await rm(target, { recursive: true, force: true });
await rename(scratch, target);
// What judges pages in the tests is not a part of the product, so it is never served.
await copyFile(join(modules, 'axe-core', 'axe.min.js'), checker);
console.log(`  共 ${icons} 个图标，已写入 static/vendor`);
