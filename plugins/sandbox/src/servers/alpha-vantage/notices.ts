import type { WireReply } from '../serve-http.js';

const PREMIUM_URL = 'https://www.alphavantage.co/premium/';
const PLANS = `any of the premium plans at ${PREMIUM_URL}`;
const KEY_URL = 'https://www.alphavantage.co/support/#api-key';

/** Every refusal comes with status 200, and as JSON whatever was asked for. */
function say(key: 'Information' | 'Error Message', text: string, note: string): WireReply {
  const body = JSON.stringify({ [key]: text }, null, 4);
  return { status: 200, headers: { 'content-type': 'application/json' }, body, note };
}

export const noKey = (): WireReply =>
  say(
    'Error Message',
    `the parameter apikey is invalid or missing. Please claim your free API key on (${KEY_URL}). It should take less than 20 seconds.`,
    'bad key',
  );

export const demoKey = (): WireReply =>
  say(
    'Information',
    `The **demo** API key is for demo purposes only. Please claim your free API key at (${KEY_URL}) to explore our full API offerings. It takes fewer than 20 seconds.`,
    'demo key',
  );

export const burst = (): WireReply =>
  say(
    'Information',
    `Thank you for using Alpha Vantage! Please consider spreading out your free API requests more sparingly (1 request per second). You may subscribe to ${PLANS} to lift the free key rate limit (25 requests per day), raise the per-second burst limit, and instantly unlock all premium endpoints`,
    'burst',
  );

/** The key is repeated in full: whoever shows this text shows the key. */
export const quota = (key: string): WireReply =>
  say(
    'Information',
    `We have detected your API key as ${key} and our standard API rate limit is 25 requests per day. Please subscribe to ${PLANS} to instantly remove all daily rate limits.`,
    'quota',
  );

export const premiumEndpoint = (): WireReply =>
  say(
    'Information',
    `Thank you for using Alpha Vantage! This is a premium endpoint. You may subscribe to ${PLANS} to instantly unlock all premium endpoints`,
    'premium',
  );

export const premiumFull = (): WireReply =>
  say(
    'Information',
    `Thank you for using Alpha Vantage! The outputsize=full parameter value is a premium feature for the TIME_SERIES_DAILY endpoint. You may subscribe to ${PLANS} to instantly unlock all premium features`,
    'premium full',
  );

export const invalidCall = (name: string): WireReply =>
  say(
    'Error Message',
    `Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for ${name}.`,
    'invalid call',
  );

export const noFunction = (name: string): WireReply =>
  say('Error Message', `This API function (${name}) does not exist.`, 'no function');

export const nothing = (): WireReply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{}',
  note: 'nothing',
});
