import { RateWindow } from '../rate-window.js';
import { serveHttp } from '../serve-http.js';
import type { WireServer } from '../server.js';
import { answerChart } from './answer-chart.js';
import { ALL_QUIRKS, RATE_LIMIT, type YahooParts } from './options.js';
import { refuseForNow } from './refusals.js';

export function startYahoo(parts: YahooParts): Promise<WireServer> {
  const window = new RateWindow(parts.rateLimit ?? RATE_LIMIT);
  const quirks = { ...ALL_QUIRKS, ...parts.quirks };
  return serveHttp('yahoo', parts, (ask) =>
    window.take() ? answerChart(ask, parts.market, parts.now(), quirks) : refuseForNow(),
  );
}
