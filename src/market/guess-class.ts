/** Tokens that stand for a dollar: no share and no currency ends so, however short what is before. */
const DOLLARS = 'USDT|USDC|BUSD|FDUSD|TUSD|USDP';
/** Three letters and more before these: US shares have five letters at most, and funds end in X. */
const TOKENS = 'DAI|USD1|EURI|IDRT|BIDR|BKRW|TRX|XRP|DOGE|SOL';
/** Money in which hundreds of coins trade. */
const WIDE = 'TRY|EUR|BRL|JPY|GBP|AUD';
/** Money in which a few do; names of companies end in these (`CHEVRON`). */
const NARROW = 'ARS|ZAR|PLN|RON|UAH|RUB|NGN|MXN|CZK|COP';
const MAJORS = 'BTC|ETH|BNB|SOL|XRP|ADA|DOGE|LTC|TRX|DOT|AVAX|LINK|SHIB|USDT|USDC|BUSD';
/** What is priced in money without being a coin: other money, and metals. */
const MONEY =
  'USD|EUR|GBP|JPY|AUD|NZD|CAD|CHF|CNY|CNH|HKD|SGD|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|ZAR|MXN|BRL|ARS|COP|CLP|PEN|' +
  'RUB|UAH|INR|IDR|KRW|THB|TWD|MYR|PHP|VND|ILS|AED|SAR|QAR|KWD|EGP|NGN|KES|XAU|XAG|XPT|XPD';
/** An index in money, as brokers write it: `DE30EUR`, `JP225JPY`. */
const BASKET = '[A-Z]{2,}\\d{2,}';

/** First rule that matches decides; equity is what is left. */
const CLASSES = [
  [/^(R_\d+|1HZ\d+V|BOOM\d+|CRASH\d+|JD\d+|RDBULL|RDBEAR|STPRNG)/, 'synthetic'],
  // Baskets of currencies: `WLDUSDT` is a coin's.
  [/^WLD(USD|EUR|GBP|AUD|XAU)$/, 'synthetic'],
  [/^(frx[A-Z]{6}|[A-Z]{6}=X|[A-Z]{3}=X)$/, 'fx'],
  [/^(\^|OTC_)/, 'index'],
  [/=F$/, 'future'],
  [/^cry[A-Z]{6,}$/, 'crypto'],
  [/^[A-Z0-9]{1,15}[-/](USD[TC]?|EUR|GBP|JPY|BTC|ETH)(:[A-Z]+)?$/, 'crypto'],
  [new RegExp(`^[A-Z0-9]{1,20}(${DOLLARS})$`), 'crypto'],
  // One letter before a coin is a share: Airbnb is ABNB, and funds that hold coins are GBTC, FETH.
  [/^[A-Z0-9]{2,20}(BTC|ETH|BNB)$/, 'crypto'],
  [new RegExp(`^[A-Z0-9]{3,20}(${TOKENS})$`), 'crypto'],
  [new RegExp(`^(?!(${MONEY}|${BASKET})...$)[A-Z0-9]{3,20}(${WIDE})$`), 'crypto'],
  [new RegExp(`^(${MAJORS})(${NARROW})$`), 'crypto'],
  [/^[A-Z0-9]{1,15}USD[TC]?_(PERP|\d{6})$/, 'crypto'],
  [/^(BTC|ETH|LTC|XRP|SOL|ADA|DOGE)USD$/, 'crypto'],
] as const;

type GuessedClass = (typeof CLASSES)[number][1] | 'equity';

/**
 * What a ticker probably is, by its spelling alone: it says whom to ask where nobody says so. Whoever lists it, and
 * whoever is named for it, knows better.
 */
export function guessClass(ticker: string): GuessedClass {
  return CLASSES.find(([pattern]) => pattern.test(ticker))?.[1] ?? 'equity';
}
