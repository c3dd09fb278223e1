import { readU32, u32, type ByteStore } from '../../store/index.ts';

/**
 * For each contract number the principals that have to do with it, densely numbered, so that their lists
 * can be refreshed in slices. How many there are is kept by the caller, in the contract's record.
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

  /** Appends a principal that is not in the list. @returns the new count. */
  add(contract: number, count: number, principal: Uint8Array): number {
    this.#put(contract, count, principal);
    return count + 1;
  }

  /** Removes a principal; the last one takes its place. @returns the new count. */
  remove(contract: number, count: number, principal: Uint8Array): number {
    const key = placeKey(contract, principal);
    const place = this.#space.get(key);
    if (place === null) return count;
    this.#space.delete(key);
    const last = count - 1;
    const index = readU32(place);
    if (index !== last) this.#put(contract, index, this.at(contract, last));
    return last;
  }

  /** True if the principal has to do with the contract. */
  has(contract: number, principal: Uint8Array): boolean {
    return this.#space.get(placeKey(contract, principal)) !== null;
  }

  /** @throws RangeError if the contract has no member at `index`. */
  at(contract: number, index: number): Uint8Array {
    const principal = this.#space.get(indexKey(contract, index));
    if (principal === null) throw new RangeError(`Contract ${contract} has no member ${index}`);
    return principal;
  }

  #put(contract: number, index: number, principal: Uint8Array): void {
    this.#space.set(indexKey(contract, index), principal);
    this.#space.set(placeKey(contract, principal), u32(index));
  }
}

function indexKey(contract: number, index: number): Uint8Array {
  const key = new Uint8Array(9);
  const view = new DataView(key.buffer);
  view.setUint32(1, contract);
  view.setUint32(5, index);
  return key;
}

function placeKey(contract: number, principal: Uint8Array): Uint8Array {
  const key = new Uint8Array(5 + principal.length);
  key[0] = 1;
  new DataView(key.buffer).setUint32(1, contract);
  key.set(principal, 5);
  return key;
}
