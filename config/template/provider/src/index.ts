import type { Provider, ProvidersHook } from 'almanac/provider';
import { readBars } from './bars.js';
import { describe } from './capabilities.js';
import { recognise } from './instrument.js';
import { judge } from './judge.js';
import { type Options, options } from './options.js';
import { probe } from './probe.js';
import { findFirstBar, listInstruments } from './symbols.js';

export const yourNameProvider: Provider<Options> = {
  api: 1,
  id: 'your-name',
  title: 'Your Name',
  site: 'https://docs.your-name.example',
  options,
  credentials: [
    { option: 'apiKey', env: ['YOUR_NAME_API_KEY'], required: false, url: 'https://your-name.example/account/keys' },
  ],
  capabilities: describe,
  instrument: recognise,
  judge,
  bars: readBars,
  instruments: listInstruments,
  firstBar: findFirstBar,
  probe,
  samples: {
    known: { symbol: 'BTCUSD', timeframe: '1h', start: '2024-01-01T00:00:00Z', end: '2024-02-01T00:00:00Z' },
    unknown: 'NOSUCHUSDT',
  },
};

/** What package.json names in `oclif.hooks.providers`; it may offer several. */
export const providers: ProvidersHook = async () => [yourNameProvider];
