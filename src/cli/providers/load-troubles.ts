const troubles: string[] = [];

/** What was found wrong before there was a command to say it. */
export function noteLoadTroubles(found: readonly string[]): void {
  troubles.push(...found);
}

/** Each once. */
export function takeLoadTroubles(): string[] {
  return troubles.splice(0);
}
