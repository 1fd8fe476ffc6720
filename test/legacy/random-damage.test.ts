import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { alpacaSummedFiles } from '../support/legacy/alpaca.js';
import { arrowBytes } from '../support/legacy/arrow-bytes.js';
import { binanceServiceFiles } from '../support/legacy/binance-services.js';
import { type DamageReport, damageFiles } from '../support/legacy/damage-files.js';
import { derivMonthFiles } from '../support/legacy/deriv-months.js';
import { freqtradeFeatherFiles } from '../support/legacy/freqtrade-feather.js';
import { freqtradeJsonFiles } from '../support/legacy/freqtrade-json.js';
import type { OldFile } from '../support/legacy/old-file.js';
import { ownFiles } from '../support/legacy/own.js';
import { providerYearFiles } from '../support/legacy/provider-year.js';
import { providerYearParquetFiles } from '../support/legacy/provider-year-parquet.js';
import { PYTHON_FILES } from '../support/legacy/python-files.js';
import { unifiedFiles } from '../support/legacy/unified.js';
import { visionFiles } from '../support/legacy/vision.js';
import { makeBars } from '../support/make-bars.js';

/** `ALMANAC_DAMAGES=20000 ALMANAC_SEED=7` for more of them. */
const TIMES = Number(process.env.ALMANAC_DAMAGES ?? 1500);
const SEED = Number(process.env.ALMANAC_SEED ?? 20_260_706);
const MOST_MIB = 300;
const MOST_MS = 2000;

const HOURS = makeBars('1h', Date.UTC(2024, 0, 30), 40);
const SUMMER = makeBars('1h', Date.UTC(2026, 6, 6), 40);
const BTC = { symbol: 'BTCUSDT', timeframe: '1h', provider: 'binance' } as const;
const dayOf = (name: string): string => `BINANCE/KLINES/spot/${name}/1h/20240101.arrow`;

const COLUMNS: Readonly<Record<string, readonly OldFile[]>> = {
  ...Object.fromEntries(
    Object.entries(PYTHON_FILES).map(([name, base64]) => [
      name,
      [{ path: dayOf('BTCUSDT'), bytes: Buffer.from(base64, 'base64') }],
    ]),
  ),
  plain: binanceServiceFiles(HOURS, { form: 'B9', ticker: 'BTCUSDT', interval: '1h' }),
  packed: [{ path: dayOf('BTCUSDT'), bytes: arrowBytes(HOURS, { packed: true, idle: { source: 'REST' } }) }],
  spelled: [{ path: dayOf('BTCUSDT'), bytes: arrowBytes(HOURS, { text: ['open', 'volume'] }) }],
  parquet: binanceServiceFiles(HOURS, { form: 'B8-parquet', ticker: 'BTCUSDT', interval: '1h' }),
  year: providerYearParquetFiles(SUMMER, { provider: 'yahoo', symbol: 'AAPL', timeframe: '1h', inFolder: true }),
  feather: freqtradeFeatherFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h' }),
  deriv: derivMonthFiles(HOURS, { symbol: 'R_100', seconds: 3600, filler: true }),
};

const TEXTS: Readonly<Record<string, readonly OldFile[]>> = {
  unified: unifiedFiles(SUMMER, { symbol: 'AAPL', timeframe: '1h', provider: 'yahoo', written: Date.UTC(2026, 7, 1) }),
  nested: unifiedFiles(HOURS, { ...BTC, nested: true }),
  year: providerYearFiles(HOURS, { ...BTC, inFolder: true }),
  unpacked: providerYearFiles(HOURS, { ...BTC, packed: false }),
  zip: visionFiles(HOURS, { ticker: 'BTCUSDT', timeframe: '1h' }),
  checked: visionFiles(HOURS, { ticker: 'BTCUSDT', timeframe: '1h', header: true, checksum: true }),
  json: freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h' }),
  'json in gzip': freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h', packed: true }),
  alpaca: alpacaSummedFiles(HOURS, 'MSFT', '1h'),
  own: ownFiles(HOURS, 'BTCUSDT', 'BTCUSDT', '1h', 0),
};

/** Where the peak of a process can be read; elsewhere nothing is proved, and that is shown as skipped. */
const onLinux = existsSync('/proc/self/status') ? describe : describe.skip;

onLinux('random damage ends in rows, a refusal or an error that says so', () => {
  it.each<[string, Readonly<Record<string, readonly OldFile[]>>]>([
    ['Arrow and Parquet', COLUMNS],
    ['text, gzip and zip', TEXTS],
  ])(
    '%s',
    async (_name, cases) => {
      const report = await damageFiles(cases, { seed: SEED, times: TIMES, patience: 20_000 + TIMES * 20 });
      if (TIMES > 1500) process.stdout.write(`${JSON.stringify(report)}\n`);
      expectHarmless(report);
      // It is damage, and not all of it goes unnoticed or is noticed at once.
      expect(report.counts.rows).toBeGreaterThan(TIMES / 20);
      expect(report.counts.UNREADABLE).toBeGreaterThan(TIMES / 20);
    },
    60_000 + TIMES * 20,
  );
});

function expectHarmless({ wrong, slowest, mib }: DamageReport): void {
  expect(wrong).toEqual([]);
  expect({ slowest: slowest > MOST_MS ? slowest : 'quick', mib: mib > MOST_MIB ? mib : 'little' }).toEqual({
    slowest: 'quick',
    mib: 'little',
  });
}
