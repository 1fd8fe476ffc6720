import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { SERVERS } from '../src/cli/parse-fault.js';
import { configFor, writeConfig } from '../src/write-config.js';

const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const servers = SERVERS.map((name, i) => ({ name, url: `http://127.0.0.1:${40_000 + i}` }));

it('leaves no provider pointing anywhere else', () => {
  const urls = JSON.stringify(configFor(servers)).match(/\w+:\/\/[^"]+/g) ?? [];
  expect(urls.length).toBeGreaterThanOrEqual(9);
  for (const url of urls) expect(new URL(url).hostname).toBe('127.0.0.1');
  expect(() => configFor(servers.slice(1))).toThrow('no server binance');
});

it('replaces nothing unless it is told to, and leaves no half of a file', async () => {
  const file = path.join(folder, 'new', 'almanac.config.json');
  await writeConfig(file, { a: 1 }, false);
  await expect(writeConfig(file, { a: 2 }, false)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 1 });
  await writeConfig(file, { a: 3 }, true);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ a: 3 });
  expect(readdirSync(path.dirname(file))).toEqual(['almanac.config.json']);
});
