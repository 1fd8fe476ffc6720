import { mix } from './hash.js';

// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { floor, max, min } = Math;

/** Octaves whose lattice is at least this wide are straight lines within a block, and cost nothing per point. */
const BLOCK = 16;
const WIDENING = 4;

export interface Walk {
  /** The walk at `first`, `first + 1` …, into `into` from its beginning. Any window gives the same values. */
  fill(first: number, count: number, into: Float64Array): void;
}

/**
 * Value noise in octaves, each four times as slow and twice as wide as the one before: near enough to a random walk,
 * yet any point of it can be had without the points before.
 */
export function createWalk(key: number, octaves: number, sigma: number): Walk {
  const amplitude = Array.from({ length: octaves }, (_, octave) => 0.8 * sigma * 2 ** octave);
  const keys = Array.from({ length: octaves }, (_, octave) => mix(key, octave + 1));
  const lattice = (octave: number, cell: number): number =>
    (mix(keys[octave] as number, cell) / 2_147_483_648 - 1) * (amplitude[octave] as number);

  return {
    fill(first, count, into) {
      const end = first + count;
      for (let block = floor(first / BLOCK) * BLOCK; block < end; block += BLOCK) {
        let level = 0;
        let slope = 0;
        for (let octave = 2; octave < octaves; octave++) {
          const width = WIDENING ** octave;
          const cell = floor(block / width);
          const left = lattice(octave, cell);
          const rise = (lattice(octave, cell + 1) - left) / width;
          level += left + rise * (block - cell * width);
          slope += rise;
        }
        const from = max(first, block);
        const to = min(end, block + BLOCK);
        let cell = floor(from / WIDENING);
        let left = lattice(1, cell);
        let rise = (lattice(1, cell + 1) - left) / WIDENING;
        for (let at = from; at < to; at++) {
          if (at >= (cell + 1) * WIDENING) {
            cell += 1;
            left = lattice(1, cell);
            rise = (lattice(1, cell + 1) - left) / WIDENING;
          }
          into[at - first] = level + slope * (at - block) + (left + rise * (at - cell * WIDENING)) + lattice(0, at);
        }
      }
    },
  };
}
