import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Stranger } from '../support/stranger.js';
import { temporaryFolder } from '../support/temp-folder.js';

const guide = readFileSync(new URL('../../plugins/README.md', import.meta.url), 'utf8');
const SERVE = 'npm run serve\n';
const home = temporaryFolder();
let stranger: Stranger;

beforeAll(async () => {
  stranger = await Stranger.arrive(home);
});
afterAll(() => stranger.leave());

it('works when it is followed word by word', async () => {
  const blocks = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines]) => lines as string);
  expect(blocks).toHaveLength(4);
  const folder = path.join(stranger.home, 'almanac-provider-acme');
  const PORT = String(await findPort());
  let said = '';
  for (const [i, lines] of blocks.entries()) {
    if (lines === SERVE) {
      // The one liberty: another port, because this one may be somebody's.
      const settings = path.join(folder, 'almanac.config.json');
      writeFileSync(settings, readFileSync(settings, 'utf8').replace('8187', PORT));
      await stranger.leaveRunning(lines, folder, /until Ctrl-C/, { PORT });
      continue;
    }
    const run = await stranger.type(lines, i === 0 ? stranger.home : folder);
    expect({ lines, ...run }).toMatchObject({ lines, exit: 0 });
    said += run.stdout;
  }
  expect(said).toMatch(/^# fail 0$/m);
  expect(said).toMatch(/^shape\tpass\t/m);
  expect(said).not.toMatch(/^[a-z-]+\tfail\t/m);
  expect(said).toMatch(/^acme\tAcme\tcrypto\t.*\talmanac-provider-acme 0\.1\.0\tuser$/m);
  expect(said).toContain('744');
}, 60_000);

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
