import { serveHttp } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerQuery } from './answer-query.js';
import { KeyUsage } from './key-usage.js';
import { type AlphaVantageParts, planByName } from './options.js';

export function startAlphaVantage(parts: AlphaVantageParts): Promise<WireServer> {
  const usage = new KeyUsage(parts.limits, parts.realNow);
  const planOf = parts.planOf ?? planByName;
  return serveHttp('alpha-vantage', parts, (ask) =>
    answerQuery(ask, { market: parts.market, now: parts.now(), usage, planOf }),
  );
}
