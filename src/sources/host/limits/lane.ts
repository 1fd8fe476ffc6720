import Bottleneck from 'bottleneck';
import type { Pool } from '../../../provider/index.js';
import { type Bucket, createBucket } from './bucket.js';

/** How many at once, and a bucket for each window. */
export class Lane {
  readonly places: Bottleneck;
  readonly buckets: ReadonlyMap<string, Bucket>;

  constructor(readonly pool: Pool) {
    this.places = new Bottleneck({ maxConcurrent: Math.max(1, pool.concurrency) });
    this.buckets = new Map(
      pool.windows.flatMap((window) => {
        const bucket = createBucket(window);
        return bucket === undefined ? [] : [[window.name, bucket] as const];
      }),
    );
  }

  close(): void {
    for (const bucket of this.buckets.values()) bucket.close();
    void this.places.disconnect();
  }
}
