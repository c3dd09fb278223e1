import { LIMITS } from '../config/limits.ts';
import type { CallResult, IngressStatus } from '../types.ts';

/** A message from outside and what became of it. */
export interface IngressRecord {
  readonly sender: Uint8Array;
  status: IngressStatus;
}

/** Messages from outside by request id in hex. The answers of long ago are dropped. */
export class IngressTable {
  readonly #records = new Map<string, IngressRecord>();
  readonly #finished: string[] = [];

  /** The record of a message, if it is known. */
  get(id: string): IngressRecord | undefined {
    return this.#records.get(id);
  }

  /** Takes in a message. */
  open(id: string, sender: Uint8Array): void {
    this.#records.set(id, { sender, status: { state: 'pending' } });
  }

  /** Stores the answer. */
  finish(id: string, result: CallResult): void {
    const record = this.#records.get(id);
    if (!record) return;
    record.status = { state: 'done', result };
    this.#finished.push(id);
    if (this.#finished.length < 2 * LIMITS.ingressHistory) return;
    for (const old of this.#finished.splice(0, LIMITS.ingressHistory)) this.#records.delete(old);
  }
}
