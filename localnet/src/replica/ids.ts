import { Principal } from '@dfinity/principal';

/** The management canister's id, `aaaaa-aa`: also the caller of timers and heartbeats. */
export const MANAGEMENT_ID = new Uint8Array(0);

/** The anonymous principal, `2vxsx-fae`. */
export const ANONYMOUS_ID = Uint8Array.of(4);

/** A principal as a map key (lower-case hex). */
export function keyOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.byteLength).toString('hex');
}

/** A principal in its textual form. */
export function textOf(id: Uint8Array): string {
  return Principal.fromUint8Array(id).toText();
}

/** Whether two byte strings are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

/** The canister id with this number: 8 bytes big-endian, then 01 01. */
export function canisterId(index: bigint): Uint8Array {
  const id = new Uint8Array(10);
  new DataView(id.buffer).setBigUint64(0, index);
  id[8] = 1;
  id[9] = 1;
  return id;
}

/** The number in a canister id, or null if it is not one. */
export function canisterIndex(id: Uint8Array): bigint | null {
  if (id.length !== 10 || id[8] !== 1 || id[9] !== 1) return null;
  return new DataView(id.buffer, id.byteOffset).getBigUint64(0);
}
