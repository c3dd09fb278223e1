/**
 * The one storage shape that all rules are written against: an ordered-by-nothing map of bytes.
 *
 * In a canister it is the canister's single stable map ({@link file://../canister/ic/stable-map.ts});
 * in tests it is a {@link MemoryStore}. Range scans are left out on purpose: azle's stable map has none,
 * so every structure above must find its entries by key.
 */
export interface ByteStore {
  /** The value under `key`, or `null`. About 50,000 instructions in a canister, whatever its size. */
  get(key: Uint8Array): Uint8Array | null;
  /** Writes `value` under `key`. About 110,000 instructions in a canister. */
  set(key: Uint8Array, value: Uint8Array): void;
  /** Removes `key`; removing an absent key does nothing. About 130,000 instructions in a canister. */
  delete(key: Uint8Array): void;
}
