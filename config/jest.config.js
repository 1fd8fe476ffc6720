/** Tests run the TypeScript sources as ES modules; see CONTRIBUTING.md for why the console is replaced. */
export default {
  rootDir: '..',
  roots: ['<rootDir>/test', '<rootDir>/plugins'],
  modulePathIgnorePatterns: ['/dist/'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: '<rootDir>/config/test-environment.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/config/watch-files.js',
  setupFiles: ['<rootDir>/test/support/plain-console.ts'],
  testTimeout: 60_000,
  maxWorkers: '100%',
  // jest keeps every test file's modules; a worker that has grown is replaced.
  workerIdleMemoryLimit: '1GB',
  reporters: ['default', '<rootDir>/config/watched-files-reporter.js', '<rootDir>/config/closing-line-reporter.js'],
};
