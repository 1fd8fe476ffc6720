import path from 'node:path';
import { alpacaMinutesFiles, alpacaSummedFiles } from '../../support/legacy/alpaca.js';
import { BINANCE_FORMS, binanceServiceFiles } from '../../support/legacy/binance-services.js';
import { derivMonthFiles } from '../../support/legacy/deriv-months.js';
import { freqtradeFeatherFiles } from '../../support/legacy/freqtrade-feather.js';
import { freqtradeJsonFiles } from '../../support/legacy/freqtrade-json.js';
import { type OldFile, writeOldFiles } from '../../support/legacy/old-file.js';
import { ownFiles } from '../../support/legacy/own.js';
import { pricedBars, timesFrom } from '../../support/legacy/priced-bars.js';
import { providerYearFiles } from '../../support/legacy/provider-year.js';
import { unifiedFiles } from '../../support/legacy/unified.js';
import { visionFiles } from '../../support/legacy/vision.js';

const HOUR = 3_600_000;
const hours = pricedBars(timesFrom('2024-01-01T00:00:00Z', 24 * 40, HOUR));
const minutes = pricedBars(timesFrom('2024-01-05T14:30:00Z', 390, 60_000));
/** Seven hourly bars a day, from 09:30 in New York. */
const session = pricedBars(['02', '03', '04', '05'].flatMap((day) => timesFrom(`2024-01-${day}T14:30:00Z`, 7, HOUR)));
const BTC = { symbol: 'BTCUSDT', timeframe: '1h', provider: 'binance' } as const;
const newYork = { timeframe: '1h', zone: 'America/New_York' } as const;

/** What a person's home holds after years of other tools, in the places of docs/MIGRATING.md. */
const OLD: Readonly<Record<string, readonly OldFile[]>> = {
  'old-cache': [
    ...unifiedFiles(hours, { ...BTC, under: 'ohlcv' }),
    ...unifiedFiles(hours, { ...BTC, under: 'ohlcv', symbol: 'SOLUSDT', provider: 'mock' }),
    ...unifiedFiles(session, { ...newYork, under: 'ohlcv', symbol: 'AAPL', provider: 'yfinance' }),
    ...unifiedFiles(session, { timeframe: '1h', under: 'ohlcv', symbol: 'KO' }),
    ...providerYearFiles(session, { ...newYork, provider: 'alpha_vantage', symbol: 'IBM' }),
  ],
  'data-cache': [
    ...unifiedFiles(hours, { ...BTC, under: 'ohlcv' }),
    ...unifiedFiles(hours, { ...BTC, symbol: 'ETHUSDT', under: 'ohlcv', nested: true }),
  ],
  alpaca: [...alpacaMinutesFiles(minutes, 'MSFT'), ...alpacaSummedFiles(session, 'MSFT', '1h')],
  services: [
    ...BINANCE_FORMS.flatMap((form) => binanceServiceFiles(hours, { form, ticker: 'BTCUSDT', interval: '1h' })),
    ...binanceServiceFiles(hours, { form: 'B8', ticker: 'BTCUSDT', interval: '1h', market: 'um' }),
  ],
  deriv: derivMonthFiles(hours, { symbol: 'R_100', seconds: 3600, filler: true, checksum: true }),
  vision: visionFiles(hours, { ticker: 'BTCUSDT', timeframe: '1h', checksum: true }),
  'freqtrade/user_data/data': [
    ...freqtradeJsonFiles(hours, { pair: 'BTC_USDT', timeframe: '1h' }),
    ...freqtradeFeatherFiles(hours, { pair: 'ETH_USDT', timeframe: '1h' }),
  ],
  'old-market': ownFiles(hours, 'BTCUSDT', 'BTCUSDT', '1h', 0),
};

export function writeOldCaches(home: string): void {
  for (const [folder, files] of Object.entries(OLD)) writeOldFiles(path.join(home, folder), files);
}
