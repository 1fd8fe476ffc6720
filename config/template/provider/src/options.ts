import { z } from 'zod';

/** This provider's part of the settings: `providers.your-name` in the person's file. */
export const options = z.object({
  /** The root of every URL asked; a test points it at a server of its own. */
  url: z.url({ protocol: /^https?$/ }).default('https://api.your-name.example'),
  apiKey: z.string().min(1).optional(),
});

export type Options = z.output<typeof options>;
