import type { Settings } from './settings.js';

/** What holds where nobody says otherwise. Base URLs are roots: each provider adds its own paths. */
export const DEFAULTS: Settings = {
  providers: {
    binance: {
      restUrl: 'https://api.binance.com',
      futuresUrl: 'https://fapi.binance.com',
      coinFuturesUrl: 'https://dapi.binance.com',
      archiveUrl: 'https://data.binance.vision',
      archiveListUrl: 'https://s3-ap-northeast-1.amazonaws.com/data.binance.vision',
    },
    deriv: { url: 'wss://ws.derivws.com/websockets/v3', appId: '1089' },
    yahoo: { url: 'https://query2.finance.yahoo.com' },
    'alpha-vantage': { url: 'https://www.alphavantage.co', plan: 'free', extendedHours: false },
    coingecko: { url: 'https://api.coingecko.com', plan: 'none', coins: {} },
  },
  watch: [],
  limits: {},
  routes: [],
  calendars: [],
};
