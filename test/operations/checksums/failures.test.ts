import { describe, expect, it } from '@jest/globals';
import { filterFailures } from '../../../src/operations/checksums/filter-failures.js';
import { addFailure, recordBadFile } from '../../../src/operations/checksums/record-bad-file.js';
import { summariseFailures } from '../../../src/operations/checksums/summarise-failures.js';
import type { BadFile } from '../../../src/operations/populate/bad-file.js';
import type { ChecksumFailure } from '../../../src/store/checksums/checksum-failure.js';
import { openChecksumRegistry } from '../../../src/store/checksums/open-registry.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const root = temporaryFolder();

const failure = (more: Partial<ChecksumFailure> = {}): ChecksumFailure => ({
  symbol: 'BTCUSDT',
  interval: '1h',
  date: '2024-01',
  provider: 'binance',
  via: 'archive-month',
  expected_checksum: 'a'.repeat(64),
  actual_checksum: 'b'.repeat(64),
  timestamp: '2025-03-10T12:34:56Z',
  first_seen: '2025-03-10T12:34:56Z',
  count: 1,
  action_taken: 'fell_back',
  url: 'https://files.example/BTCUSDT-1h.zip',
  ...more,
});

it('records where the file lies without what could be a key, and its market', async () => {
  const registry = openChecksumRegistry(root);
  const bad: BadFile = {
    provider: 'binance',
    file: {
      instrument: { symbol: 'BTCUSDT@um', native: 'BTCUSDT', assetClass: 'crypto', market: 'um' },
      timeframe: '1h',
      period: 'day',
      name: '2024-01-05',
      start: 0,
      end: 1,
      url: 'https://me:CANARY1@files.example/CANARY2/a.zip?key=CANARY3#CANARY4',
    },
    expected: '',
    actual: 'b'.repeat(64),
    etag: 'CANARY2',
    action: 'proceeded',
  };
  const redact = (text: string) => text.replaceAll('CANARY2', '[secret]');
  await recordBadFile(bad, { registry, now: () => Date.UTC(2025, 0, 1), redact });
  const { failures } = await registry.read();
  expect(JSON.stringify(failures)).not.toContain('CANARY');
  expect(failures).toEqual([
    failure({
      ...{ symbol: 'BTCUSDT@um', market: 'um', date: '2024-01-05', via: 'archive-day', action_taken: 'proceeded' },
      ...{ timestamp: '2025-01-01T00:00:00Z', first_seen: '2025-01-01T00:00:00Z', etag: '[secret]' },
      ...{ expected_checksum: '', stored_checksums: ['b'.repeat(64)] },
      url: 'https://files.example/[secret]/a.zip',
    }),
  ]);
});

describe('a file that fails again', () => {
  const later = '2025-03-11T00:00:00Z';

  it('changes its entry, with how often and since when', () => {
    const found = failure({ timestamp: later, first_seen: later, actual_checksum: 'c'.repeat(64) });
    const others = [failure({ symbol: 'ETHUSDT' }), failure({ date: '2024-01-01' }), failure({ provider: 'other' })];
    expect(addFailure([failure(), ...others], found)).toEqual([
      failure({ timestamp: later, actual_checksum: 'c'.repeat(64), count: 2 }),
      ...others,
    ]);
  });

  it('keeps all that was ever stored of it, until it came right', () => {
    const stored = (...letters: string[]) => ({ stored_checksums: letters.map((letter) => letter.repeat(64)) });
    expect(addFailure([failure(stored('b'))], failure(stored('c')))[0]).toMatchObject(stored('c', 'b'));
    expect(addFailure([failure(stored('b'))], failure())[0]).toMatchObject(stored('b'));
    expect(addFailure([failure()], failure())[0]).not.toHaveProperty('stored_checksums');
  });
});

describe('the filter', () => {
  const all = [
    failure({ date: '2024-01-05' }),
    failure({ date: '2024-01' }),
    failure({ date: '2023-12' }),
    failure({ symbol: 'BTCUSDT@um' }),
    failure({ symbol: 'ETHUSDT', interval: '1d' }),
  ];
  const names = (filter: Parameters<typeof filterFailures>[1]) =>
    filterFailures(all, filter).map(({ symbol, interval, date }) => `${symbol} ${interval} ${date}`);

  it('lets all through, in order, where nothing is said', () => {
    expect(names({})).toEqual([
      'BTCUSDT 1h 2023-12',
      'BTCUSDT 1h 2024-01',
      'BTCUSDT 1h 2024-01-05',
      'BTCUSDT@um 1h 2024-01',
      'ETHUSDT 1d 2024-01',
    ]);
  });

  it.each([
    [{ symbols: ['BTCUSDT'] }, 3],
    [{ symbols: ['BTC*'] }, 4],
    [{ symbols: ['ETHUSDT', 'BTCUSDT@um'] }, 2],
    [{ timeframes: ['1d'] }, 1],
    [{ dates: ['2024'] }, 4],
    [{ dates: ['2024-01'] }, 4],
    [{ dates: ['2024-01-05'] }, 1],
    [{ dates: ['2023', '2024-01-05'] }, 2],
    [{ dates: ['2024-0'] }, 0],
    [{ symbols: ['BTCUSDT'], dates: ['2023-12'] }, 1],
  ] as const)('by %j', (filter, count) => {
    expect(names(filter)).toHaveLength(count);
  });
});

it('the summary counts files and failures by symbol, interval and end', () => {
  const seen = (day: number) => `2025-03-${String(day).padStart(2, '0')}T00:00:00Z`;
  expect(
    summariseFailures([
      failure({ date: '2024-02', count: 3, first_seen: seen(2), timestamp: seen(9) }),
      failure({ date: '2024-01-05', count: 1, first_seen: seen(1), timestamp: seen(3) }),
      failure({ date: '2024-03', action_taken: 'missing_checksum' }),
    ]),
  ).toEqual([
    {
      ...{ symbol: 'BTCUSDT', interval: '1h', action_taken: 'fell_back', files: 2, failures: 4 },
      ...{ firstDate: '2024-01-05', lastDate: '2024-02', firstSeen: seen(1), lastSeen: seen(9) },
    },
    expect.objectContaining({ action_taken: 'missing_checksum', files: 1, failures: 1 }),
  ]);
});
