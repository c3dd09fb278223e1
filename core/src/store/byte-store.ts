/**
 * The one storage shape that all rules are written against: an ordered-by-nothing map of bytes.
 *
 * In a canister it is the canister's single stable map ({@link file://../canister/ic/stable-map.ts});
 * in tests it is a {@link MemoryStore}. Range scans are left out on purpose: azle's stable map has none,
 * so every structure above must find its entries by key.
 *
 * A key is only lent: an implementation that keeps it must copy it.
 */
export interface ByteStore {
  /**
   * The value under `key`, or `null`; the caller may change what it gets. About 80,000 instructions in a
   * canister for values up to 1 KB, 150,000 at 8 KB.
   */
  get(key: Uint8Array): Uint8Array | null;
  /**
   * Writes a copy of `value` under a copy of `key`. About 170,000 instructions in a canister, and 33 for
   * each byte: keep small what is written often.
   */
  set(key: Uint8Array, value: Uint8Array): void;
  /**
   * Removes `key`; removing an absent key does nothing. About 160,000 instructions in a canister, a million
   * for a value of 12 KB.
   */
  delete(key: Uint8Array): void;
}
