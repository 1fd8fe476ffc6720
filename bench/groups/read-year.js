import { openStore } from '../../dist/index.js';
import { race, runProgram } from '../measure.js';
import { runNode, runPython } from '../rival.js';
import { SYMBOL } from '../setting.js';

/** The whole year into columns of numbers; every block's sha256 is checked on the way. */
export async function measureReadYear({ cache, file, rounds, slowRounds }) {
  const series = openStore(cache).series(SYMBOL, '1m');
  const ours = async () => {
    const { time } = await series.read();
    if (time.length !== 525_600) throw new Error(`read ${time.length} rows of 525,600`);
  };
  const [almanac, gzip] = await race(
    [
      { name: 'almanac, every sha256 checked', run: ours },
      { name: 'gzip -dc to nowhere', run: () => runProgram('gzip', ['-dc', file]) },
    ],
    rounds,
  );
  const duckdb = runNode('DuckDB, typed, to a table in memory', 'duckdb.js', [file, rounds]);
  const polars = runPython('polars', 'read_polars.py', ', typed', [file, rounds]);
  const nodePolars = runNode('nodejs-polars', 'nodejs-polars.js', [file, rounds]);
  const pandas = runPython('pandas', 'read_pandas.py', ', typed', [file, slowRounds]);
  const fastCsv = runNode('fast-csv, an object a row', 'fast-csv.js', [file, slowRounds]);
  const rows = [almanac, gzip, duckdb, polars, nodePolars, pandas, fastCsv];
  if (nodePolars.ms === undefined) rows.splice(rows.indexOf(nodePolars), 1);
  return {
    title: 'Read the year into columns',
    rows,
    figures: { readYear: almanac.ms, gzip: gzip.ms, polars: polars.ms ?? nodePolars.ms },
  };
}
