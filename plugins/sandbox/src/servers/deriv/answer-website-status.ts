/** `requestes` is how they spell it. */
export function answerWebsiteStatus() {
  return {
    api_call_limits: {
      max_proposal_subscription: { applies_to: 'subscribing to proposal concurrently', max: 5 },
      max_requestes_general: { applies_to: 'rest of calls', hourly: 14_400, minutely: 180 },
      max_requests_outcome: {
        applies_to: 'portfolio, statement and proposal_open_contract',
        hourly: 1500,
        minutely: 25,
      },
      max_requests_pricing: { applies_to: 'proposal and proposal_open_contract', hourly: 3600, minutely: 80 },
    },
    clients_country: 'au',
    currencies_config: {
      USD: {
        fractional_digits: 2,
        is_deposit_suspended: 0,
        is_suspended: 0,
        is_withdrawal_suspended: 0,
        name: 'US Dollar',
        stake_default: 10,
        transfer_between_accounts: { fees: {}, limits: { max: 10_000, min: 1 } },
        type: 'fiat',
      },
    },
    site_status: 'up',
    supported_languages: ['EN'],
  };
}
