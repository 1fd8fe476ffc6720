import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parse } from 'fast-csv';
import { printTimes } from './print-times.js';

const [file, rounds] = process.argv.slice(2);

await printTimes(
  Number(rounds),
  () =>
    new Promise((resolve, reject) => {
      const rows = [];
      createReadStream(file)
        .pipe(createGunzip())
        .pipe(parse({ headers: true }))
        .on('data', (row) => rows.push(row))
        .on('error', reject)
        .on('end', () => resolve(rows));
    }),
  0,
);
