import { describe, expect, it } from '@jest/globals';
import { describeNpmFailure, npmEnvironment } from '../../../src/wiring/plugins/run-npm.js';

describe('npmEnvironment', () => {
  it('turns scripts off, however the person writes the name of that setting', () => {
    const told = npmEnvironment(false, {
      NPM_CONFIG_IGNORE_SCRIPTS: 'false',
      Npm_Config_Package_Lock: 'false',
      PATH: '/',
    });
    expect(told).toMatchObject({ npm_config_ignore_scripts: 'true', npm_config_package_lock: 'true', PATH: '/' });
    expect(Object.keys(told).filter((name) => /ignore_scripts|package_lock/i.test(name))).toHaveLength(2);
  });

  it('leaves young dependencies out unless they are asked for, and patience to the person', () => {
    expect(npmEnvironment(false, {}).npm_config_min_release_age).toBe('7');
    expect(npmEnvironment(true, {})).not.toHaveProperty('npm_config_min_release_age');
    expect(npmEnvironment(true, { npm_config_fetch_retries: '5' }).npm_config_fetch_retries).toBe('5');
  });
});

describe('describeNpmFailure', () => {
  it.each([
    ['ENOTFOUND', '', 'UNAVAILABLE', /^x: npm's registry cannot be reached from here \(ENOTFOUND\)$/],
    ['EAI_AGAIN', '', 'UNAVAILABLE', /cannot be reached/],
    ['EINTEGRITY', 'sha512-…', 'PROVIDER_INVALID', /not those that were published$/],
    ['ETARGET', '', 'UNSUPPORTED', /no such version, or it is younger than seven days/],
    ['E403', 'Forbidden\nat x', 'UNSUPPORTED', /^x: npm says E403: Forbidden$/],
    ['EUNKNOWN', '', 'UNSUPPORTED', /^x: npm says EUNKNOWN$/],
  ])('says %s in one sentence', (code, summary, ours, message) => {
    const error = describeNpmFailure({ code, summary }, 'x');
    expect(error.code).toBe(ours);
    expect(error.message).toMatch(message);
  });
});
