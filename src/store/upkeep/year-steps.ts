import { judgeGzip, judgeHash, judgeRows, judgeRules } from './judge-block.js';
import { judgeHeader, judgeWholeFile } from './judge-file.js';
import { judgeProvenance } from './judge-provenance.js';
import { judgeSidecar } from './judge-sidecar.js';
import type { YearSteps } from './judge-year.js';

/** All that is asked of a year, in this order. */
export const YEAR_STEPS: YearSteps = {
  before: [
    { name: 'sidecars', judge: judgeSidecar },
    { name: 'headers', judge: judgeHeader },
  ],
  blocks: [
    { name: 'hashes', judge: judgeHash },
    { name: 'gzip', judge: judgeGzip },
    { name: 'rows', judge: judgeRows },
    { name: 'rules', judge: judgeRules },
  ],
  after: [
    { name: 'whole files', judge: judgeWholeFile },
    { name: 'provenance', judge: judgeProvenance },
  ],
};
