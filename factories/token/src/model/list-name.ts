import { concat } from '@fabrica/core/store';

/** The name of a principal's list among `SortedKeys`: its length first, so that no name begins another. */
export function listName(owner: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(owner.length), owner);
}
