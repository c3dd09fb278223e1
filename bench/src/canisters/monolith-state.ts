import { bodyEncoder, c } from '@fabrica/core/candid';
import { concat, keyspaces, u32, type ByteStore } from '@fabrica/core/store';
import { MonolithRow } from './monolith-service.ts';

/** Bytes of a user's principal, which all of them have. */
export const USER_BYTES = 29;
/** Principals that a contract is listed under: its creator and two with an office. */
export const OFFICES = 3;
/** Where a stored contract's row begins: after the version and the principals. */
export const ROW_AT = 1 + OFFICES * USER_BYTES;

/** The keyspaces of the monolith. */
export const monolithSpaces = (store: ByteStore) =>
  keyspaces(store, { length: 0, contracts: 1, orders: 2, participants: 3, history: 4, trail: 5 });

/** A participant of a contract: a holder, recipient, voter or buyer, and how he stands. */
export const Participants = c.vec(
  c.record({ user: c.principal, amount: c.nat, claimed: c.nat, since: c.nat64 }),
  { max: 1_000 },
);

/** What happened in a contract. */
export const History = c.vec(
  c.record({ time: c.nat64, actor: c.principal, kind: c.text({ max: 16 }), amount: c.nat }),
  { max: 1_000 },
);

const encodeRow = bodyEncoder(MonolithRow);

/**
 * A contract as it is stored: the principals that it is looked for by first, at fixed places, so that looking
 * through all contracts compares bytes and decodes nothing.
 */
export function storedContract(offices: readonly Uint8Array[], row: MonolithRow): Uint8Array {
  return concat(Uint8Array.of(1), ...offices, encodeRow(row));
}

/** The key of a contract's parts. */
export const contractKey = (number: number): Uint8Array => u32(number);
