const line = (name, value) => `${name.padEnd(38)} ${value}`;

/** What a soak came to, for a person. */
export function describeSoak({ log, seed, minutes, bars, checkpoints, requests, flat, progress, rounds, left }) {
  const counts = [...log.counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const total = (prefix) => counts.filter(([name]) => name.startsWith(prefix)).reduce((sum, [, n]) => sum + n, 0);
  return [
    line('minutes', minutes.toFixed(1)),
    line('seed', seed),
    line('programs run', total('ran ')),
    line('programs killed or stopped', total('kill ')),
    line('faults asked for', total('fault ')),
    line('requests to the simulated providers', requests),
    ...counts.map(([name, count]) => line(`  ${name}`, count)),
    line('checkpoints', checkpoints),
    line('bars compared, none wrong', bars),
    line('left behind', left),
    line('rounds of the service', rounds),
    line('series read, rows put by the library', `${progress.reads}, ${progress.rows}`),
    ...Object.entries(flat).flatMap(([name, measured]) =>
      measured === undefined
        ? [line(`${name}: too few samples`, '')]
        : [
            line(`${name}: MB, medians of six parts`, measured.rss.map((mb) => mb.toFixed(0)).join(' ')),
            line(`${name}: open files, the same`, measured.fds.join(' ')),
          ],
    ),
  ];
}
