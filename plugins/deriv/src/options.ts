import { z } from 'zod';

export const options = z.strictObject({
  /** The whole address of the socket. */
  url: z.url({ protocol: /^wss?$/ }).default('wss://ws.derivws.com/websockets/v3'),
  /** Which application asks; 1089 is the public one of the vendor's own examples. */
  appId: z
    .string()
    .regex(/^\w{1,40}$/)
    .default('1089'),
  /** Market data needs none: it only says who asks. */
  token: z.string().min(1).optional(),
});

export type Options = z.infer<typeof options>;

/** Since 2026 there is a second API, on other paths: it has no application ids and no login by message. */
export function isNewApi(url: string): boolean {
  return new URL(url).pathname.startsWith('/trading/');
}
