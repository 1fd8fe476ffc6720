import type { Provider, ProvidersHook } from 'almanac/provider';
import { readBars } from './bars.js';
import { describe } from './capabilities.js';
import { recognise } from './instrument.js';
import { judge } from './judge.js';
import { type AlphaVantageOptions, options } from './options.js';
import { probe } from './probe.js';

export const alphaVantage: Provider<AlphaVantageOptions> = {
  api: 1,
  id: 'alpha-vantage',
  title: 'Alpha Vantage',
  site: 'https://www.alphavantage.co/documentation/',
  options,
  credentials: [
    {
      option: 'apiKey',
      env: ['ALPHA_VANTAGE_KEY', 'ALPHA_VANTAGE_API_KEY'],
      required: true,
      url: 'https://www.alphavantage.co/support/#api-key',
    },
  ],
  capabilities: describe,
  instrument: recognise,
  judge,
  bars: readBars,
  probe,
  samples: {
    // Weeks are free, whole and one request; three sessions of the 100 that days have would soon be out of reach.
    known: { symbol: 'IBM', timeframe: '1w', start: '2024-01-01', end: '2024-03-01' },
    unknown: 'ZZQXJ',
  },
};

export const providers: ProvidersHook = async () => [alphaVantage];
