import type { Host } from '../../sources/host/create-host.js';
import type { SeriesInfo } from '../../store/face.js';
import type { WhoseRows } from './whose-rows.js';

interface There {
  readonly info: Pick<SeriesInfo, 'symbol' | 'timeframe'>;
  readonly whose: Pick<WhoseRows, 'simulated'>;
}

/** Why simulated bars and real ones are kept apart here; undefined where both are of one world. */
export function describeOtherWorld({ info, whose }: There, { origin, provider }: Host): string | undefined {
  const simulated = origin !== undefined;
  if (whose.simulated === undefined || whose.simulated === simulated) return undefined;
  const [there, here] = simulated ? ['real', 'simulated'] : ['simulated', 'real'];
  return `${info.symbol} ${info.timeframe} has ${there} bars, and ${provider.id} has ${here} ones here: they are never joined`;
}
