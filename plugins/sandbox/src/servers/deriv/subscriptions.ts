import { randomUUID } from 'node:crypto';
import { DerivError } from './deriv-error.js';
import type { Message } from './message.js';

export interface Subscription {
  readonly id: string;
  readonly request: Message;
  readonly echo: boolean;
}

/** What one connection is sent without asking again. */
export class Subscriptions {
  readonly #open = new Map<string, Subscription>();

  get all(): readonly Subscription[] {
    return [...this.#open.values()];
  }

  /** The part of the first answer that names the subscription; nothing where none was asked for. */
  open(request: Message, echo: boolean): { readonly subscription?: { readonly id: string } } {
    if (request.subscribe !== 1) return {};
    const key = keyOf(request);
    if (this.all.some((other) => keyOf(other.request) === key)) {
      throw new DerivError('AlreadySubscribed', `You are already subscribed to ${request.ticks_history}.`);
    }
    const id = randomUUID();
    this.#open.set(id, { id, request, echo });
    return { subscription: { id } };
  }

  forget(id: string): 0 | 1 {
    return this.#open.delete(id) ? 1 : 0;
  }

  forgetAll(stream: string): string[] {
    const ids = this.all.filter(({ request }) => streamOf(request) === stream).map(({ id }) => id);
    for (const id of ids) this.#open.delete(id);
    return ids;
  }
}

function streamOf(request: Message): string {
  return request.style === 'candles' ? 'candles' : 'ticks';
}

function keyOf(request: Message): string {
  return JSON.stringify([request.ticks_history, streamOf(request), request.granularity ?? 60]);
}
