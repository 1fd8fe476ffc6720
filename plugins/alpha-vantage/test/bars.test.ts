import { describe, expect, it } from '@jest/globals';
import type { BarRequest, Instrument, Row, Timeframe } from '../../../src/provider/index.js';
import { alphaVantage } from '../src/index.js';
import { KEY, scriptHost } from './scripted-host.js';

const IBM: Instrument = { symbol: 'IBM', native: 'IBM', assetClass: 'equity' };
const EUR: Instrument = { symbol: 'EURUSD=X', native: 'EUR/USD', assetClass: 'fx' };
const BTC: Instrument = { symbol: 'BTC-USD', native: 'BTC/USD', assetClass: 'crypto' };
const PREMIUM = { options: { plan: 'premium' } };

const ask = (start: string, end: string, timeframe: Timeframe, instrument = IBM): BarRequest => ({
  instrument,
  timeframe,
  start: Date.parse(start),
  end: Date.parse(end),
});

async function collect(
  request: BarRequest,
  answer: (url: URL, nth: number) => string,
  given: Parameters<typeof scriptHost>[1] = {},
) {
  const { context, asked, close } = await scriptHost(answer, given);
  const rows: Row[] = [];
  let error: (Error & { code?: string }) | undefined;
  try {
    for await (const batch of alphaVantage.bars(request, context)) rows.push(...(batch as readonly Row[]));
  } catch (cause) {
    error = cause as Error;
  }
  await close();
  return { rows, asked, error };
}

const csv = (...stamps: string[]) =>
  `timestamp,open,high,low,close,volume\r\n${stamps.map((stamp) => `${stamp},10.0,12.5,9.5,11.0,300\r\n`).join('')}`;
const times = (rows: readonly Row[]) => rows.map(({ time }) => new Date(time).toISOString().slice(0, 16));
const parameters = (url: URL | undefined) => {
  const { apikey: _key, ...rest } = Object.fromEntries(url?.searchParams ?? []);
  return rest;
};
const invalid = JSON.stringify({ 'Error Message': 'Invalid API call. Please retry or visit the documentation.' });

describe('days, weeks and months', () => {
  it('are labelled by their date, ascending, with numbers as they came', async () => {
    const { rows, asked } = await collect(ask('2024-05-28', '2024-06-01', '1d'), () =>
      csv('2024-05-31', '2024-05-30', '2024-05-24'),
    );
    expect(rows).toEqual([
      { time: Date.parse('2024-05-30'), open: '10.0', high: '12.5', low: '9.5', close: '11.0', volume: '300' },
      { time: Date.parse('2024-05-31'), open: '10.0', high: '12.5', low: '9.5', close: '11.0', volume: '300' },
    ]);
    expect(parameters(asked[0]?.url)).toEqual({
      function: 'TIME_SERIES_DAILY',
      symbol: 'IBM',
      outputsize: 'compact',
      datatype: 'csv',
    });
  });

  it('do not include the day, week or month that runs', async () => {
    const range = ['2024-05-01', '2024-07-01'] as const;
    const now = Date.parse('2024-06-05T23:00Z');
    const read = (timeframe: Timeframe, reply: string) => collect(ask(...range, timeframe), () => reply, { now });
    expect(times((await read('1d', csv('2024-06-05', '2024-06-04'))).rows)).toEqual(['2024-06-04T00:00']);
    expect(times((await read('1w', csv('2024-06-05', '2024-05-31'))).rows)).toEqual(['2024-05-27T00:00']);
    expect(times((await read('1mo', csv('2024-06-05', '2024-05-31'))).rows)).toEqual(['2024-05-01T00:00']);
  });

  it('open on Monday and on the 1st, whatever session they ended with', async () => {
    const weeks = await collect(ask('2023-01-01', '2024-01-01', '1w'), () =>
      csv('2023-12-29', '2023-11-24', '2023-04-06'),
    );
    expect(times(weeks.rows)).toEqual(['2023-04-03T00:00', '2023-11-20T00:00', '2023-12-25T00:00']);
    const months = await collect(ask('2023-01-01', '2024-01-01', '1mo'), () => csv('2023-12-29', '2023-09-29'));
    expect(times(months.rows)).toEqual(['2023-09-01T00:00', '2023-12-01T00:00']);
  });

  it('have no volume for currencies, whose halves are asked for', async () => {
    const reply = 'timestamp,open,high,low,close\r\n2024-05-31,1.08,1.09,1.07,1.08\r\n';
    const { rows, asked } = await collect(ask('2024-05-01', '2024-06-01', '1d', EUR), () => reply);
    expect(rows).toMatchObject([{ open: '1.08', volume: null }]);
    expect(parameters(asked[0]?.url)).toMatchObject({ function: 'FX_DAILY', from_symbol: 'EUR', to_symbol: 'USD' });
  });

  it('of coins are read by either spelling, in the money of the market', async () => {
    const now = { '1. open': '1.5', '2. high': '2.5', '3. low': '0.5', '4. close': '2.0', '5. volume': '7.25' };
    const once = {
      '1a. open (USD)': '1',
      '1b. open (USD)': '9',
      '2a. high (USD)': '3',
      '3a. low (USD)': '1',
      '4a. close (USD)': '2',
      '5. volume': '8',
      '6. market cap (USD)': '8',
    };
    const reply = JSON.stringify({
      'Meta Data': { '2. Digital Currency Code': 'BTC', '7. Time Zone': 'UTC' },
      'Time Series (Digital Currency Daily)': { '2024-05-31': now, '2024-05-30': once },
    });
    const { rows, asked } = await collect(ask('2024-05-01', '2024-06-01', '1d', BTC), () => reply);
    expect(rows).toEqual([
      { time: Date.parse('2024-05-30'), open: '1', high: '3', low: '1', close: '2', volume: '8' },
      { time: Date.parse('2024-05-31'), open: '1.5', high: '2.5', low: '0.5', close: '2.0', volume: '7.25' },
    ]);
    expect(parameters(asked[0]?.url)).toEqual({
      function: 'DIGITAL_CURRENCY_DAILY',
      symbol: 'BTC',
      market: 'USD',
      datatype: 'json',
    });
    const eth = await collect(ask('2024-05-01', '2024-06-01', '1d', { ...BTC, native: 'ETH/USD' }), () => reply);
    expect(eth.error).toMatchObject({ code: 'MALFORMED' });
  });

  it('are asked whole only where 100 of them do not suffice, and on a plan that gives them', async () => {
    const sizes = async (start: string, given: object, instrument = IBM) =>
      (await collect(ask(start, '2024-06-01', '1d', instrument), () => '{}', given)).asked[0]?.url.searchParams.get(
        'outputsize',
      );
    expect(await sizes('2024-05-01', PREMIUM)).toBe('compact');
    expect(await sizes('2020-01-01', PREMIUM)).toBe('full');
    expect(await sizes('2020-01-01', {})).toBe('compact');
    expect(await sizes('2020-01-01', {}, EUR)).toBe('full');
  });

  it('beyond the 100 of the free plan cost no request to be refused', async () => {
    const { asked, error } = await collect(ask('2020-01-01', '2021-01-01', '1d'), () => csv());
    expect(asked).toEqual([]);
    expect(error).toMatchObject({ code: 'OUT_OF_REACH', suggestions: [expect.stringContaining('plan')] });
  });
});

