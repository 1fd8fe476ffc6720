import type Bottleneck from 'bottleneck';

/** A place taken: whoever has it must leave, once. */
export interface Lease {
  leave(): void;
  /** It outlives the attempt: a body is still being read. */
  keep(): void;
  readonly isKept: boolean;
  onLeave(then: () => void): void;
}

/** Bottleneck gives a place for as long as a job runs; here the job is to hold it. */
export function takePlace(places: Bottleneck): Promise<Lease> {
  return new Promise((resolve, reject) => {
    places
      .schedule(
        () =>
          new Promise<void>((end) => {
            const last: (() => void)[] = [];
            let kept = false;
            resolve({
              leave: () => {
                for (const then of last.splice(0)) then();
                end();
              },
              keep: () => {
                kept = true;
              },
              get isKept() {
                return kept;
              },
              onLeave: (then) => last.push(then),
            });
          }),
      )
      .catch(reject);
  });
}
