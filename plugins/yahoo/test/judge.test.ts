import { describe, expect, it } from '@jest/globals';
import { judge } from '../src/judge.js';
import { envelope, makeChart, makeError } from './make-chart.js';

const refusal = (code: string, description: string) =>
  JSON.stringify({ chart: { result: null, error: { code, description } } });
const codeOf = (status: number, text: string, headers: Record<string, string> = {}): unknown => {
  try {
    return judge({ status, headers, text }, makeError);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('what a reply of Yahoo means', () => {
  it.each([
    [404, refusal('Not Found', 'No data found, symbol may be delisted'), 'SYMBOL_UNKNOWN'],
    [422, refusal('Unprocessable Entity', '5m data not available for startTime=1 and endTime=2.'), 'OUT_OF_REACH'],
    [422, refusal('Unprocessable Entity', 'Only 8 days worth of 1m granularity data are allowed.'), 'OUT_OF_REACH'],
    [400, refusal('Bad Request', "Data doesn't exist for startDate = 1, endDate = 2"), 'OUT_OF_REACH'],
    [400, refusal('Bad Request', 'Invalid input - interval=7d is not supported.'), 'MALFORMED'],
    [429, 'Edge: Too Many Requests', 'THROTTLED'],
    [429, 'Too Many Requests\r\n', 'THROTTLED'],
    [999, '<html>', 'THROTTLED'],
    [429, refusal('Too Many Requests', 'Too Many Requests'), 'THROTTLED'],
    [500, refusal('Internal Server Error', 'try later'), 'UNAVAILABLE'],
    [200, '<!doctype html><title>consent</title>', 'UNAVAILABLE'],
    [200, '{"chart":{"result":null,"error":null}}', 'UNAVAILABLE'],
    [200, '{"chart":{"error":null,"result":[]}}', 'UNAVAILABLE'],
    [200, '{"chart":{"result":[{"meta":{"curr', 'UNAVAILABLE'],
    [200, '', 'UNAVAILABLE'],
  ])('%i %s is %s', (status, text, code) => {
    expect(codeOf(status, text)).toBe(code);
  });

  it('leaves to the host what states its own wait, and what only has a status', () => {
    expect(codeOf(429, 'Edge: Too Many Requests', { 'retry-after': '7' })).toBeUndefined();
    expect(codeOf(401, refusal('Unauthorized', 'Invalid Crumb'))).toBeUndefined();
    for (const status of [401, 403, 404, 502]) expect(codeOf(status, '<html>')).toBeUndefined();
  });

  it('finds nothing wrong with a chart, empty or not', () => {
    expect(codeOf(200, envelope(makeChart([])))).toBeUndefined();
    expect(codeOf(200, envelope(makeChart([{ at: '2024-01-02T14:30Z' }])))).toBeUndefined();
  });
});
