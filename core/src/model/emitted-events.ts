import { EmittedEvent } from '../factory/types.ts';
import {
  ascii,
  concat,
  readU32,
  readU64,
  stored,
  Table,
  u32,
  u64,
  type ByteStore,
} from '../store/index.ts';

/** Events kept of each contract; the next one takes the place of the oldest. */
export const KEPT_EVENTS = 20;

/**
 * The events of the domain that contracts told, the last {@link KEPT_EVENTS} of each, and how many there
 * were by name.
 *
 * Keys: `0 | contract` counts a contract's, `1 | contract | slot` holds one, `2 | name` counts a name's.
 */
export class EmittedEvents {
  readonly #space: ByteStore;
  readonly #events: Table<EmittedEvent>;

  constructor(space: ByteStore) {
    this.#space = space;
    this.#events = new Table(space, stored(1, EmittedEvent));
  }

  add(
    contract: number,
    event: { readonly name: string; readonly payload: Uint8Array },
    at: bigint,
  ) {
    const number = this.#total(contract);
    this.#events.set(slotKey(contract, number), { ...event, number, at });
    this.#space.set(totalKey(contract), u32(number + 1));
    this.#space.set(nameKey(event.name), u64(this.countOf(event.name) + 1n));
  }

  /** How many events of a name all contracts told. */
  countOf(name: string): bigint {
    const bytes = this.#space.get(nameKey(name));
    return bytes === null ? 0n : readU64(bytes);
  }

  /** A contract's events below `cursor`, newest first. */
  page(contract: number, cursor: number | null, limit: number) {
    const total = this.#total(contract);
    const oldest = Math.max(0, total - KEPT_EVENTS);
    const end = Math.max(oldest, Math.min(cursor ?? total, total));
    const begin = Math.max(oldest, end - limit);
    const events: EmittedEvent[] = [];
    for (let number = end - 1; number >= begin; number -= 1) {
      events.push(this.#events.get(slotKey(contract, number))!);
    }
    return { events, total, next: begin > oldest ? begin : null };
  }

  #total(contract: number): number {
    const bytes = this.#space.get(totalKey(contract));
    return bytes === null ? 0 : readU32(bytes);
  }
}

const totalKey = (contract: number) => concat(Uint8Array.of(0), u32(contract));
const slotKey = (contract: number, number: number) =>
  concat(Uint8Array.of(1), u32(contract), Uint8Array.of(number % KEPT_EVENTS));
const nameKey = (name: string) => concat(Uint8Array.of(2), ascii(name));
