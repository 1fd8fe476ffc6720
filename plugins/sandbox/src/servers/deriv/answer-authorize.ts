import { DerivError } from './deriv-error.js';

export function answerAuthorize(token: string, tokens: readonly string[]) {
  if (!tokens.includes(token)) throw new DerivError('InvalidToken', 'The token is invalid.');
  return {
    account_list: [
      { currency: 'USD', is_disabled: 0, is_virtual: 1, landing_company_name: 'virtual', loginid: 'VRTC1000001' },
    ],
    balance: 10_000,
    country: 'au',
    currency: 'USD',
    email: 'nobody@example.com',
    fullname: '',
    is_virtual: 1,
    landing_company_fullname: 'Sandbox',
    landing_company_name: 'virtual',
    local_currencies: { AUD: { fractional_digits: 2 } },
    loginid: 'VRTC1000001',
    scopes: ['read'],
    upgradeable_landing_companies: [],
    user_id: 1_000_001,
  };
}
