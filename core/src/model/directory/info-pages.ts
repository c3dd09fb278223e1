import { u32, type ByteStore } from '../../store/index.ts';

/**
 * Contracts in one value. The stable map gives each entry a share of a kilobyte, so rows kept alone would take
 * twice their length; more in one would cost more to rewrite when one of them changes.
 */
const GROUP = 16;
const VERSION = 1;
const HEADER = 2;

/**
 * What is told of contracts, as Candid bodies by contract number: `number / 16` ->
 * `version u8 | count u8 | count x end u16 | bodies`, ends counted from the first body, big-endian.
 */
export class InfoPages {
  readonly #space: ByteStore;
  /** The page used last: lists and checks go from contract to contract. Rolled back with stable memory. */
  #group = -1;
  #page: Uint8Array | null = null;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** A contract's body, over bytes that must not be changed. @throws RangeError if there is no such contract. */
  at(number: number): Uint8Array {
    const page = this.#read(Math.floor(number / GROUP));
    const at = number % GROUP;
    if (page === null || at >= page[1]!) throw new RangeError(`No contract ${number}`);
    const bodies = HEADER + 2 * page[1]!;
    return page.subarray(bodies + endOf(page, at - 1), bodies + endOf(page, at));
  }

  /** Writes a contract's body: another one for a contract that is there, or that of the next contract. */
  put(number: number, body: Uint8Array): void {
    const group = Math.floor(number / GROUP);
    const page = this.#read(group) ?? Uint8Array.of(VERSION, 0);
    const at = number % GROUP;
    const count = page[1]!;
    if (at > count) throw new RangeError(`Contract ${number} would leave a gap`);
    const bodies = HEADER + 2 * count;
    const start = endOf(page, at - 1);
    const end = at === count ? start : endOf(page, at);
    const grows = body.length - (end - start);
    const added = at === count ? 2 : 0;

    const next = new Uint8Array(page.length + added + grows);
    next.set(page.subarray(0, bodies));
    next.set(page.subarray(bodies, bodies + start), bodies + added);
    next.set(body, bodies + added + start);
    next.set(page.subarray(bodies + end), bodies + added + start + body.length);
    if (added > 0) {
      next[1] = count + 1;
      setEnd(next, at, start + body.length);
    } else if (grows !== 0) {
      for (let index = at; index < count; index += 1)
        setEnd(next, index, endOf(page, index) + grows);
    }
    this.#space.set(u32(group), next);
    this.#group = group;
    this.#page = next;
  }

  #read(group: number): Uint8Array | null {
    if (group !== this.#group) {
      const page = this.#space.get(u32(group));
      if (page !== null && page[0] !== VERSION) {
        throw new Error(`No reader for version ${page[0]} of a page of contracts`);
      }
      this.#group = group;
      this.#page = page;
    }
    return this.#page;
  }
}

function endOf(page: Uint8Array, index: number): number {
  if (index < 0) return 0;
  const at = HEADER + 2 * index;
  return (page[at]! << 8) | page[at + 1]!;
}

function setEnd(page: Uint8Array, index: number, end: number): void {
  const at = HEADER + 2 * index;
  page[at] = end >>> 8;
  page[at + 1] = end;
}
