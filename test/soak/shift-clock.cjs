// Loaded first into every process of a soak: the clock of this machine, which is set forward and back while programs
// run. How far it is off is in a file that is looked at again and again, so that a step reaches a running program.
const { readFileSync } = require('node:fs');

const file = process.env.SOAK_CLOCK;
const real = Date.now;
const LOOK_AGAIN_MS = 50;
let offset = 0;
let looked = Number.NEGATIVE_INFINITY;

function now() {
  const at = performance.now();
  if (at - looked >= LOOK_AGAIN_MS) {
    looked = at;
    offset = Number(readFileSync(file, 'utf8'));
  }
  return real() + offset;
}

if (file !== undefined) {
  globalThis.Date = new Proxy(Date, {
    construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [now()] : given, as),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
