import type { Rule } from './rule.js';

const rule = (name: string, rest: Omit<Rule, 'origin' | 'name'>): Rule => ({
  ...rest,
  origin: 'default',
  name: `the default for ${name}`,
});

/** What holds where the settings say nothing. Order matters: the symbols of one provider before the asset classes. */
export const DEFAULT_RULES: readonly Rule[] = [
  rule('frx… symbols', { match: 'frx*', providers: ['deriv'], fill: [] }),
  rule('cry… symbols', { match: 'cry*', providers: ['deriv'], fill: [] }),
  rule('OTC_… symbols', { match: 'OTC_*', providers: ['deriv'], fill: [] }),
  rule('synthetic indices', { assetClass: ['synthetic'], providers: ['deriv'], fill: [] }),
  rule('crypto', { assetClass: ['crypto'], providers: ['binance'], fill: ['coingecko'] }),
  rule('stocks and funds within the day', {
    assetClass: ['equity'],
    span: 'intraday',
    providers: ['alpha-vantage'],
    fill: ['yahoo'],
  }),
  rule('stocks and funds by the day and longer', {
    assetClass: ['equity'],
    span: 'daily',
    providers: ['yahoo'],
    fill: ['alpha-vantage'],
  }),
  rule('currencies, indices and futures', {
    assetClass: ['fx', 'index', 'future'],
    providers: ['yahoo'],
    fill: ['alpha-vantage'],
  }),
];
