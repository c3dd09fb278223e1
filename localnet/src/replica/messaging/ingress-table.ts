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
  readonly #waiting = new Map<string, ((result: CallResult) => void)[]>();

  /** The record of a message, if it is known. */
  get(id: string): IngressRecord | undefined {
    return this.#records.get(id);
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
    this.#finished.push(id);
    if (this.#finished.length < 2 * LIMITS.ingressHistory) return;
    for (const old of this.#finished.splice(0, LIMITS.ingressHistory)) this.#records.delete(old);
  }
}
