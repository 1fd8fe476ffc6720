import type { Scales } from './columns.js';
import type { Recipe } from './listings.js';

/** How many units make one whole: 100 for cents. */
export function scalesOf(recipe: Recipe): Scales {
  return {
    price: 10 ** recipe.decimals,
    volume: 10 ** recipe.volumeDecimals,
    quote: recipe.contract === undefined ? 1e4 : 1e8,
  };
}
