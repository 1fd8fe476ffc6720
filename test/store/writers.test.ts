import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import { makeBars, PROVENANCE } from '../support/make-bars.js';
import { listTree, temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
const freshCache = (): string => mkdtempSync(path.join(root, 'case-'));
const BARS = makeBars('1h', Date.UTC(2024, 0, 1), 3);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Children run the built program: Jest's own transform does not reach them. */
function start(script: string, ...args: string[]): ChildProcess {
  if (!existsSync('dist/index.js')) throw new Error('these tests run the built program: npm run build');
  const child = spawn(process.execPath, [path.resolve('test/support', script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function startHolder(cache: string): Promise<ChildProcess> {
  const holder = start('hold-lock.js', path.join(cache, 'A', '1h'));
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  return holder;
}

describe('four writers of one series', () => {
  it('lose none of their 200 rows, and a reader beside them sees none that is torn', async () => {
    const cache = freshCache();
    const acknowledged: number[] = [];
    const writers = [0, 1, 2, 3].map((writer) => {
      const child = start('put-rows.js', cache, String(writer), '50');
      let said = '';
      child.stdout?.on('data', (text: Buffer) => {
        said += text;
        const lines = said.split('\n');
        said = lines.pop() as string;
        acknowledged.push(...lines.map(Number));
      });
      let complaint = '';
      child.stderr?.on('data', (text: Buffer) => (complaint += text));
      return once(child, 'close').then(([status]) => ({ status, complaint }));
    });

    let writing = true;
    const ended = Promise.all(writers).finally(() => (writing = false));
    let reads = 0;
    let rows = 0;
    while (writing) {
      const promised = [...acknowledged];
      const { time, values } = await openStore(cache).series('A', '1h').read();
      // What was acknowledged before the read began is in it, nothing is false, and nothing goes away again.
      const seen = new Set(time);
      expect(promised.filter((at) => !seen.has(at))).toEqual([]);
      expect(time.length).toBeGreaterThanOrEqual(rows);
      rows = time.length;
      for (const [i, at] of time.entries()) {
        expect(values[0]?.[i]).toBe(at / 1000);
        expect(values[1]?.[i]).toBe(((at - Date.UTC(2024, 0, 28)) / 3_600_000) % 4);
      }
      reads++;
    }
    expect(await ended).toEqual(Array(4).fill({ status: 0, complaint: '' }));
    expect(reads).toBeGreaterThan(20);

    const series = openStore(cache).series('A', '1h');
    expect(acknowledged).toHaveLength(200);
    expect(Array.from((await series.read()).time)).toEqual([...acknowledged].sort((a, b) => a - b));
    expect(await series.verify()).toMatchObject({ rows: 200, damaged: [] });
    const [year] = await series.years();
    expect(year?.sidecar?.generation).toBe(200);
    const byWriter = new Map<string, number>();
    for (const { provider, rows: own } of year?.sidecar?.provenance ?? [])
      byWriter.set(provider, (byWriter.get(provider) ?? 0) + own);
    expect([...byWriter].sort()).toEqual([0, 1, 2, 3].map((writer) => [`writer-${writer}`, 50]));
    expect(listTree(cache).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('within one process wait for each other too', async () => {
    const cache = freshCache();
    const bars = makeBars('1h', Date.UTC(2024, 0, 31), 40);
    const one = (row: number) => ({
      time: bars.time.slice(row, row + 1),
      columns: bars.columns,
      values: bars.values.map((value) => value.slice(row, row + 1)),
    });
    await Promise.all(
      Array.from(bars.time.keys(), (row) => openStore(cache).series('A', '1h').put(one(row), PROVENANCE)),
    );
    expect(Array.from((await openStore(cache).series('A', '1h').read()).time)).toEqual(Array.from(bars.time));
  });
});

describe('a lock', () => {
  it('that another process holds is waited for, and then named', async () => {
    const cache = freshCache();
    const holder = await startHolder(cache);
    const began = performance.now();
    const refusal = await openStore(cache, { lockTimeoutMs: 300 })
      .series('A', '1h')
      .put(BARS, PROVENANCE)
      .catch((error: unknown) => error);
    const waited = performance.now() - began;
    expect(refusal).toMatchObject({ code: 'STORE_LOCKED', message: expect.stringContaining(`pid ${holder.pid}`) });
    expect(waited).toBeGreaterThanOrEqual(300);
    expect(waited).toBeLessThan(3000);
    // Another series is nobody's business, and readers need no lock.
    await openStore(cache).series('B', '1h').put(BARS, PROVENANCE);
    expect((await openStore(cache).series('A', '1h').read()).time).toHaveLength(0);
  });

  it('is free at once when its holder is killed', async () => {
    const cache = freshCache();
    const holder = await startHolder(cache);
    const put = openStore(cache, { lockTimeoutMs: 10_000 }).series('A', '1h').put(BARS, PROVENANCE);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const killed = performance.now();
    expect(await put).toMatchObject({ added: 3 });
    expect(performance.now() - killed).toBeLessThan(1000);
  });

  it('is not waited for once the work is called off', async () => {
    const cache = freshCache();
    await startHolder(cache);
    const stop = new AbortController();
    const put = openStore(cache, { lockTimeoutMs: 10_000, signal: stop.signal })
      .series('A', '1h')
      .put(BARS, PROVENANCE);
    stop.abort();
    await expect(put).rejects.toMatchObject({ name: 'AbortError' });
  });
});
