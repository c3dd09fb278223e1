import { call, worker } from '@fabrica/core/canister';

import { TokenContract } from '../../candid.ts';
import { archives } from './archives.ts';
import { depositCycles, MANAGEMENT } from './platform.ts';

/** Cycles that a ledger keeps for itself, whatever its archives need: more than its factory tops it up to keep. */
export const OWN_RESERVE = 500_000_000_000n;
/** An archive that has less is given as much: months of existing. */
const ARCHIVE_LOW = 100_000_000_000n;
const DAY = 86_400;

const { appendBlocks } = TokenContract.methods;
let next = 0;

/** Once a day asks each archive, one a run, what it lives on, and gives to those that have little. */
const tending = worker(async (context) => {
  const archive = archives.archives[next];
  if (archive === undefined) {
    next = 0;
    return archives.archives.length === 0 ? null : DAY;
  }
  next += 1;
  const { canister } = archive;
  const told = await call(canister, appendBlocks, [{ from: 0, parent: null, blocks: [] }]);
  // One that does not answer may be frozen: it is given cycles as one that has none.
  const cycles = told.ok && 'Ok' in told.value ? told.value.Ok.cycles : 0n;
  if (cycles >= ARCHIVE_LOW) return 0;
  if (context.cyclesBalance < ARCHIVE_LOW + OWN_RESERVE) {
    archives.note('An archive needs cycles, and the ledger has none to spare');
    return 0;
  }
  const given = { cycles: ARCHIVE_LOW };
  const sent = await call(MANAGEMENT, depositCycles, [{ canister_id: canister }], given);
  if (!sent.ok) archives.note(`An archive could not be given cycles: ${sent.failure.message}`);
  return 0;
});

/** Has the archives looked after within a day. */
export function tendLater(): void {
  tending.wake(DAY);
}
