/** Reads a series whose first block comes last of all, and prints how that ended; what nobody catches ends it with 1. */
import { openStore } from '../../dist/index.js';
import { nodeFiles } from '../../dist/store/files/node-files.js';

const [cache, symbol, timeframe, offset] = process.argv.slice(2);
const slow = async (path, mode) => {
  const file = await nodeFiles.open(path, mode);
  const read = async (into, position) => {
    if (position === Number(offset)) await new Promise((resolve) => setTimeout(resolve, 200));
    return file.read(into, position);
  };
  return { ...methodsOf(file), read };
};
const files = { ...methodsOf(nodeFiles), open: slow };
await openStore(cache, { files })
  .series(symbol, timeframe)
  .read()
  .then(
    () => console.log('read'),
    ({ code }) => console.log(code),
  );

function methodsOf(port) {
  const names = new Set([...Object.keys(port), ...Object.getOwnPropertyNames(Object.getPrototypeOf(port))]);
  names.delete('constructor');
  return Object.fromEntries(
    [...names].map((name) => [name, typeof port[name] === 'function' ? port[name].bind(port) : port[name]]),
  );
}
