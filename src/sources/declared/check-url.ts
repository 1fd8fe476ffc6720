import { BlockList, isIP } from 'node:net';

/** Networks that no public provider lives in: a file from elsewhere must not make this machine ask its neighbours. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const),
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/** What keeps a text from being a base URL, as it continues a sentence; nothing where it may be asked. */
export function findUrlFault(text: string): string | undefined {
  if (!URL.canParse(text) || text.length > 200) return 'must be an address such as https://api.example.com';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not hold a name or password; declare a secret instead';
  if (url.search !== '' || url.hash !== '') return 'must end before ? and #; parameters go into request.query';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const loopback = isLoopbackLiteral(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    return 'must begin with https:// (http:// is for 127.0.0.1 alone)';
  if (loopback) return undefined;
  if (isPrivate(host)) return 'is a private address, which a declared provider may not ask; write its public name';
  if (isIP(host) === 0 && (!host.includes('.') || /\.(local|localhost|internal|lan|home|arpa)\.?$/i.test(host)))
    return 'names a machine of a private network; write a public name, or 127.0.0.1 for this machine';
  return undefined;
}

/** By its number alone: a name can be made to lead anywhere. */
function isLoopbackLiteral(host: string): boolean {
  return host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function isPrivate(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return false;
  return PRIVATE.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
