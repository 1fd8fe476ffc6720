import { checkRoom, type DiskNeed, type Judgement } from './check-room.js';
import { readDataClock } from './data-clock.js';
import { redactor } from './guard-output.js';
import { type FetchFlags, readFetchOptions } from './populate-flags.js';
import { readBandwidth } from './read-bandwidth.js';
import { watchPopulate } from './show-populate.js';
import type { View } from './view.js';

/** What every command that fetches hands on of its flags and its view. */
export function readFetchParts(flags: FetchFlags, view: View) {
  return {
    now: readDataClock,
    debug: view.told.debug,
    redactor,
    provider: flags.provider,
    looking: flags['dry-run'] === true,
    options: readFetchOptions(flags),
    bytesPerSecond: readBandwidth(flags['max-bandwidth']),
    room: (need: DiskNeed, judgement: Judgement) => checkRoom(need, judgement, view.told),
    progress: watchPopulate(view),
  };
}
