import { concat, readU32, readU64, u32, u64, type ByteStore } from '../../store/index.ts';

/** A change of somebody's roles in a contract. */
export interface RoleChange {
  /** Number of the contract. */
  readonly contract: number;
  readonly user: Uint8Array;
  /** Roles before and from then on, as bits. */
  readonly before: number;
  readonly roles: number;
  /** Nanoseconds since the epoch. */
  readonly at: bigint;
}

/** `contract u32 | before u8 | roles u8 | at u64 | user`. */
const BEFORE_AT = 4;
const ROLES_AT = 5;
const TIME_AT = 6;
const USER_AT = 14;

/**
 * Changes of roles in their order, from number `head` on without gaps. One write for each: where the log ends
 * is not written down but found, by looking, when it is first needed after an upgrade.
 */
export class ChangeLog {
  readonly #space: ByteStore;
  #end: number | undefined;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** The number of the next change. @param head a number that is in the log, or its end. */
  end(head: number): number {
    if (this.#end === undefined) {
      let step = 1;
      while (this.#has(head + step - 1)) step *= 2;
      let [low, high] = [head + (step >> 1), head + step - 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (this.#has(middle)) low = middle + 1;
        else high = middle;
      }
      this.#end = low;
    }
    return this.#end;
  }

  append(head: number, { contract, before, roles, at, user }: RoleChange): void {
    const end = this.end(head);
    const bytes = concat(u32(contract), Uint8Array.of(before, roles), u64(at), user);
    this.#space.set(u32(end), bytes);
    this.#end = end + 1;
  }

  /** @throws RangeError if there is none with this number. */
  at(number: number): RoleChange {
    const bytes = this.#space.get(u32(number));
    if (bytes === null) throw new RangeError(`No change ${number}`);
    return {
      contract: readU32(bytes),
      before: bytes[BEFORE_AT]!,
      roles: bytes[ROLES_AT]!,
      at: readU64(bytes, TIME_AT),
      user: bytes.slice(USER_AT),
    };
  }

  delete(number: number): void {
    this.#space.delete(u32(number));
  }

  #has(number: number): boolean {
    return this.#space.get(u32(number)) !== null;
  }
}
