import type { Context, Probe, Provider, ProvidersHook } from 'almanac/provider';
import { z } from 'zod';
import { readBars } from './bars.js';
import { describe } from './capabilities.js';
import { openSocket } from './channel.js';
import { findFirst } from './first-bar.js';
import { recognise } from './instrument.js';
import { listInstruments } from './list-instruments.js';
import { type Options, options } from './options.js';

const serverTime = z.object({ time: z.number() });

export const deriv: Provider<Options> = {
  api: 1,
  id: 'deriv',
  title: 'Deriv',
  site: 'https://developers.deriv.com/docs',
  options,
  credentials: [
    { option: 'appId', env: ['DERIV_APP_ID'], required: false, url: 'https://developers.deriv.com/' },
    { option: 'token', env: ['DERIV_TOKEN'], required: false, url: 'https://app.deriv.com/account/api-token' },
  ],
  capabilities: describe,
  instrument: recognise,
  bars: readBars,
  instruments: listInstruments,
  firstBar: findFirst,
  probe: askTime,
  samples: {
    known: { symbol: 'R_100', timeframe: '1m', start: '2025-05-08T00:00:00Z', end: '2025-05-09T00:00:00Z' },
    unknown: 'R_9999',
  },
};

export const providers: ProvidersHook = async () => [deriv];

async function askTime(context: Context<Options>): Promise<Probe> {
  const { time } = await openSocket(context).ask({ time: 1 }, serverTime);
  return { detail: `${new URL(context.options.url).host} answers`, serverTime: time * 1000 };
}
