import { listShown, type Shown } from './shown-commands.js';
import { fateOf, type Home, type Way } from './ways.js';

/** The shown commands that are typed as they stand, in these homes. */
export function listTyped(homes: readonly Home[]): (Shown & { readonly way: Way })[] {
  return listShown().flatMap((shown) => {
    const fate = fateOf(shown.line);
    const typed = typeof fate === 'object' && 'way' in fate && homes.includes(fate.way.home);
    return typed ? [{ ...shown, way: fate.way }] : [];
  });
}
