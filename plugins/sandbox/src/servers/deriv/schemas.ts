import type { Generation } from './options.js';

/** What a property of a request must be. */
export type Rule =
  | { readonly kind: 'text'; readonly pattern: RegExp; readonly numberToo?: boolean }
  | { readonly kind: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'oneOf'; readonly values: readonly (string | number)[] }
  | { readonly kind: 'object' }
  | { readonly kind: 'list' };

export interface CallSchema {
  readonly required: readonly string[];
  readonly rules: Readonly<Record<string, Rule>>;
}

const GRANULARITIES = [60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400] as const;

const one: Rule = { kind: 'oneOf', values: [1] };
const flag: Rule = { kind: 'oneOf', values: [0, 1] };
const always = { passthrough: { kind: 'object' }, req_id: { kind: 'integer' } } as const;
const STREAMS = ['balance', 'candles', 'proposal', 'proposal_open_contract', 'ticks', 'transaction', 'website_status'];

/** The calls a generation knows, by the property that names them. Anything not listed is not allowed. */
export function schemasOf(generation: Generation): Readonly<Record<string, CallSchema>> {
  const legacy = generation === 'legacy';
  return {
    ticks_history: call('ticks_history', ['end'], {
      ticks_history: { kind: 'text', pattern: /^\w{2,30}$/ },
      adjust_start_time: legacy ? one : flag,
      count: { kind: 'integer' },
      // Documented as a string; clients that send a number are served all the same.
      end: { kind: 'text', pattern: /^(latest|[0-9]{1,10})$/, numberToo: true },
      granularity: { kind: 'oneOf', values: GRANULARITIES },
      start: { kind: 'integer', min: 0, max: 9_999_999_999 },
      style: { kind: 'oneOf', values: ['candles', 'ticks'] },
      subscribe: legacy ? one : flag,
    }),
    active_symbols: call('active_symbols', [], {
      active_symbols: { kind: 'oneOf', values: ['brief', 'full'] },
      contract_type: { kind: 'list' },
      ...(legacy && {
        product_type: { kind: 'oneOf', values: ['basic'] },
        landing_company: { kind: 'text', pattern: /^\w+$/ },
        landing_company_short: { kind: 'text', pattern: /^\w+$/ },
        loginid: { kind: 'text', pattern: /^[A-Za-z]+[0-9]+$/ },
      }),
    }),
    time: call('time', [], { time: one }),
    ping: call('ping', [], { ping: one }),
    trading_times: call('trading_times', [], {
      trading_times: { kind: 'text', pattern: /^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|today)$/ },
    }),
    forget: call('forget', [], { forget: { kind: 'text', pattern: /^[\w-]{32,128}$/ } }),
    forget_all: call('forget_all', [], { forget_all: { kind: 'oneOf', values: STREAMS } }),
    ...(legacy && {
      authorize: call('authorize', [], {
        authorize: { kind: 'text', pattern: /^[\w-]{1,128}$/ },
        add_to_login_history: flag,
        tokens: { kind: 'list' },
      }),
      website_status: call('website_status', [], { website_status: one, subscribe: flag }),
    }),
  };
}

function call(name: string, required: readonly string[], rules: Readonly<Record<string, Rule>>): CallSchema {
  return { required: [name, ...required], rules: { ...rules, ...always } };
}
