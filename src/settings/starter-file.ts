export const STARTER_NAME = '.almanacrc.yaml';

/** What `config init` writes: everything that can be said, with what holds unless it is. */
export const STARTER_TEXT = `# Settings of Almanac. Everything is optional; what is commented out shows the default or an example.
# \`almanac config show\` tells what is in force and where each value comes from.

# Where the data is kept; a path here counts from this file.
cacheDir: ./market

# What a bare \`almanac cache populate\` keeps.
# watch:
#   - symbols: [BTCUSDT, AAPL]
#     intervals: [1h, 1d]
#     since: '2020-01-01'

# Keys are better kept in the environment: ALPHA_VANTAGE_KEY, COINGECKO_DEMO_API_KEY, COINGECKO_PRO_API_KEY, DERIV_TOKEN.
# providers:
#   binance:
#     restUrl: https://api.binance.com
#     archiveUrl: https://data.binance.vision
#   deriv:
#     appId: '1089'
#   alpha-vantage:
#     plan: free
#     extendedHours: false
#   coingecko:
#     plan: none # none, demo or pro
#     coins: {BTC: bitcoin}

# limits:
#   binance:
#     concurrency: 8
#     windows:
#       - {name: weight, max: 5700, perMs: 60000}

# routes:
#   - {match: 'R_*', intervals: ['*'], providers: [deriv], fill: []}

# calendars:
#   - {match: VOD.L, calendar: XLON}
`;
