/** Entries at which expired ones are first looked for. */
const FIRST_SWEEP = 10_000;

/**
 * Remembers the requests that were accepted until they expire: longer than the network may keep their
 * answers, so that none is executed twice.
 */
export class ReplayGuard {
  /** Expiry in nanoseconds since the epoch, by request id in hex. */
  readonly #accepted = new Map<string, bigint>();
  #sweepAt = FIRST_SWEEP;

  /** What is remembered: request ids in hex, and their expiry in ns. */
  entries(): (readonly [id: string, expiry: bigint])[] {
    return [...this.#accepted];
  }

  /** Remembers what was remembered before. */
  restore(entries: Iterable<readonly [id: string, expiry: bigint]>): void {
    for (const [id, expiry] of entries) this.#accepted.set(id, expiry);
  }

  /** Whether a request was accepted before. */
  has(requestId: Uint8Array): boolean {
    return this.#accepted.has(hex(requestId));
  }

  /** Remembers an accepted request. */
  add(requestId: Uint8Array, expiry: bigint, now: bigint): void {
    this.#accepted.set(hex(requestId), expiry);
    if (this.#accepted.size < this.#sweepAt) return;
    for (const [id, until] of this.#accepted) if (until < now) this.#accepted.delete(id);
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#accepted.size);
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
