/**
 * A provider that resells another's hourly bars: at a factor, late by some bars, or without those of a range; as its
 * settings say. Plain JavaScript, for a plugin folder.
 */
export function skewedProvider(id: string): string {
  return `
const any = (value) => ({ '~standard': { version: 1, vendor: 'own', validate: (given) => ({ value: given ?? value }) } });
const HOUR = 3600000;
const provider = {
  api: 1, id: '${id}', title: '${id}', options: any({}),
  capabilities: ({ url }) => ({
    markets: [{ assetClass: 'crypto', volume: 'real', timeframes: [{ timeframe: '1h', barsPerRequest: 1000 }] }],
    limits: { pools: { main: { concurrency: 1, windows: [{ name: 'second', max: 100, perMs: 1000 }] } } },
    hosts: [url],
  }),
  instrument: ({ symbol, assetClass, market }) =>
    assetClass === 'crypto' && market === undefined ? { symbol, native: symbol, assetClass } : undefined,
  async *bars({ instrument, start, end }, { http, options }) {
    const { url, factor = 1, late = 0, without } = options;
    const shift = late * HOUR;
    const query = 'interval=1h&limit=1000&startTime=' + (start - shift) + '&endTime=' + (end - shift - 1);
    const rows = await http.json({ url: new URL(url + '/api/v3/klines?symbol=' + instrument.native + '&' + query) }, any([]));
    const out = rows.map(([time, open, high, low, close, volume]) => ({
      time: time + shift, open: open * factor, high: high * factor, low: low * factor, close: close * factor, volume: Number(volume),
    }));
    yield out.filter(({ time }) => without === undefined || time < Date.parse(without[0]) || time >= Date.parse(without[1]));
  },
  samples: { known: { symbol: 'BTCUSDT', timeframe: '1h', start: '2024-01-01', end: '2024-01-02' }, unknown: 'NOSUCH' },
};
export const providers = async () => [provider];
`;
}
