import { openMemory } from '@fabrica/core/canister';
import { keyspaces } from '@fabrica/core/store';

/** What lies where in the contract's stable memory. Append-only: numbers are part of the stored data. */
export const space = keyspaces(openMemory(), {
  identity: 0,
  outbox: 1,
  order: 2,
  members: 3,
  activity: 4,
});
