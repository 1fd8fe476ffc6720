const { runInContext } = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

/** What the language itself brings, and no test replaces. Timers, the console and `fetch` are not among it. */
const FIXED = [
  ...['Array', 'ArrayBuffer', 'BigInt', 'BigInt64Array', 'BigUint64Array', 'Boolean', 'Buffer', 'DataView', 'Date'],
  ...['Error', 'Float32Array', 'Float64Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Intl', 'JSON', 'Map', 'Math'],
  ...['Number', 'Object', 'Promise', 'Proxy', 'RangeError', 'Reflect', 'RegExp', 'Set', 'String', 'Symbol'],
  ...['SyntaxError', 'TypeError', 'Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array'],
  ...['WeakMap', 'WeakSet'],
];

/**
 * In jest's sandbox every global name is looked up by a function of Node's and a proxy of jest's, a microsecond each
 * time: a loop that says `Math.floor` ran 200 times slower than in the program (2026-11-21). A constant of the
 * sandbox's scripts is found before its global object is asked. Who puts another `Date` there is not heard, so fake
 * timers are refused.
 */
module.exports = class QuickGlobalsEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    const fix = (name) => `const ${name} = globalThis.${name};`;
    runInContext(FIXED.map(fix).join('\n'), this.context);
    this.fakeTimersModern.useFakeTimers = () => {
      throw new Error('time is injected: modules see the real Date here (config/test-environment.cjs)');
    };
  }
};
