import type { Agreement } from '../../market/alignment/compare-prices.js';
import { type Disagreement, FEWEST_COMPARED } from '../../market/alignment/judge-agreement.js';

/** What was seen, so that a person can judge it: `coingecko is 1.020 × binance over 48 bars`. */
export function describeDisagreement(
  why: Disagreement,
  { overlap, ratio, spread, shift, correlation }: Agreement,
  provider: string,
  others: string,
): string {
  const over = `over ${overlap} bars`;
  switch (why) {
    case 'grid':
      return `bars of ${provider} open at other times than those of ${others}`;
    case 'too-little':
      return overlap === 0
        ? `${provider} has no bar beside the gap to compare with ${others}`
        : `${provider} and ${others} have only ${overlap} bars beside the gap in common, and ${FEWEST_COMPARED} are needed`;
    case 'scale':
      return `${provider} is ${ratio.toFixed(ratio < 0.1 ? 6 : 3)} × ${others} ${over}`;
    case 'shift':
      return `${provider} is ${Math.abs(shift)} ${Math.abs(shift) === 1 ? 'bar' : 'bars'} ${shift > 0 ? 'late' : 'early'} against ${others} ${over}`;
    case 'scatter':
      return `closes of ${provider} lie ${percent(spread)} beside those of ${others} ${over}`;
    case 'unrelated':
      return `${provider} does not move with ${others} (correlation ${(correlation ?? 0).toFixed(2)} ${over})`;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.01 ? 2 : 1)} %`;
}
