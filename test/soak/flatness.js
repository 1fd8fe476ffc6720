const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Medians of the second and the last of six parts of the time, and of all six, to look at. */
export function measureFlatness(samples) {
  const size = samples.length / 6;
  const parts = Array.from({ length: 6 }, (_, i) => samples.slice(Math.floor(i * size), Math.floor((i + 1) * size)));
  if (parts.some((part) => part.length === 0)) return undefined;
  const of = (name) => parts.map((part) => median(part.map((each) => each[name])));
  return { rss: of('rss'), fds: of('fds') };
}

/** A leak goes on; what is warmed up does not. Room for what the collector leaves lying about. */
export function judgeFlatness({ rss, fds }) {
  const wrong = [];
  if (rss[5] > rss[1] * 1.15 + 10) wrong.push(`memory grew from ${rss[1].toFixed(0)} to ${rss[5].toFixed(0)} MB`);
  if (fds[5] > fds[1] + 3) wrong.push(`open files grew from ${fds[1]} to ${fds[5]}`);
  return wrong;
}
