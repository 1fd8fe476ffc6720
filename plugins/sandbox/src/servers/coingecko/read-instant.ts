import type { Plan } from './options.js';
import { invalid } from './refusals.js';

/** Seconds since 1970; those who pay may also write a date. */
export function readInstant(text: string, plan: Plan): number {
  if (/^\d{1,10}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = plan === 'pro' ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(date)) throw invalid('Invalid date');
  return date;
}
