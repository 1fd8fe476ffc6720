import { DuckDBInstance } from '@duckdb/node-api';
import { printTimes } from './print-times.js';

const [file, rounds] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const types = `{'timestamp': 'TIMESTAMP', 'open': 'DOUBLE', 'high': 'DOUBLE', 'low': 'DOUBLE', 'close': 'DOUBLE', 'volume': 'DOUBLE'}`;

await printTimes(Number(rounds), () =>
  connection.run(
    `CREATE OR REPLACE TABLE year AS SELECT * FROM read_csv('${file}', header = true, delim = ',', columns = ${types})`,
  ),
);
