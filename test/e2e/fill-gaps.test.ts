import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { column } from '../../src/market/bars.js';
import { cutRows } from '../support/cut-rows.js';
import { blocksOf, FillWorld, pro, reportedGaps, seriesIn } from '../support/fill-world.js';
import { startProgram } from '../support/start-program.js';
import { temporaryFolder } from '../support/temp-folder.js';

const root = temporaryFolder();
let at: FillWorld;

beforeAll(async () => {
  at = await FillWorld.start(root);
}, 60_000);
afterEach(() => at.calm());
afterAll(() => at.world.close());

describe('holes of twelve hours and of thirteen', () => {
  it('the first is filled and the second left; only missing rows change; the second run asks nobody', async () => {
    const folder = await at.copyFull(pro);
    const before = await blocksOf(folder);
    const whole = await seriesIn(folder).read();
    expect(await cutRows(folder, 'BTCUSDT', '1h', '2025-01-05T06:00Z', '2025-01-05T18:00Z')).toBe(12);
    expect(await cutRows(folder, 'BTCUSDT', '1h', '2025-02-07T06:00Z', '2025-02-07T19:00Z')).toBe(13);
    // Over New Year: the report cuts it, and it is one gap all the same.
    expect(await cutRows(folder, 'BTCUSDT', '1h', '2024-12-31T20:00Z', '2025-01-01T04:00Z')).toBe(8);
    const cut = await blocksOf(folder);

    const plan = await at.fill(folder, '--max-gap-hours 12 --dry-run');
    expect(plan.gaps.map(({ start, bars, requests }) => [start, bars, requests])).toEqual([
      ['2024-12-31T20:00:00Z', 8, 1],
      ['2025-01-05T06:00:00Z', 12, 0],
    ]);
    const total = { requests: 1, weight: 1, bytes: 0, quotaDays: 0, etaSeconds: expect.any(Number) };
    expect(plan).toMatchObject({ command: 'cache fill-gaps', dryRun: true, status: 'partial', ...total });
    expect(plan.series).toEqual([
      { symbol: 'BTCUSDT', interval: '1h', gaps: 2, bars: 20, requests: 1, weight: 1, warnings: [] },
    ]);
    expect(await at.asked()).toEqual([]);
    expect(await blocksOf(folder)).toEqual(cut);

    const { gaps, beyondLimit, status } = await at.fill(folder, '--max-gap-hours 12');
    expect({ beyondLimit, status }).toEqual({ beyondLimit: 1, status: 'complete' });
    expect(
      gaps.map(({ start, end, bars, outcome, provider, rowsAdded }) => [
        start,
        end,
        bars,
        outcome,
        provider,
        rowsAdded,
      ]),
    ).toEqual([
      ['2024-12-31T20:00:00Z', '2025-01-01T04:00:00Z', 8, 'filled', 'coingecko', 8],
      ['2025-01-05T06:00:00Z', '2025-01-05T18:00:00Z', 12, 'filled', 'coingecko', 12],
    ]);
    // Both in one page of the source.
    expect((await at.asked('coingecko')).filter((what) => what.includes('/ohlc/range'))).toHaveLength(1);

    const after = await blocksOf(folder);
    const changed = [...after.keys()].filter((period) => after.get(period) !== cut.get(period));
    expect(changed).toEqual(['2024-12', '2025-01']);
    expect(after.get('2025-02')).toBe(cut.get('2025-02'));
    expect(after.get('2025-02')).not.toBe(before.get('2025-02'));
    // Row by row: what was there is as it was, what was missing has prices of about that time and no volume.
    const bars = await seriesIn(folder).read();
    const [close, volume] = [column(bars, 'close'), column(bars, 'volume')];
    for (const [row, time] of bars.time.entries()) {
      const was = whole.time.indexOf(time);
      if (gaps.some(({ start, end }) => time >= Date.parse(start) && time < Date.parse(end))) {
        expect(volume[row]).toBeNaN();
        expect(Math.abs((close[row] as number) / (column(whole, 'close')[was] as number) - 1)).toBeLessThan(0.005);
      } else for (const [i, values] of bars.values.entries()) expect(values[row]).toBe(whole.values[i]?.[was]);
    }
    const origins = (await seriesIn(folder).years()).flatMap(({ sidecar }) => sidecar?.provenance ?? []);
    expect(
      origins.filter(({ via }) => via === 'fill').map(({ from, provider, rows }) => [from, provider, rows]),
    ).toEqual([
      ['2024-12-31T20:00:00Z', 'coingecko', 4],
      ['2025-01-01T00:00:00Z', 'coingecko', 4],
      ['2025-01-05T06:00:00Z', 'coingecko', 12],
    ]);
    // The report is true of it without another run.
    expect(reportedGaps(folder, '1h')).toEqual(['missing 2025-02-07T06:00:00Z 13']);

    await at.world.clear();
    expect((await at.fill(folder, '--max-gap-hours 12')).gaps).toEqual([]);
    expect(await at.asked()).toEqual([]);
    expect(await blocksOf(folder)).toEqual(after);
  }, 60_000);
});