describe('bars within a day', () => {
  it('are UTC on both sides of a change of clocks', async () => {
    const reply = (url: URL) =>
      url.searchParams.get('month') === '2024-03'
        ? csv('2024-03-11 09:30:00', '2024-03-08 15:59:00', '2024-03-08 09:30:00')
        : csv();
    const { rows, asked } = await collect(ask('2024-03-08', '2024-03-12', '1m'), reply, PREMIUM);
    expect(times(rows)).toEqual(['2024-03-08T14:30', '2024-03-08T20:59', '2024-03-11T13:30']);
    expect(asked.map(({ url }) => parameters(url))).toEqual([
      {
        function: 'TIME_SERIES_INTRADAY',
        symbol: 'IBM',
        interval: '1min',
        month: '2024-03',
        outputsize: 'full',
        adjusted: 'false',
        extended_hours: 'false',
        datatype: 'csv',
      },
    ]);
  });

  it('are asked by the months of New York, whose evening is the next day', async () => {
    const months = async (start: string, end: string) =>
      (await collect(ask(start, end, '1h'), () => '{}', PREMIUM)).asked.map(({ url }) => url.searchParams.get('month'));
    expect(await months('2023-12-15', '2024-02-01')).toEqual(['2023-12', '2024-01']);
    expect(await months('2024-02-01', '2024-03-01')).toEqual(['2024-01', '2024-02']);
    expect(await months('1999-01-01', '2000-02-01T05:00Z')).toEqual(['2000-01']);
  });

  it('reach back to the first month that can be named', async () => {
    const { asked, error } = await collect(ask('1999-01-01', '2000-01-01', '1h'), () => csv(), PREMIUM);
    expect([asked, error?.code]).toEqual([[], 'OUT_OF_REACH']);
  });

  it('before a listing are nothing, as long as the symbol has a last month', async () => {
    const reply = (url: URL) => (url.searchParams.get('month') === '2024-03' ? csv('2024-03-08 09:30:00') : invalid);
    const { rows, error } = await collect(ask('2024-01-15', '2024-03-20', '5m'), reply, PREMIUM);
    expect([times(rows), error]).toEqual([['2024-03-08T14:30'], undefined]);
    const gone = (url: URL) =>
      url.searchParams.get('month') === '2024-02' ? invalid : csv(`${url.searchParams.get('month')}-08 09:30:00`);
    expect((await collect(ask('2024-01-15', '2024-03-20', '5m'), gone, PREMIUM)).error).toMatchObject({
      code: 'SYMBOL_UNKNOWN',
    });
    const never = await collect(ask('2020-01-15', '2024-03-20', '5m'), () => invalid, PREMIUM);
    expect(never.error).toMatchObject({ code: 'SYMBOL_UNKNOWN' });
    expect(never.asked).toHaveLength(2);
  });

  it('are not for the free plan, and that costs no request', async () => {
    const { asked, error } = await collect(ask('2024-05-01', '2024-05-02', '5m'), () => csv());
    expect([asked, error?.code, error?.message]).toEqual([[], 'UNSUPPORTED', expect.stringContaining('premium')]);
  });

  it('of currencies and coins are stamped in UTC', async () => {
    const reply = 'timestamp,open,high,low,close\r\n2024-06-02 23:55:00,1,1,1,1\r\n';
    const { rows, asked } = await collect(ask('2024-06-01', '2024-06-03', '5m', EUR), () => reply, PREMIUM);
    expect(times(rows)).toEqual(['2024-06-02T23:55']);
    expect(parameters(asked[0]?.url)).toMatchObject({ function: 'FX_INTRADAY', interval: '5min', outputsize: 'full' });
  });
});

