import { AlmanacError } from '../../market/almanac-error.js';
import { canAsk, confirm } from '../input/confirm.js';
import { wrapText } from '../terminal/text.js';
import type { View } from '../terminal/view.js';
import { renderPackage, type ShownPackage, WARNING } from './package-facts.js';

export type Verdict =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'refused'; readonly reason: string; readonly suggestions: readonly string[] };

interface Approval {
  readonly verdict: Verdict;
  /** Said beforehand, by a flag that nobody types by accident. */
  readonly trusted: boolean;
  readonly now: number;
  readonly signal: AbortSignal;
  /** `Install`, `Update to` */
  readonly verb: string;
  /** The command as it was typed, to be typed again. */
  readonly command: string;
  /** Where packages may be listed that need no asking. */
  readonly allowList: string;
}

/** Shows what a package is, and whether the person lets it in; no is the answer of whoever says nothing. */
export async function approvePlugin(shown: ShownPackage, view: View, approval: Approval): Promise<boolean> {
  const { verdict, trusted, now, signal, verb, command, allowList } = approval;
  const { name, version } = shown;
  const facts = `${renderPackage(shown, now, view.err).join('\n')}\n`;
  const asking = verdict.kind === 'ask' && !trusted && canAsk(view.json);
  if (asking) {
    // Also under --quiet: nobody can say yes to what they were not shown.
    process.stderr.write(`${facts}\n${wrapText(WARNING, Math.min(80, view.err.width))}\n`);
    return confirm(`${verb} ${name} ${version}?`, signal);
  }
  view.told.info(facts);
  if (verdict.kind === 'refused')
    throw new AlmanacError('PLUGIN_REFUSED', verdict.reason, { suggestions: verdict.suggestions });
  if (verdict.kind === 'allowed') {
    view.told.info(`${name}@${version} is in ${allowList}: not asking.`);
    return true;
  }
  if (trusted) return true;
  throw new AlmanacError('PLUGIN_REFUSED', `${name} ${version} was not installed: nobody can be asked to trust it`, {
    suggestions: [
      `${command} --yes-i-trust-it`,
      `{"${name}@${version}": "sha512-…"} in ${allowList}, with the integrity above`,
    ],
  });
}
