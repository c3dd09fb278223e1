import { binary, u32, type ByteStore } from '@fabrica/core/store';

import type { StateName } from '../../schemas/proposals.ts';

/** Proposals to a page: one byte each. */
const PAGE = 1024;

/** Codes of the final states. Stored: never changed. 0 stands for a proposal that is not closed. */
const CODES: Partial<Readonly<Record<StateName, number>>> = Object.freeze({
  Executed: 1,
  Failed: 2,
  Rejected: 3,
  Expired: 4,
  Cancelled: 5,
});

/** In which state each proposal was closed, so that the few of one state are found among many. */
export class ClosedStates {
  readonly #space: ByteStore;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  set(id: number, state: StateName): void {
    const page = this.#page(id);
    const at = id % PAGE;
    const bytes = new Uint8Array(Math.max(page.length, at + 1));
    bytes.set(page);
    bytes[at] = CODES[state] ?? 0;
    this.#space.set(u32(Math.floor(id / PAGE)), bytes);
  }

  /** Numbers below `before` that were closed in `state`, highest first, `limit` at most. */
  newest(state: StateName, before: number, limit: number): number[] {
    const code = CODES[state];
    if (code === undefined) return [];
    const wanted = String.fromCharCode(code);
    const found: number[] = [];
    for (let id = before - 1; id >= 0 && found.length < limit; ) {
      const first = id - (id % PAGE);
      const states = binary(this.#page(id));
      // A native search: a loop in a canister costs a thousand times more.
      let at = states.lastIndexOf(wanted, id % PAGE);
      while (at >= 0 && found.length < limit) {
        found.push(first + at);
        at = at === 0 ? -1 : states.lastIndexOf(wanted, at - 1);
      }
      id = first - 1;
    }
    return found;
  }

  #page(id: number): Uint8Array {
    return this.#space.get(u32(Math.floor(id / PAGE))) ?? new Uint8Array();
  }
}