describe('what cannot be true', () => {
  it.each([
    ['a web page', '<html>maintenance</html>'],
    ['another table', 'symbol,name\r\nIBM,IBM\r\n'],
    ['a row too short', 'timestamp,open,high,low,close,volume\r\n2024-05-31,1,2\r\n'],
    ['a row too long', 'timestamp,open,high,low,close,volume\r\n2024-05-31,1,2,1,2,3,4\r\n'],
    ['no date', csv('31.05.2024')],
    ['no such date', csv('2024-02-30')],
    ['a date twice', csv('2024-05-31', '2024-05-31')],
    ['another order', csv('2024-05-31', '2024-05-29', '2024-05-30')],
    ['JSON for CSV', '{"Time Series (Daily)":{"2024-05-31":{}}}'],
    ['cut JSON', '{"Meta Data": {'],
  ])('%s is malformed', async (_what, reply) => {
    const { error, rows } = await collect(ask('2024-05-01', '2024-06-01', '1d'), () => reply);
    expect([error?.code, rows]).toEqual(['MALFORMED', []]);
  });

  it('a month that was not asked for is malformed', async () => {
    const { error } = await collect(ask('2024-03-08', '2024-03-12', '1m'), () => csv('2024-06-03 09:30:00'), PREMIUM);
    expect(error).toMatchObject({ code: 'MALFORMED' });
  });

  it.each(['{}', '{"Meta Data":{"1. Information":"Intraday"}}', csv()])(
    '%s is nothing within a month',
    async (reply) => {
      const month = ask('2024-05-01', '2024-05-20', '5m');
      expect(await collect(month, () => reply, PREMIUM)).toMatchObject({ rows: [], error: undefined });
    },
  );

  it.each(['{}', '{"Meta Data":{"1. Information":"Daily"}}', csv()])(
    '%s is no series that comes whole',
    async (reply) => {
      const { error } = await collect(ask('2024-05-01', '2024-06-01', '1d'), () => reply);
      expect(error).toMatchObject({ code: 'MALFORMED' });
    },
  );
});

describe('the key', () => {
  it('is in the query and nowhere else, though the refusal repeats it', async () => {
    const lines: string[] = [];
    const reply = JSON.stringify({
      Information: `We have detected your API key as ${KEY} and our standard API rate limit is 25 requests per day.`,
    });
    const { asked, error } = await collect(ask('2024-05-01', '2024-06-01', '1d'), () => reply, {
      debug: (line) => lines.push(line),
    });
    expect(asked[0]?.url.searchParams.get('apikey')).toBe(KEY);
    expect(error).toMatchObject({ code: 'QUOTA' });
    const shown = [...lines, String(error), String(error?.stack), JSON.stringify(asked[0]?.headers)].join('\n');
    expect(lines).not.toEqual([]);
    for (const form of [KEY, encodeURIComponent(KEY), 'CANARY']) expect(shown).not.toContain(form);
  });

  it('is asked for before anything is sent', async () => {
    const { asked, error } = await collect(ask('2024-05-01', '2024-06-01', '1d'), () => csv(), {
      options: { apiKey: undefined },
    });
    expect([asked, error?.code]).toEqual([[], 'AUTH']);
  });

  it('is proved by a request that counts, and says so', async () => {
    const { context, asked, close } = await scriptHost(() => csv('2024-05-31'));
    expect(await alphaVantage.probe?.(context)).toEqual({
      detail: expect.stringMatching(/2024-05-31 .*25 requests a day/),
    });
    expect(asked).toHaveLength(1);
    await close();
  });
});