describe('reach and limits', () => {
  it('beyond 365 days of CoinGecko without payment a gap is out of reach and stays; within, samples fill it', async () => {
    const folder = await at.copyFull();
    await cutRows(folder, 'BTCUSDT', '6h', '2024-02-05T00:00Z', '2024-02-05T12:00Z');
    await cutRows(folder, 'BTCUSDT', '6h', '2025-02-10T00:00Z', '2025-02-10T12:00Z');
    await cutRows(folder, 'BTCUSDT', '1h', '2025-01-05T06:00Z', '2025-01-05T10:00Z');
    const { gaps } = await at.fill(folder, '', 4);
    const [hour, old, recent] = gaps;
    expect(hour).toMatchObject({ interval: '1h', outcome: 'out-of-reach', provider: 'coingecko', requests: 0 });
    expect(hour?.reason).toContain('its pro plan has it');
    expect(old).toMatchObject({ start: '2024-02-05T00:00:00Z', outcome: 'out-of-reach', rowsAdded: 0 });
    expect(old?.reason).toMatch(/reaches back to 2024-03-1\dT/);
    expect(recent).toMatchObject({ start: '2025-02-10T00:00:00Z', outcome: 'filled', rowsAdded: 2 });
    const filled = (await seriesIn(folder, '6h').years()).flatMap(({ sidecar }) => sidecar?.provenance ?? []);
    expect(filled.filter(({ via }) => via === 'fill')).toMatchObject([
      { provider: 'coingecko', derived: true, rows: 2 },
    ]);
    expect(reportedGaps(folder, '6h')).toEqual(['missing 2024-02-05T00:00:00Z 2']);
  });

  it('who asks for a pause is not asked again, and it is said when he may be', async () => {
    const folder = await at.copyFull(pro);
    await cutRows(folder, 'BTCUSDT', '1h', '2024-12-05T06:00Z', '2024-12-05T10:00Z');
    await cutRows(folder, 'BTCUSDT', '1h', '2025-02-05T06:00Z', '2025-02-05T10:00Z');
    const headers = { 'retry-after': '3600' };
    await at.world.fault({
      server: 'coingecko',
      times: 9,
      fault: { kind: 'status', status: 429, headers, body: '{}' },
    });
    const { gaps } = await at.fill(folder, '', 4);
    expect(gaps.map(({ outcome }) => outcome)).toEqual(['throttled', 'throttled']);
    expect(gaps[0]?.until).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await at.asked('coingecko')).toHaveLength(1);
  });
});

it('damage that the report tells of is no gap: it is said, with what to type, and the run is not complete', async () => {
  const folder = await at.copyFull(pro);
  const file = path.join(folder, 'market/BTCUSDT/1h/2024.csv.gz');
  const bytes = readFileSync(file);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 12) ^ 1, bytes.length - 12);
  writeFileSync(file, bytes);
  expect((await at.world.run(folder, 'cache validate-gaps --deep --json')).exit).toBe(3);
  const { status, warnings, gaps } = await at.fill(folder, '--intervals 1h', 4);
  expect({ status, gaps }).toEqual({ status: 'partial', gaps: [] });
  expect(warnings).toContain(
    'BTCUSDT 1h is damaged in 2024-12; almanac cache cleanup --cleanup, then almanac cache populate',
  );
});

it('stopped by Ctrl-C it keeps what it filled, says so, and the report is true', async () => {
  const folder = await at.copyFull(pro);
  await cutRows(folder, 'BTCUSDT', '1h', '2024-12-05T06:00Z', '2024-12-05T10:00Z');
  await cutRows(folder, 'BTCUSDT', '1h', '2025-02-05T06:00Z', '2025-02-05T10:00Z');
  const slow = { kind: 'delay', ms: 20_000 };
  await at.world.fault({ server: 'coingecko', match: `from=${Date.parse('2025-02-04T06:00Z') / 1000}`, fault: slow });
  const { child, ended } = startProgram(folder, 'cache fill-gaps --intervals 1h --json', at.world.environment(folder));
  child.stderr?.on('data', (text: string) => text.includes('[1/2]') && child.kill('SIGINT'));
  const run = await ended;
  expect({ exit: run.exit, said: run.exit === 130 ? '' : run.stderr + run.stdout }).toEqual({ exit: 130, said: '' });
  const document = JSON.parse(run.stdout);
  expect(document).toMatchObject({ status: 'partial', interrupted: true, untouched: 1 });
  expect(document.gaps).toMatchObject([{ start: '2024-12-05T06:00:00Z', outcome: 'filled', rowsAdded: 4 }]);
  expect((await seriesIn(folder).verify()).damaged).toEqual([]);
  expect(reportedGaps(folder, '1h')).toEqual(['missing 2025-02-05T06:00:00Z 4']);
});

it('a stock’s days are filled by Alpha Vantage, and a weekend belongs to its gap', async () => {
  const folder = await at.world.newFolder(root);
  const populate = 'cache populate --symbols AAPL --intervals 1d --start-date 2024-11-01 --end-date 2025-03-07';
  expect((await at.world.run(folder, populate)).exit).toBe(0);
  expect(await cutRows(folder, 'AAPL', '1d', '2025-02-13T00:00Z', '2025-02-19T00:00Z')).toBe(3);
  const { gaps } = await at.fill(folder, '--symbols AAPL');
  expect(gaps).toMatchObject([{ bars: 3, outcome: 'filled', provider: 'alpha-vantage', rowsAdded: 3 }]);
  expect(await at.asked('alpha-vantage')).toHaveLength(1);
  const { time } = await seriesIn(folder, '1d', 'AAPL').read({
    start: Date.parse('2025-02-12'),
    end: Date.parse('2025-02-20'),
  });
  expect(Array.from(time, (each) => new Date(each).toISOString().slice(8, 10))).toEqual(['12', '13', '14', '18', '19']);
}, 60_000);
