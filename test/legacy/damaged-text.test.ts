import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LegacyError } from '../../src/legacy/reader.js';
import { freqtradeJsonFiles } from '../support/legacy/freqtrade-json.js';
import type { OldFile } from '../support/legacy/old-file.js';
import { ownFiles } from '../support/legacy/own.js';
import { providerYearFiles } from '../support/legacy/provider-year.js';
import { scanOldFiles } from '../support/legacy/scan-and-read.js';
import { unifiedFiles } from '../support/legacy/unified.js';
import { visionFiles } from '../support/legacy/vision.js';
import { makeBars } from '../support/make-bars.js';

const HOURS = makeBars('1h', Date.UTC(2026, 6, 6), 40);
const OLD = { symbol: 'AAPL', timeframe: '1h', provider: 'yahoo' } as const;
const FILES: readonly OldFile[] = [
  ...unifiedFiles(HOURS, { ...OLD, written: Date.UTC(2026, 7, 1) }),
  ...providerYearFiles(HOURS, { ...OLD, packed: false }),
  ...visionFiles(HOURS, { ticker: 'BTCUSDT', timeframe: '1h', checksum: true }),
  ...freqtradeJsonFiles(HOURS, { pair: 'BTC_USDT', timeframe: '1h' }),
  ...ownFiles(HOURS, 'ETHUSDT', 'ETHUSDT', '1h', 0),
];

/** A file with one byte another, its end cut off, or a stretch of zeros in it. */
const damage = fc.record({
  file: fc.nat(FILES.length - 1),
  kind: fc.constantFrom('flip', 'cut', 'zeros'),
  at: fc.double({ min: 0, max: 0.9999, noNaN: true }),
  bit: fc.nat(7),
});

it('says what it thinks of a damaged file, and fails in no other way than it may', async () => {
  await fc.assert(
    fc.asyncProperty(damage, async ({ file, kind, at, bit }) => {
      const files = FILES.map((each, index) => {
        if (index !== file) return each;
        const bytes = Uint8Array.from(each.bytes);
        const offset = Math.floor(at * bytes.length);
        if (kind === 'cut') return { ...each, bytes: bytes.subarray(0, offset) };
        if (kind === 'flip') bytes[offset] = (bytes[offset] as number) ^ (1 << bit);
        else bytes.fill(0, offset, offset + 16);
        return { ...each, bytes };
      });
      const found = await scanOldFiles(files);
      for (const each of found.all) {
        if (each.kind === 'refused') expect(each.refused.reason).not.toMatch(/cannot be read/);
        if (each.kind !== 'claimed') continue;
        try {
          for await (const bars of each.reader.read(each.claim, found.tree, { now: Date.UTC(2026, 10, 1) })) {
            expect(bars.values.every((value) => value.length === bars.time.length)).toBe(true);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(LegacyError);
        }
      }
    }),
    { numRuns: 100 },
  );
});
