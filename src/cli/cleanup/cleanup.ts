/** What the drawing parts know of a cleanup. */
export interface FindingFacts {
  readonly id: string;
  readonly path: string;
  readonly check: string;
  readonly detail: string;
  readonly action: string;
  readonly symbol?: string | undefined;
  readonly interval?: string | undefined;
}

export interface OutcomeFacts {
  readonly finding: FindingFacts;
  readonly outcome: 'repaired' | 'sound' | 'changed' | 'failed' | 'kept';
  readonly note?: string | undefined;
  readonly quarantine?: string | undefined;
  readonly lost?: readonly string[] | undefined;
}

export interface QuarantineFacts {
  readonly id: string;
  readonly at: string;
  readonly from: string;
  readonly reason: string;
  readonly files: readonly string[];
  readonly bytes: number;
  readonly restorable: boolean;
}

export interface CleanupFacts {
  readonly report:
    | {
        readonly steps: readonly { name: string; looked: number; findings: number; seconds: number }[];
        readonly series: readonly {
          symbol: string;
          interval: string;
          years: number;
          blocks: number;
          rows: number;
          findings: number;
        }[];
        readonly quarantine: readonly QuarantineFacts[];
        readonly previous: { readonly files: number; readonly bytes: number };
        readonly sample?: { readonly blocks: number; readonly of: number; readonly turned: boolean } | undefined;
      }
    | undefined;
  readonly findings: readonly FindingFacts[];
  readonly acted:
    | { readonly outcomes: readonly OutcomeFacts[]; readonly repaired: number; readonly quarantined: number }
    | undefined;
  readonly left: readonly OutcomeFacts[];
}
