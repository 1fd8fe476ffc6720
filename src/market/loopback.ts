/** Whether a host is this machine itself: what is served there is a simulation, never a provider. */
export function isLoopback(host: string): boolean {
  const name = host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .replace(/^::ffff:/i, '')
    .toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1' || name === '::' || name === '0.0.0.0')
    return true;
  // `URL` writes an IPv4 address inside an IPv6 one in hex: 7f00 is where 127 begins.
  return /^127(\.\d{1,3}){3}$/.test(name) || /^7f[0-9a-f]{2}:[0-9a-f]{1,4}$/.test(name);
}
