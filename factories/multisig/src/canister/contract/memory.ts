import { openMemory } from '@fabrica/core/canister';
import { keyspaces } from '@fabrica/core/store';

/** What lies where in the contract's stable memory. Append-only: numbers are part of the stored data. */
export const space = keyspaces(openMemory(), {
  identity: 0,
  outbox: 1,
  config: 2,
  register: 3,
  contents: 4,
  ballots: 5,
  closed: 6,
  usage: 7,
  activities: 8,
  assets: 9,
});
