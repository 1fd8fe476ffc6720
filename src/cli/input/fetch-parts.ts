import { checkRoom, type DiskNeed, type Judgement } from '../populate/check-room.js';
import { watchPopulate } from '../populate/show-populate.js';
import { redactor } from '../terminal/guard-output.js';
import type { View } from '../terminal/view.js';
import { readDataClock } from './data-clock.js';
import { type FetchFlags, readFetchOptions } from './populate-flags.js';
import { readBandwidth } from './read-bandwidth.js';

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
