import jest from '../jest.config.js';

/** The whole suite as ever, and every line of ours that runs inside jest, as source or as built. */
export default {
  ...jest,
  rootDir: '../..',
  collectCoverage: true,
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', 'dist/**/*.js'],
  coverageDirectory: 'coverage/lines',
  coverageReporters: ['json'],
};
