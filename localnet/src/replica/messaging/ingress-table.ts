import { LIMITS } from '../config/limits.ts';
import type { CallResult, IngressStatus } from '../types.ts';

/** Finished messages per group. */
const GROUP = 1_000;

/** A message from outside and what became of it. */
export interface IngressRecord {
  readonly sender: Uint8Array;
  status: IngressStatus;
}

/** Messages from outside by request id in hex. The answers of long ago are dropped. */
export class IngressTable {
  readonly #records = new Map<string, IngressRecord>();
  /** Ids of finished messages, oldest first, in groups of which only the last one changes. */
  #finished: string[][] = [];
  readonly #waiting = new Map<string, ((result: CallResult) => void)[]>();

  /** The record of a message, if it is known. */
  get(id: string): IngressRecord | undefined {
    return this.#records.get(id);
  }

  /** Messages that were taken in and have no answer yet. */
  pending(): string[] {
    return [...this.#records].flatMap(([id, { status }]) => (status.state === 'done' ? [] : [id]));
  }

  /** Ids of finished messages in groups, oldest first. A full group stays the same object. */
  finished(): readonly (readonly string[])[] {
    return this.#finished;
  }

  /** Takes in a message. */
  open(id: string, sender: Uint8Array): void {
    this.#records.set(id, { sender, status: { state: 'pending' } });
  }

  /** Settles when the message is answered. */
  whenFinished(id: string): Promise<CallResult> {
    const status = this.#records.get(id)?.status;
    if (status?.state === 'done') return Promise.resolve(status.result);
    return new Promise((resolve) => {
      this.#waiting.set(id, [...(this.#waiting.get(id) ?? []), resolve]);
    });
  }

  /** Stores the answer. */
  finish(id: string, result: CallResult): void {
    const record = this.#records.get(id);
    if (!record) return;
    record.status = { state: 'done', result };
    for (const resolve of this.#waiting.get(id) ?? []) resolve(result);
    this.#waiting.delete(id);
    this.#remember(id);
  }

  #remember(id: string): void {
    const last = this.#finished.at(-1);
    if (last && last.length < GROUP) last.push(id);
    else this.#finished.push([id]);
    if (this.#finished.length * GROUP <= 2 * LIMITS.ingressHistory) return;
    const dropped = this.#finished.slice(0, LIMITS.ingressHistory / GROUP);
    this.#finished = this.#finished.slice(dropped.length);
    for (const old of dropped.flat()) this.#records.delete(old);
  }
}
