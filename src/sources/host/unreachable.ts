/** Why a host could not be asked, in words that follow its name; by what the system or TLS says. */
export const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection',
  ECONNRESET: 'broke off the connection',
  EPIPE: 'broke off the connection',
  ENOTFOUND: 'cannot be found (no such name, or no network)',
  EAI_AGAIN: 'cannot be looked up (no network?)',
  ENETUNREACH: 'cannot be reached (no network?)',
  EHOSTUNREACH: 'cannot be reached (no network?)',
  ETIMEDOUT: 'did not answer in time',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate of another host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate that nobody vouches for',
  SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate that nobody vouches for',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'shows a certificate that nobody vouches for',
};
