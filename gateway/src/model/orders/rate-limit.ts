import { binary } from '@fabrica/core/store';

const MINUTE = 60_000_000_000n;
/** Callers remembered at once; when there are more, the minute begins anew for all. */
const MAX_CALLERS = 10_000;

/**
 * Calls of each principal in the running minute. On the heap: what an upgrade forgets is one minute's count, and
 * counting costs no storage.
 */
export class RateLimit {
  readonly #counts = new Map<string, number>();
  #minute = 0n;

  /** Counts a call; false if the caller had `most` in this minute already. */
  admit(caller: Uint8Array, most: number, now: bigint): boolean {
    const minute = now / MINUTE;
    if (minute !== this.#minute || this.#counts.size >= MAX_CALLERS) {
      this.#counts.clear();
      this.#minute = minute;
    }
    const name = binary(caller);
    const count = this.#counts.get(name) ?? 0;
    if (count >= most) return false;
    this.#counts.set(name, count + 1);
    return true;
  }
}
