import type { FilePort } from '../../store/files/file-port.js';
import type { Finding } from '../../store/upkeep/finding.js';
import {
  judgeForeignFolders,
  judgeOwnTemporary,
  judgeQuarantine,
  judgeRegistry,
  judgeReports,
} from '../../store/upkeep/judge-cache.js';
import { judgeForeign, judgePrevious, judgeTemporary } from '../../store/upkeep/judge-series.js';
import { unreadableFinding } from '../../store/upkeep/judge-unreadable.js';
import type { YearSteps } from '../../store/upkeep/judge-year.js';
import type { CacheOnDisk, SeriesOnDisk } from '../../store/upkeep/walk-cache.js';
import { YEAR_STEPS } from '../../store/upkeep/year-steps.js';

/** One thing that is looked at in every series' folder, or once in the cache; `looked` counts what there was of it. */
export interface SeriesStep {
  readonly name: string;
  looked(series: SeriesOnDisk): number;
  judge(files: FilePort, series: SeriesOnDisk): Promise<Finding[]>;
}

export interface CacheStep {
  readonly name: string;
  judge(files: FilePort, cache: string, disk: CacheOnDisk): Promise<Finding[]>;
}

export interface Steps {
  readonly year: YearSteps;
  readonly series: readonly SeriesStep[];
  readonly cache: readonly CacheStep[];
}

/** All that cleanup looks at. A new question is a new line here. */
export const STEPS: Steps = {
  year: YEAR_STEPS,
  series: [
    { name: 'temporary files', looked: ({ temporary }) => temporary.length, judge: judgeTemporary },
    { name: 'previous generations', looked: ({ previous }) => previous.length, judge: judgePrevious },
    { name: 'foreign files', looked: ({ foreign }) => foreign.length, judge: judgeForeign },
    // They are the protocol's own, and to unlink one is the classic race: counted, and kept.
    { name: 'lock files', looked: ({ locks }) => locks.length, judge: async () => [] },
  ],
  cache: [
    { name: 'unreadable folders', judge: judgeUnreadable },
    { name: 'foreign folders', judge: (files, cache, { foreign }) => judgeForeignFolders(files, cache, foreign) },
    { name: 'quarantine', judge: judgeQuarantine },
    { name: 'reports', judge: judgeReports },
    { name: 'checksum registry', judge: judgeRegistry },
    { name: 'own temporary files', judge: judgeOwnTemporary },
  ],
};

async function judgeUnreadable(_files: FilePort, cache: string, { unreadable }: CacheOnDisk): Promise<Finding[]> {
  return unreadable.map((each) => unreadableFinding(cache, each));
}

/** An audit reads single blocks: what needs the whole file waits for a run over everything. */
export function stepsOfAudit({ year, series, cache }: Steps): Steps {
  return { year: { ...year, after: year.after.filter(({ name }) => name !== 'whole files') }, series, cache };
}
