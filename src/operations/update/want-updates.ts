import { AlmanacError } from '../../market/almanac-error.js';
import { parseSymbol } from '../../market/symbol.js';
import type { SeriesInfo, Store } from '../../store/face.js';
import type { Want } from '../demand/want.js';
import { seriesKey } from '../populate/ask.js';
import type { Unserved } from '../populate/make-asks.js';
import { describeOrigin, type Origin } from './describe-origin.js';

export interface UpdateWants {
  readonly wants: readonly Want[];
  readonly unserved: readonly Unserved[];
  readonly origins: ReadonlyMap<string, Origin>;
}

export interface UpdateTools {
  readonly store: Store;
  readonly installed: ReadonlySet<string>;
  /** `--provider`: this one, whoever the series came from. */
  readonly provider?: string | undefined;
}

/** Every series from its first bar on, asked of whom it came from; of the routes' choice where that is nobody here. */
export async function wantUpdates(series: readonly SeriesInfo[], tools: UpdateTools): Promise<UpdateWants> {
  const wants: Want[] = [];
  const unserved: Unserved[] = [];
  const origins = new Map<string, Origin>();
  for (const info of series) {
    const { symbol, timeframe, assetClass } = info;
    try {
      const [newer] = info.newer;
      if (newer !== undefined)
        throw new AlmanacError('STORE_NEWER', `${newer} is of a newer format and is left alone`, {
          suggestions: ['npm install --global almanac@latest'],
        });
      const origin = await describeOrigin(tools.store.series(symbol, timeframe), info);
      if (origin.first === undefined)
        throw new AlmanacError('STORE_DAMAGED', `none of its bars can be read`, {
          suggestions: [`almanac cache info ${symbol} ${timeframe}`],
        });
      origins.set(seriesKey(info), origin);
      wants.push({
        symbol: parseSymbol(symbol, assetClass),
        timeframe,
        start: origin.first,
        ...choose(origin, tools),
      });
    } catch (error) {
      if (!(error instanceof AlmanacError)) throw error;
      unserved.push({ symbol, timeframe, error });
    }
  }
  return { wants, unserved, origins };
}

function choose(origin: Origin, { installed, provider }: UpdateTools): Partial<Want> {
  const source = origin.provider;
  if (provider !== undefined) return { provider, ...(source === provider && origin.alone ? { begun: true } : {}) };
  if (source !== undefined && installed.has(source))
    return { provider: source, reason: 'the series is from there', ...(origin.alone ? { begun: true } : {}) };
  return {
    note:
      source === undefined || source === 'unknown'
        ? 'nobody knows whom its bars came from'
        : `its bars came by ${source}, which is no provider here`,
  };
}
