import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/operations/populate/delivery.js';
import { packDeliveries } from '../../../src/operations/populate/pack-deliveries.js';

const at = (text: string): number => Date.parse(text);

function deliver(stamps: readonly string[], checksum: string, more: Partial<Delivery> = {}): Delivery {
  return {
    bars: { time: Float64Array.from(stamps, at), columns: ['close'], values: [Float64Array.from(stamps, () => 1)] },
    provenance: {
      provider: 'binance',
      via: 'archive-month',
      fetchedAt: '2025-01-02T00:00:00Z',
      derived: false,
      checksum,
    },
    rejected: [],
    winner: 'existing',
    ...more,
  };
}

describe('what goes into one commit', () => {
  test('files of different months do, each with its own origin, whatever order they came in', () => {
    const [parcel, ...others] = packDeliveries(
      [deliver(['2024-02-01T00:00Z', '2024-02-29T00:00Z'], 'feb'), deliver(['2024-01-01T00:00Z'], 'jan')],
      'month',
    );
    expect(others).toEqual([]);
    expect([...(parcel?.bars.time ?? [])]).toEqual(['2024-01-01', '2024-02-01', '2024-02-29'].map(at));
    expect(parcel?.provenance('2024-01').checksum).toBe('jan');
    expect(parcel?.provenance('2024-02').checksum).toBe('feb');
  });

  test('two files of one month do not: a block that is made in one commit has one origin', () => {
    const days = [deliver(['2024-01-01T00:00Z'], 'first'), deliver(['2024-01-02T00:00Z'], 'second')];
    expect(packDeliveries(days, 'month').map(({ provenance }) => provenance('2024-01').checksum)).toEqual([
      'first',
      'second',
    ]);
    expect(packDeliveries(days, 'day')).toHaveLength(1);
  });

  test('pages of one origin do, within a month and beyond it, and the earliest of them speaks for all', () => {
    const page = deliver(['2024-01-30T00:00Z'], 'same');
    const later = deliver(['2024-01-31T00:00Z', '2024-02-01T00:00Z'], 'same');
    const early = { ...later, provenance: { ...later.provenance, fetchedAt: '2025-01-01T00:00:00Z' } };
    const [parcel, ...others] = packDeliveries([page, early], 'month');
    expect(others).toEqual([]);
    expect(parcel?.provenance('2024-01').fetchedAt).toBe('2025-01-01T00:00:00Z');
    expect(parcel?.provenance('2024-02').fetchedAt).toBe('2025-01-01T00:00:00Z');
  });

  test('rows that overlap, or that another rule decides on, are never joined', () => {
    const one = deliver(['2024-01-01T00:00Z', '2024-01-03T00:00Z'], 'same');
    expect(packDeliveries([one, deliver(['2024-01-02T00:00Z'], 'same')], 'month')).toHaveLength(2);
    const forced = deliver(['2024-02-02T00:00Z'], 'same', { winner: 'incoming' });
    expect(packDeliveries([one, forced], 'month').map(({ winner }) => winner)).toEqual(['existing', 'incoming']);
  });
});
