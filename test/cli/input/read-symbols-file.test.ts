import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSymbolsFile, readSymbolsFile } from '../../../src/cli/input/read-symbols-file.js';
import { temporaryFolder } from '../../support/temp-folder.js';

const folder = temporaryFolder();
const read = (text: string) => parseSymbolsFile(text, 'f.csv');
const namesOf = async (text: string) => (await read(text)).map(({ symbol }) => symbol);

describe('a symbols file', () => {
  it('is understood with all its columns', async () => {
    const text = `market,symbol,earliest_date,available_intervals,base_symbol
spot,BTCUSDT,2017-08-17,"12h,15m,1d,1s",BTC
um,ETHUSDT,2019-11-27,1h 1d,ETH
cm,BTCUSD_PERP,2020-08-10T07:00:00Z,1h;4h|1d,BTC
`;
    expect(await read(text)).toEqual([
      { symbol: 'BTCUSDT', line: 2, earliest: Date.UTC(2017, 7, 17), timeframes: ['12h', '15m', '1d', '1s'] },
      { symbol: 'ETHUSDT@um', line: 3, earliest: Date.UTC(2019, 10, 27), timeframes: ['1h', '1d'] },
      { symbol: 'BTCUSD_PERP@cm', line: 4, earliest: Date.UTC(2020, 7, 10, 7), timeframes: ['1h', '4h', '1d'] },
    ]);
  });

  it('may have its columns in any order, some missing, and others between', async () => {
    const text = '\ufeffnote, Symbol ,EARLIEST_DATE\r\nmine,BTCUSDT,\r\n\r\n,ETHUSDT,2024-01-02\r\n';
    expect(await read(text)).toEqual([
      { symbol: 'BTCUSDT', line: 2 },
      { symbol: 'ETHUSDT', line: 4, earliest: Date.UTC(2024, 0, 2) },
    ]);
  });

  it('may have semicolons or tabs, as spreadsheets write them', async () => {
    expect(await read('symbol;available_intervals\nBTCUSDT;"1h;1d"\n')).toEqual([
      { symbol: 'BTCUSDT', line: 2, timeframes: ['1h', '1d'] },
    ]);
    expect(await namesOf('market\tsymbol\nspot\tBTCUSDT')).toEqual(['BTCUSDT']);
  });

  it('may be a plain list', async () => {
    expect(await namesOf('BTCUSDT\n\nAAPL\r\n EURUSD=X \nBTC-USD')).toEqual(['BTCUSDT', 'AAPL', 'EURUSD=X', 'BTC-USD']);
    expect(await namesOf('symbol\nBTCUSDT\n')).toEqual(['BTCUSDT']);
  });

  it('keeps a suffix that is there, and takes every spelling of a market', async () => {
    const text = 'market,symbol\num,BTCUSDT@um\nfutures/cm,ETHUSD_PERP\nSPOT,SOLUSDT\nUSDT-M,SOLUSDT\n,AAPL\n';
    expect(await namesOf(text)).toEqual(['BTCUSDT@um', 'ETHUSD_PERP@cm', 'SOLUSDT', 'SOLUSDT@um', 'AAPL']);
  });

  it.each([
    ['symbol,available_intervals\nBTCUSDT,1h\n\nETHUSDT,1h 7q', 'line 4 of f.csv: "7q" is not an interval'],
    ['symbol,earliest_date\nBTCUSDT,2024-02-30', 'line 2 of f.csv: earliest_date "2024-02-30" is not a date'],
    ['market,symbol\nspot,', 'line 2 of f.csv: it has no symbol'],
    ['market,symbol\nspot,BTCUSDT,3', 'line 2 of f.csv: it has 3 cells, and 2 were wanted'],
    ['market,symbol\nspot 2,BTCUSDT', 'line 2 of f.csv: "spot 2" is not a market'],
    ['market,symbol\ncm,BTCUSDT@um', 'line 2 of f.csv: BTCUSDT@um is not of market cm'],
    ['market,pair\nspot,BTCUSDT', 'line 1 of f.csv: a header with a column symbol was wanted'],
    ['symbols\nBTCUSDT', 'line 1 of f.csv: a header with a column symbol was wanted'],
    ['symbol,symbol\nA,B', 'line 1 of f.csv: the header names symbol twice'],
    ['BTCUSDT\nETHUSDT,SOLUSDT', 'line 2 of f.csv: it has 2 cells, and 1 was wanted'],
    ['symbol\nBTCUSDT\n"ETHUSDT\nSOLUSDT', 'line 3 of f.csv: a quote is not closed'],
    [`symbol\n${'X'.repeat(70)}`, 'line 2 of f.csv: "XXXX'],
    ['symbol,base_symbol\n', 'f.csv names no symbol'],
    ['', 'f.csv names no symbol'],
  ])('is refused in one sentence: %j', async (text, message) => {
    const error = await read(text).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) });
    expect((error as Error).message).not.toContain('\n');
  });

  it('is refused where it is no text or not there', async () => {
    const file = path.join(folder, 'x.csv');
    writeFileSync(file, Buffer.from([0x73, 0xff, 0xfe, 0x80]));
    await expect(readSymbolsFile(file)).rejects.toMatchObject({ code: 'USAGE' });
    await expect(readSymbolsFile(path.join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
