import { expect, test } from '@jest/globals';
import { isLoopback } from '../../src/market/loopback.js';

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'api.localhost',
  '127.0.0.1',
  '127.255.13.200',
  '127.0.0.1.',
  '0.0.0.0',
  '::',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
  '[::FFFF:127.0.0.1]',
  '[::ffff:7f00:1]',
  '::ffff:7fab:ffff',
])('%s is this machine', (host) => expect(isLoopback(host)).toBe(true));

test.each([
  'example.org',
  'localhost.example.org',
  'notlocalhost',
  '127.0.0.1.example.org',
  'a127.0.0.1',
  '127.0.0',
  '127.0.0.1000',
  '128.0.0.1',
  '1.127.0.0',
  '10.0.0.1',
  '::2',
  '[fe80::1]',
  '::ffff:8000:1',
  '::ffff:7f00:12345',
  '2001:db8:7f00:1',
  '7f00:1:2',
  '',
])('%s is another', (host) => expect(isLoopback(host)).toBe(false));
