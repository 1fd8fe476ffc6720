import type { Recipe } from './listings.js';

// Taken out of the global once: inside jest's sandbox every look at a global goes through an interceptor.
const { log } = Math;

const ORIGIN = Date.UTC(2020, 0, 1);
const YEAR = 365.25 * 86_400_000;

/** The logarithm of the price that the walk plays around. */
export function levelAt(recipe: Recipe, time: number): number {
  return log(recipe.price) + (recipe.growth * (time - ORIGIN)) / YEAR;
}
