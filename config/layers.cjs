/**
 * Who may import whom, checked by CI. A layer lists what is below it; anything else in src is forbidden.
 * market <- {provider, settings, legacy, store} <- sources <- operations <- wiring <- commands, with cli beside
 * operations and conformance (the provider test suite) beside it.
 */
const only = (from, ...to) => ({
  name: `${from}-imports-only-${to.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [from, ...to].map((layer) => `^src/${layer}/`) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('market'),
    only('provider', 'market'),
    only('settings', 'market'),
    only('legacy', 'market'),
    only('store', 'market'),
    only('sources', 'market', 'provider', 'settings'),
    only('operations', 'market', 'provider', 'store', 'sources', 'legacy'),
    only('conformance', 'market', 'provider', 'settings', 'sources'),
    only('wiring', 'market', 'provider', 'settings', 'store', 'sources', 'operations'),
    only('cli', 'market', 'settings'),
    only('scaffold', 'market'),
    {
      name: 'only-commands-wire',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(commands|wiring)/' },
      to: { path: '^src/wiring/' },
    },
    {
      name: 'plugins-stay-off-the-machine',
      comment:
        'A provider has the context it is given; the sandbox is a server and is free. zlib and crypto touch nothing.',
      severity: 'error',
      from: { path: '^plugins/(?!sandbox/)[^/]+/src/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(zlib|crypto)$' },
    },
    {
      name: 'market-is-pure',
      comment: 'No time, disk, network or package in the arithmetic of bars (date-fns-tz excepted: calendars).',
      severity: 'error',
      from: { path: '^src/market/' },
      to: { dependencyTypesNot: ['local', 'type-only'], pathNot: 'date-fns-tz' },
    },
    {
      name: 'only-the-port-touches-files',
      comment: 'All store I/O goes through one injectable file port, so that a test can fail the Nth operation.',
      severity: 'error',
      from: { path: '^src/(store|operations)/', pathNot: '^src/store/(files/node-files|files/native-lock)\\.ts$' },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'no-oclif-below-the-terminal',
      severity: 'error',
      from: { path: '^src/(market|provider|settings|legacy|store|operations)/', pathNot: '^src/provider/hook\\.ts$' },
      to: { path: 'oclif' },
    },
    {
      name: 'nobody-imports-commands',
      severity: 'error',
      from: { pathNot: '^src/commands/' },
      to: { path: '^src/commands/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '(^|/)dist/' },
    doNotFollow: { path: 'node_modules' },
  },
};
