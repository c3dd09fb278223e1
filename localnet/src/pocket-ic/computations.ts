import { randomBytes } from 'node:crypto';

import type { Json } from '../web/exact-json.ts';
import { notFound } from '../web/request-error.ts';

/** How long a request is held open before the client is told to ask again, in milliseconds. */
const SYNC_WAIT = 10_000;
/** How long an answer that nobody has fetched is kept, in milliseconds. */
const KEEP = 60_000;

/** Where a client finds the answer of an operation that takes long. */
export interface Ticket {
  readonly state_label: string;
  readonly op_id: string;
}

/** The outcome of waiting for an operation: its answer, or a ticket for it. */
export type Waited = { readonly answer: Json } | { readonly ticket: Ticket };

/**
 * Operations that outlive a request. PocketIC's client gives a request 30 s, then aborts it and
 * sends it again: long operations therefore answer with a ticket, and an operation whose request
 * was aborted is taken up by the identical request that follows, so that nothing is done twice.
 */
export class Computations {
  readonly #tickets = new Map<string, Promise<Json>>();
  readonly #abandoned = new Map<string, Promise<Json>>();

  /** Starts an operation, or takes up the abandoned one with the same key. */
  start(key: string, operation: () => Promise<Json>): Promise<Json> {
    const abandoned = this.#abandoned.get(key);
    this.#abandoned.delete(key);
    return abandoned ?? operation();
  }

  /** Keeps an operation whose request was aborted. */
  abandon(key: string, running: Promise<Json>): void {
    keep(this.#abandoned, key, running);
  }

  /** Waits for an operation, for 10 s at most. */
  async wait(running: Promise<Json>): Promise<Waited> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Waited>((resolve) => {
      timer = setTimeout(() => {
        resolve({ ticket: this.#issue(running) });
      }, SYNC_WAIT);
    });
    try {
      return await Promise.race([running.then((answer) => ({ answer })), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The answer to a ticket. The client takes null for "not done", so null becomes an object. */
  async read(stateLabel: string, opId: string): Promise<Json> {
    const key = `${stateLabel}/${opId}`;
    const running = this.#tickets.get(key);
    const pending = Symbol('pending');
    const answer = running ? await Promise.race([running, Promise.resolve(pending)]) : pending;
    if (typeof answer === 'symbol') throw notFound(`Operation ${opId} has no result yet.`);
    this.#tickets.delete(key);
    return answer ?? {};
  }

  #issue(running: Promise<Json>): Ticket {
    const ticket = {
      state_label: randomBytes(16).toString('base64url'),
      op_id: randomBytes(16).toString('base64url'),
    };
    keep(this.#tickets, `${ticket.state_label}/${ticket.op_id}`, running);
    return ticket;
  }
}

/** Keeps a computation until it is taken, or for a while after it has ended. */
function keep(map: Map<string, Promise<Json>>, key: string, running: Promise<Json>): void {
  map.set(key, running);
  const forget = (): void => {
    setTimeout(() => {
      if (map.get(key) === running) map.delete(key);
    }, KEEP).unref();
  };
  running.then(forget, forget);
}
