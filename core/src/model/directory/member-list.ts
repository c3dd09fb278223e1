import { concat, equal, readU32, u32, type ByteStore } from '../../store/index.ts';

/** A contract whose members are listed; its record is one. */
export interface Membered {
  readonly number: number;
  /** How many members it has. */
  members: number;
  /** The first of them, {@link INLINE} at most, each after its length; the list may change these bytes. */
  firstMembers: Uint8Array;
}

/** Members that a contract's record holds itself: most contracts have no more. */
export const INLINE = 6;

/**
 * For each contract the principals that have to do with it, densely numbered, so that their lists can be
 * refreshed in slices. The first stand in the contract's record, which the caller writes; the others here.
 *
 * Keys: `0 | contract | index` holds a principal, `1 | contract | principal` its index. What stands at the
 * count and beyond is left over and means nothing: the next member overwrites it, and a deletion would
 * cost as much as everything else that a removal does here.
 */
export class MemberList {
  readonly #space: ByteStore;

  constructor(space: ByteStore) {
    this.#space = space;
  }

  /** Appends a principal that is not in the list. */
  add(of: Membered, principal: Uint8Array): void {
    if (of.members < INLINE) of.firstMembers = concat(of.firstMembers, entryOf(principal));
    else this.#put(of.number, of.members, principal);
    of.members += 1;
  }

  /** Removes a principal. The last one takes its place, or the others move up, if all are in the record. */
  remove(of: Membered, principal: Uint8Array): void {
    const start = find(of.firstMembers, principal);
    const last = of.members - 1;
    if (start >= 0) {
      const { firstMembers: all } = of;
      const end = after(all, start);
      if (last >= INLINE) {
        const mover = this.at(of, last);
        this.#space.delete(placeKey(of.number, mover));
        of.firstMembers = concat(all.subarray(0, start), entryOf(mover), all.subarray(end));
      } else {
        all.copyWithin(start, end);
        of.firstMembers = all.subarray(0, all.length - (end - start));
      }
    } else {
      const key = placeKey(of.number, principal);
      const place = last < INLINE ? null : this.#space.get(key);
      if (place === null) return;
      this.#space.delete(key);
      const index = readU32(place);
      if (index !== last) this.#put(of.number, index, this.at(of, last));
    }
    of.members = last;
  }

  /** True if the principal has to do with the contract. */
  has(of: Membered, principal: Uint8Array): boolean {
    if (find(of.firstMembers, principal) >= 0) return true;
    return of.members > INLINE && this.#space.get(placeKey(of.number, principal)) !== null;
  }

  /** @throws RangeError if the contract has no member at `index`. */
  at({ number, firstMembers }: Membered, index: number): Uint8Array {
    if (index < INLINE) {
      let start = 0;
      for (let before = 0; before < index; before += 1) start = after(firstMembers, start);
      if (start < firstMembers.length) {
        return firstMembers.slice(start + 1, after(firstMembers, start));
      }
    }
    const principal = index < INLINE ? null : this.#space.get(indexKey(number, index));
    if (principal === null) throw new RangeError(`Contract ${number} has no member ${index}`);
    return principal;
  }

  #put(contract: number, index: number, principal: Uint8Array): void {
    this.#space.set(indexKey(contract, index), principal);
    this.#space.set(placeKey(contract, principal), u32(index));
  }
}

/** A principal after its length. */
function entryOf(principal: Uint8Array): Uint8Array {
  const entry = new Uint8Array(principal.length + 1);
  entry[0] = principal.length;
  entry.set(principal, 1);
  return entry;
}

/** Where the entry after the one at `start` begins. */
function after(entries: Uint8Array, start: number): number {
  return start + 1 + (entries[start] ?? 0);
}

/** Where a principal's entry begins; -1 if it has none. Most differ in the first byte. */
function find(entries: Uint8Array, principal: Uint8Array): number {
  const { length } = principal;
  for (let start = 0; start < entries.length; start = after(entries, start)) {
    if (entries[start] !== length) continue;
    if (length > 0 && entries[start + 1] !== principal[0]) continue;
    if (equal(entries.subarray(start + 1, start + 1 + length), principal)) return start;
  }
  return -1;
}

function indexKey(contract: number, index: number): Uint8Array {
  return concat(Uint8Array.of(0), u32(contract), u32(index));
}

function placeKey(contract: number, principal: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(1), u32(contract), principal);
}
