import type { Timeframe } from '../../market/timeframe.js';
import type { Provider } from '../../provider/index.js';
import { compileBars } from './bars.js';
import { describeCapabilities } from './capabilities.js';
import { compileFirstBar } from './first-bar.js';
import { compileJudge } from './judge-reply.js';
import { compileOptions, type Options } from './options.js';
import { compileProbe } from './probe.js';
import type { Declaration } from './schema.js';
import { recognise } from './symbols.js';

/** A declaration as a provider like any other: host, limits, admission and routes see no difference. */
export function compileProvider(file: Declaration): Provider<Options> {
  const { id, name, site, secrets = {}, routes, samples } = file;
  const bars = compileBars(file);
  const firstBar = compileFirstBar(file, bars);
  return {
    api: 1,
    id,
    title: name,
    ...(site === undefined ? {} : { site }),
    options: compileOptions(file),
    credentials: Object.entries(secrets).map(([option, { env, required, url }]) => ({
      option,
      env,
      required,
      ...(url === undefined ? {} : { url }),
    })),
    capabilities: (options) => describeCapabilities(file, options.url),
    instrument: (symbol) => recognise(symbol, file),
    judge: compileJudge(file),
    bars,
    ...(firstBar === undefined ? {} : { firstBar }),
    probe: compileProbe(file, bars),
    ...(routes === undefined ? {} : { routes: routes as readonly { match: string; timeframes?: Timeframe[] }[] }),
    samples: { known: { ...samples.known, timeframe: samples.known.timeframe as Timeframe }, unknown: samples.unknown },
  };
}
