import type { Provider, ProvidersHook } from 'almanac/provider';
import { readBars } from './bars.js';
import { describe } from './capabilities.js';
import { findFirstBar, probe } from './first-bar.js';
import { recognise } from './instrument.js';
import { judge } from './judge.js';
import { options, type YahooOptions } from './options.js';

export const yahoo: Provider<YahooOptions> = {
  api: 1,
  id: 'yahoo',
  title: 'Yahoo Finance',
  site: 'https://finance.yahoo.com',
  options,
  capabilities: describe,
  instrument: recognise,
  judge,
  bars: readBars,
  firstBar: findFirstBar,
  probe,
  samples: {
    known: { symbol: 'AAPL', timeframe: '1d', start: '2024-01-02', end: '2024-02-01' },
    unknown: 'ZZQXJ',
  },
};

export const providers: ProvidersHook = async () => [yahoo];
