import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listTree, temporaryFolder } from '../support/temp-folder.js';
import { World } from '../support/world.js';

/** Keys that no innocent text holds, made of everything that escaping changes. */
const CANARIES = {
  alphaVantage: 'freeCANARY-%+/=é"\\one',
  coingecko: 'CG-demoCANARY-%+/=two',
  deriv: 'CANARY-tok%+/=en-three',
  stranger: 'CANARY-stranger-%+/=four',
} as const;

const root = temporaryFolder();
const folder = path.join(root, 'market-of-canaries');
let world: World;

beforeAll(async () => {
  world = await World.start('2025-03-10T12:34:56Z');
  mkdirSync(folder);
  await world.settle(folder);
  const file = path.join(folder, 'almanac.config.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.providers['alpha-vantage'].apiKey = CANARIES.alphaVantage;
  config.providers.coingecko.apiKey = CANARIES.coingecko;
  config.providers.deriv.token = CANARIES.deriv;
  writeFileSync(file, JSON.stringify(config));
  writeFileSync(path.join(folder, 'prices.csv'), 'time,open,high,low,close\n2024-01-01T00:00:00Z,1,2,1,2\n');
});
afterAll(() => world.close());

/** Every form in which a key may turn up: as it is, and as URLs, JSON, base64 and hex make it. */
function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  return [
    key,
    encodeURIComponent(key),
    encodeURI(key),
    encodeURIComponent(encodeURIComponent(key)),
    new URLSearchParams([['k', key]]).toString().slice(2),
    JSON.stringify(key).slice(1, -1),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
const FORMS = Object.values(CANARIES).flatMap(formsOf);

function findCanary(text: string): string | undefined {
  return FORMS.find((form) => text.toLowerCase().includes(form.toLowerCase()));
}

const COMMANDS = [
  'config show',
  'config show --json',
  'doctor',
  'doctor --json --verbose',
  'providers list --json',
  'providers info alpha-vantage',
  'providers info coingecko --json',
  'cache populate --symbols IBM --intervals 1w --provider alpha-vantage --start-date 2024-06-01 --verbose',
  'cache populate --symbols IBM --intervals 1w --provider alpha-vantage --start-date 2024-06-01 --dry-run --json',
  'cache populate --symbols BTCUSDT --intervals 4h --provider coingecko --start-date 2025-03-01 --log-format json --verbose',
  'cache populate --symbols R_100 --intervals 1h --start-date 2025-03-09 --verbose',
  'cache update --json --log-format json',
  'cache checksums list --json',
  'cache checksums summary',
  'providers check coingecko --json',
  'config init --help',
  'cache import prices.csv CANARYTEST 1d',
  'cache list --json',
  'cache stats',
  'cache info IBM 1w',
  'cache get IBM 1w',
  'cache list --no-such-flag',
];

const TROUBLES: readonly (readonly [string, Readonly<Record<string, unknown>> | undefined])[] = [
  ['nothing wrong', undefined],
  ['status 401', { kind: 'status', status: 401, body: 'no' }],
  ['half a reply', { kind: 'cut', fraction: 0.5 }],
  ['a reply that says the keys back', { kind: 'status', status: 200, body: Object.values(CANARIES).join(' ') }],
];

const asks = (command: string): boolean => /populate|doctor/.test(command);

it.each(TROUBLES)(
  'no key is seen with %s, by any command, also under DEBUG',
  async (_, fault) => {
    if (fault === undefined) {
      // What is stored first is there for the others to show.
      for (const command of COMMANDS.filter(asks)) await expectNone(command, '*');
      await atOnce(COMMANDS.filter((command) => !asks(command)).map((command) => [command, '*']));
    } else {
      for (const server of ['alpha-vantage', 'coingecko', 'deriv']) await world.fault({ server, times: 500, fault });
      // DEBUG shows more; without it errors are worded otherwise. Once each is enough.
      await atOnce(COMMANDS.filter(asks).map((command) => [command, command.includes('verbose') ? '*' : '']));
      await world.clearFaults();
    }
    for (const name of listTree(folder)) {
      if (name === 'almanac.config.json' || !/\.\w+$/.test(name)) continue;
      const text = readFileSync(path.join(folder, name)).toString('latin1');
      expect({ name, canary: findCanary(text) }).toEqual({ name });
    }
  },
  180_000,
);

async function expectNone(command: string, debug: string): Promise<void> {
  const run = await world.run(folder, command, { DEBUG: debug, STRANGER_API_KEY: CANARIES.stranger });
  expect({ command, stream: 'stdout', canary: findCanary(run.stdout) }).toEqual({ command, stream: 'stdout' });
  expect({ command, stream: 'stderr', canary: findCanary(run.stderr) }).toEqual({ command, stream: 'stderr' });
}

/** Pauses between attempts are what takes long: four wait side by side. */
async function atOnce(runs: readonly (readonly [command: string, debug: string])[]): Promise<void> {
  const left = runs.values();
  const work = async (): Promise<void> => {
    for (const [command, debug] of left) await expectNone(command, debug);
  };
  await Promise.all(Array.from({ length: 4 }, work));
}

it('has seen the keys where they belong: on the wire', async () => {
  const asked = (await world.entries()).filter(({ server }) => server === 'alpha-vantage').map(({ what }) => what);
  expect(asked.join()).toContain(encodeURIComponent('freeCANARY'));
});
