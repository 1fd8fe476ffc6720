import { expect, it } from '@jest/globals';
import { parseFault } from '../../src/cli/parse-fault.js';

it.each([
  [
    'binance:429:3',
    { server: 'binance', times: 3, fault: { kind: 'status', status: 429, headers: { 'retry-after': '2' } } },
  ],
  ['yahoo:404', { server: 'yahoo', times: 1, fault: { kind: 'status', status: 404 } }],
  ['binance-archive:cut', { server: 'binance-archive', times: 1, fault: { kind: 'cut', fraction: 0.5 } }],
  ['deriv:stall:10', { server: 'deriv', times: 10, fault: { kind: 'stall' } }],
])('reads %s', (text, order) => {
  expect(parseFault(text)).toEqual(order);
});

it.each([
  ['nasdaq:429', /no server "nasdaq"; there are binance/],
  ['binance', /write a status, such as 429, or one of cut/],
  ['binance:999', /write a status/],
  ['binance:toString', /write a status/],
  ['binance:429:0', /how often is a whole number/],
  ['binance:429:1:2', /how often/],
])('refuses %s', (text, message) => {
  expect(() => parseFault(text)).toThrow(message);
});
