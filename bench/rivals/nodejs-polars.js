import { printTimes } from './print-times.js';

const [file, rounds] = process.argv.slice(2);
// Not a dependency, so its name is kept from tools that look for one: used only where somebody has installed it.
const library = 'nodejs-polars';
const polars = await import(library).then(
  (module) => module.default,
  () => undefined,
);

if (polars === undefined) process.stdout.write(JSON.stringify({ times: null }));
else await printTimes(Number(rounds), () => polars.readCSV(file));
