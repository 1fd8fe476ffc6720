import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alpacaMinutesFiles } from '../support/legacy/alpaca.js';
import { writeOldFiles } from '../support/legacy/old-file.js';
import { pricedBars, timesFrom } from '../support/legacy/priced-bars.js';
import { providerYearFiles } from '../support/legacy/provider-year.js';
import { unifiedFiles } from '../support/legacy/unified.js';
import { listTree } from '../support/temp-folder.js';

const HOUR = 3_600_000;

/** A person's folder after some years: two tools' caches, a thing that is none, and made-up prices. */
export function writeMixedTree(folder: string, years = 1): void {
  const hours = pricedBars(timesFrom('2019-01-01T00:00:00Z', 8766 * years, HOUR));
  const minutes = pricedBars(timesFrom('2024-01-05T14:30:00Z', 390, 60_000));
  const unified = { timeframe: '1h', provider: 'binance', under: 'ohlcv' } as const;
  const files = [
    ...unifiedFiles(hours, { ...unified, symbol: 'BTCUSDT' }),
    ...unifiedFiles(hours, { ...unified, symbol: 'ETHUSDT' }),
    ...unifiedFiles(pricedBars(timesFrom('2019-01-01T00:00:00Z', 100, HOUR)), {
      ...unified,
      symbol: 'SOLUSDT',
      provider: 'mock',
    }),
    ...alpacaMinutesFiles(minutes, 'MSFT'),
    ...providerYearFiles(hours, { provider: 'binance', symbol: 'ADAUSDT', timeframe: '1h', inFolder: true }),
  ];
  writeOldFiles(
    folder,
    files.map((file) => ({ ...file, modified: Date.UTC(2025, 8, 1) })),
  );
  writeFileSync(path.join(folder, 'letter.txt'), 'Dear friend\n');
  const logs = path.join(folder, 'logs', 'checksum_failures');
  mkdirSync(logs, { recursive: true });
  const failure = {
    ...{ symbol: 'BTCUSDT', interval: '1h', date: '2024-01-02', expected_checksum: 'a'.repeat(64) },
    ...{ actual_checksum: 'b'.repeat(64), timestamp: '2024-02-01T10:00:00.123456', action_taken: 'skipped' },
  };
  const kept = { ...failure, timestamp: '2024-02-01T10:00:01.123456', action_taken: 'cached_anyway' };
  writeFileSync(path.join(logs, 'registry.json'), JSON.stringify([failure, kept]));
}

/** Every file below a folder with its bytes and its time; `without` names what is left out. */
export function snapshot(folder: string, without: (name: string) => boolean = () => false): Record<string, string> {
  const names = listTree(folder).filter((name) => !without(name) && statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    names.map((name) => {
      const file = path.join(folder, name);
      return [name, `${statSync(file).mtimeMs} ${readFileSync(file, 'base64')}`];
    }),
  );
}
