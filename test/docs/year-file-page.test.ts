import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openStore } from '../../src/index.js';
import { VIAS } from '../../src/store/sidecar/sidecar.js';
import { sidecarSchema } from '../../src/store/sidecar/sidecar-schema.js';
import { readAsStranger } from './year-file/read-as-stranger.js';

/** docs/YEAR-FILE.md itself: its tables are the program's, and its example is read by what it says. */
const page = readFileSync(new URL('../../docs/YEAR-FILE.md', import.meta.url), 'utf8');
const LISTS = ['file', 'blocks', 'provenance', 'explained', 'rejected'] as const;

const fenced = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';

/** The names in a heading's first table, and whether each may be absent. */
function namesUnder(title: string): Map<string, boolean> {
  const [, after = ''] = page.split(new RegExp(`^#+ ${title}$`, 'm'));
  const [section = ''] = after.split(/^#/m);
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    rows.flatMap((row) => {
      const [, names = '', type = ''] = row.split('|');
      return [...names.matchAll(/`(\w+)`/g)].map(([, name]) => [name as string, type.includes('optional')] as const);
    }),
  );
}

const document = JSON.parse(fenced('json'));

test('the sidecar of the example has the names of the specification', () => {
  expect(Object.keys(document).filter((name) => !namesUnder('The sidecar').has(name))).toEqual([]);
  for (const list of LISTS)
    for (const entry of [document[list]].flat())
      expect(Object.keys(entry).filter((name) => !namesUnder(list).has(name))).toEqual([]);
});

test('the specification has every name that the program checks, and says which may be absent', () => {
  const said = (title: string) => [...namesUnder(title)].sort().map(([name, optional]) => `${name} ${optional}`);
  const known = (shape: Readonly<Record<string, { isOptional(): boolean }>>) =>
    Object.entries(shape)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, type]) => `${name} ${type.isOptional()}`);
  const { shape } = sidecarSchema;
  expect(said('The sidecar').filter((each) => each !== 'self false')).toEqual(known(shape));
  expect(said('file')).toEqual(known(shape.file.shape));
  for (const list of ['blocks', 'provenance', 'explained', 'rejected'] as const)
    expect(said(list)).toEqual(known(shape[list].element.shape));
  const [, vias = ''] = /^\| `via` \| string \| (.*) \|$/m.exec(page) ?? [];
  expect([...vias.matchAll(/`([a-z-]+)`/g)].map(([, via]) => via)).toEqual([...VIAS]);
});

test('the example of the specification is read with nothing but the specification', () => {
  const example = readAsStranger(Buffer.from(fenced('base64'), 'base64'), JSON.parse(fenced('json')));
  expect(example.text).toBe(fenced('csv'));
  expect(example.rows).toEqual([
    [Date.UTC(2024, 0, 31, 22), 100, 102, 99.5, 101.5, 12.5],
    [Date.UTC(2024, 0, 31, 23), 101.5, 103, 98.75, 99, Number.NaN],
    [Date.UTC(2024, 1, 1), 99, 99.25, 0.00000012, 98.5, 0],
  ]);
});

test('the example is what this program writes', async () => {
  const { blocks, provenance, columns } = JSON.parse(fenced('json'));
  const folder = mkdtempSync(join(tmpdir(), 'almanac-example-'));
  try {
    const { rows } = readAsStranger(Buffer.from(fenced('base64'), 'base64'), JSON.parse(fenced('json')));
    const column = (index: number) => Float64Array.from(rows, (row) => row[index] as number);
    const names = columns.slice(1) as string[];
    const bars = { time: column(0), columns: names, values: names.map((_, i) => column(i + 1)) };
    const { provider, via, fetchedAt, derived } = provenance[0];
    await openStore(folder).series('BTCUSDT', '1h').put(bars, { provider, via, fetchedAt, derived });
    const written = JSON.parse(readFileSync(join(folder, 'BTCUSDT', '1h', '2024.metadata.json'), 'utf8'));
    expect(written.provenance).toEqual(provenance);
    // Another zlib may pack the same text otherwise.
    const texts = (list: { period: string; textSha256: string }[]) =>
      list.map(({ period, textSha256 }) => `${period} ${textSha256}`);
    expect(texts(written.blocks)).toEqual(texts(blocks));
    expect(Object.keys(written)).toEqual(Object.keys(JSON.parse(fenced('json'))));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
