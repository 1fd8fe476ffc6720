import type { ArchiveFile, ArchivePeriod, BarRequest, Context } from 'almanac/provider';
import { folderOf, nameFiles, parsePeriod, stemOf } from './archive-files.js';
import { listBucket } from './list-bucket.js';
import type { Options } from './options.js';
import { hasDailyFiles } from './timeframes.js';

/** The files there are. Names sort as their periods do, so the listing starts at the range and stops behind it. */
export async function* listFiles(
  request: BarRequest,
  period: ArchivePeriod,
  context: Context<Options>,
): AsyncGenerator<readonly ArchiveFile[]> {
  const { instrument, timeframe } = request;
  if (period === 'day' && !hasDailyFiles(timeframe)) return;
  const folder = folderOf(instrument, timeframe, period);
  const first = nameFiles({ ...request, end: Math.min(request.end, request.start + 1) }, period, context.options)[0];
  // Markers are exclusive: the name without its `.zip` comes just before the file itself.
  const after = first === undefined ? '' : folder + stemOf(instrument, timeframe, first.name);
  const stem = folder + stemOf(instrument, timeframe, '');
  for await (const page of listBucket(folder, after, context)) {
    const files: ArchiveFile[] = [];
    let passed = false;
    for (const { key, ...found } of page.files) {
      if (!key.startsWith(stem) || !key.endsWith('.zip')) continue;
      const at = parsePeriod(key.slice(stem.length, -'.zip'.length), period);
      if (at === undefined) continue;
      if (at.start >= request.end) passed = true;
      else if (at.end > request.start)
        files.push({ instrument, timeframe, period, ...at, url: `${context.options.archiveUrl}/${key}`, ...found });
    }
    if (files.length > 0) yield files;
    if (passed) return;
  }
}
