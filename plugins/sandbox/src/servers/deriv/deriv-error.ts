/** A refusal in the server's own words; the socket stays open. */
export class DerivError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, string>> | undefined;

  constructor(code: string, message: string, details?: Readonly<Record<string, string>>) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
