/** What goes wrong with a server, each for a few requests; a stall holds one up for two minutes. */
const STATUS = (status, seconds) => ({
  kind: 'status',
  status,
  ...(seconds === undefined ? {} : { headers: { 'retry-after': String(seconds) } }),
});
const FAULTS = {
  429: (dice) => STATUS(429, 1 + dice.below(3)),
  418: (dice) => STATUS(418, 2 + dice.below(5)),
  500: () => STATUS(500),
  503: (dice) => STATUS(503, 1 + dice.below(2)),
  cut: (dice) => ({ kind: 'cut', fraction: dice.between(0, 0.99) }),
  reset: () => ({ kind: 'reset' }),
  delay: (dice) => ({ kind: 'delay', ms: dice.below(2000) }),
  garble: () => ({ kind: 'garble' }),
  stall: () => ({ kind: 'stall' }),
};
const WEIGHTS = { 429: 3, 418: 1, 500: 3, 503: 2, cut: 4, reset: 4, delay: 5, garble: 3, stall: 0.3 };
const SERVERS = { binance: 5, 'binance-archive': 5, deriv: 4, yahoo: 2, 'alpha-vantage': 1, coingecko: 2 };
const QUIRKS = ['wrong-checksum', 'missing-checksum', 'corrupt', 'unsorted', 'absent', 'republished'];

/** One more thing that goes wrong. */
export async function addFault({ market, dice, log, brief }) {
  if (dice.chance(0.15)) {
    const kind = dice.pick(QUIRKS);
    const month = String(1 + dice.below(12)).padStart(2, '0');
    const match = `^${dice.pick(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'])}-(15m|1h|1d)-\\d{4}-${month}`;
    await market.quirk(match, { kind });
    log.count(`fault ${kind}`);
    log.write('quirk', { match, kind });
    return;
  }
  const { stall: _, ...soon } = WEIGHTS;
  const kinds = brief ? soon : WEIGHTS;
  const [server, kind] = [dice.weighed(SERVERS), dice.weighed(kinds)];
  const times = kind === 'stall' || kind === '418' ? 1 : 1 + dice.below(4);
  await market.fault({ server, times, fault: FAULTS[kind](dice) });
  log.count(`fault ${kind}`);
  log.write('fault', { server, kind, times });
}
