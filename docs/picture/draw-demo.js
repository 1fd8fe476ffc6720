/** Records the demo and a scene of gaps in a real terminal, and draws what a person sees: `npm run picture`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cutScene } from './cut-scene.js';
import { drawPicture } from './draw-picture.js';
import { readScreen } from './read-screen.js';
import { record } from './record.js';

const COLUMNS = 100;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = process.argv[2] ?? here('../demo.svg');

const folder = mkdtempSync(join(tmpdir(), 'almanac-picture-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const env = {
  ALMANAC_STORE: '',
  ALMANAC_CONFIG_DIR: join(folder, 'config'),
  ALMANAC_DATA_DIR: join(folder, 'data'),
};

const demo = await watch('../../bin/demo.js', [
  'cache populate --symbols BTCUSDT,AAPL,R_100 --intervals 1d --start-date 2024-06-01',
  'cache list',
  'cache info DEMOUSDT 1h',
]);
const gaps = await watch('./show-gaps.js', [
  'cache validate-gaps',
  'cache populate --symbols ETHUSDT --intervals 4h --start-date 2022-03-01',
]);
const picture = drawPicture(
  [
    { name: 'npm run demo: five providers, every price made up', rows: demo },
    { name: 'a cache fetched in pieces: what is missing, and only that is fetched', rows: gaps },
  ],
  {
    columns: COLUMNS,
    title: 'Almanac in a terminal',
    description:
      'Two recordings. First, parts of npm run demo: three series are fetched from three providers, the cache is ' +
      'listed, and one imported series is shown with its coverage week by week. Second, validate-gaps draws every ' +
      'month of five series as complete, explained or partly missing, and populate fetches only what is missing.',
  },
);
writeFileSync(target, picture);
process.stdout.write(`${target}: ${(picture.length / 1000).toFixed(1)} kB\n`);

/** Some commands of a program's recording, an empty line between them. */
async function watch(program, commands) {
  const bytes = record([process.execPath, here(program)], { columns: COLUMNS, cwd: folder, env });
  const screen = await readScreen(bytes, { columns: COLUMNS });
  return commands.flatMap((command, i) => [...(i === 0 ? [] : [[]]), ...cutScene(screen, `almanac ${command}`)]);
}
