import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanup } from '../../../src/operations/cleanup/cleanup.js';
import { createContext } from '../../../src/store/open-store.js';
import { sampleBlocks } from '../../../src/store/upkeep/sample-blocks.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { writeTruth } from './damaged-cache.js';

const root = temporaryFolder();

describe('the part that an audit reads', () => {
  it('comes round to every block in 20 runs of 5 %, however many there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 300 }), (keys) => {
        const read = new Set<string>();
        let at: string | undefined;
        for (let run = 0; run < 20; run++) {
          const sample = sampleBlocks(keys, { percent: 5 }, at);
          for (const key of sample.keys) read.add(key);
          at = sample.at;
        }
        expect(read.size).toBe(keys.length);
      }),
    );
  });

  it('passes over none where the cache grows between two audits', () => {
    const first = sampleBlocks(['a', 'c', 'e', 'g'], { blocks: 2 }, undefined);
    expect(first).toEqual({ keys: ['a', 'c'], at: 'c', turned: false });
    const second = sampleBlocks(['a', 'b', 'c', 'd', 'e', 'g'], { blocks: 2 }, first.at);
    expect(second).toEqual({ keys: ['d', 'e'], at: 'e', turned: false });
    expect(sampleBlocks(['a', 'b', 'g'], { blocks: 2 }, 'e')).toEqual({ keys: ['g', 'a'], at: 'a', turned: true });
    expect(sampleBlocks([], { percent: 5 }, 'e')).toEqual({ keys: [], at: undefined, turned: false });
  });
});

describe('an audit of a cache', () => {
  it('reads a twentieth at a time, goes on where it was, and finds a damaged block within 20 runs', async () => {
    const cache = path.join(root, 'cache');
    await writeTruth(cache);
    const file = path.join(cache, 'B/1h/2024.csv.gz');
    const bytes = readFileSync(file);
    const { offset } = JSON.parse(readFileSync(path.join(cache, 'B/1h/2024.metadata.json'), 'utf8')).blocks[1];
    bytes[offset + 200] = (bytes[offset + 200] as number) ^ 1;
    writeFileSync(file, bytes);
    let blocks = 0;
    let found = 0;
    let of = 0;
    for (let run = 0; run < 20; run++) {
      const { report, findings } = await cleanup(createContext(cache), { mode: 'validate', sample: { percent: 5 } });
      blocks += report?.series.reduce((sum, each) => sum + each.blocks, 0) ?? 0;
      of = report?.sample?.of ?? 0;
      found += findings.length;
    }
    expect(of).toBeGreaterThan(15);
    expect(blocks).toBeGreaterThanOrEqual(of);
    expect(blocks).toBeLessThan(of * 2);
    expect(found).toBeGreaterThanOrEqual(1);
    const audit = JSON.parse(readFileSync(path.join(cache, '_almanac/cleanup-audit.json'), 'utf8'));
    expect(audit).toMatchObject({ schemaVersion: 1, rounds: expect.any(Number), of });
    expect(audit.rounds).toBeGreaterThanOrEqual(1);
    // What it found waits in the report until somebody acts on it.
    expect((await cleanup(createContext(cache), { mode: 'act' })).acted).toMatchObject({ repaired: 1, quarantined: 1 });
  });
});
