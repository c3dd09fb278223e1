import { call, worker } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { SLICE } from '../../archive-schema.ts';
import { TokenContract } from '../../candid.ts';
import type { Archive } from '../../model/archive/archive-book.ts';
import { nextMove } from '../../model/archive/next-move.ts';
import { archives } from './archives.ts';
import { ledger, order } from './ledger.ts';
import { makeArchive } from './make-archive.ts';
import { sealed } from './memory.ts';
import { tendLater } from './tending.ts';

const { appendBlocks } = TokenContract.methods;

/** Seconds before what failed is tried again: doubles from the first to the last. */
const FIRST_RETRY = 10;
const LAST_RETRY = 3600;

let retry = FIRST_RETRY;

/** Moves the oldest blocks to archives: one slice, or one new archive, a run. */
const archiving = worker(async (context) => {
  const move = due();
  if (move.kind === 'rest') return null;
  const failure =
    move.kind === 'make'
      ? await makeArchive(move.start, context)
      : await fill(move.archive, move.from);
  archives.note(failure);
  retry = failure === null ? FIRST_RETRY : Math.min(retry * 2, LAST_RETRY);
  return failure === null ? 0 : retry;
});

function due() {
  const options = order.get().archive;
  return options === null
    ? ({ kind: 'rest' } as const)
    : nextMove(sealed, archives.archives, options);
}

/**
 * Has the archive take a slice, and forgets it here once the archive's hash says that it has the same blocks.
 * May be run again at any point: an archive leaves alone what it has.
 *
 * @returns why it failed, `null` if it did not.
 */
async function fill({ canister }: Archive, from: number): Promise<string | null> {
  const end = from + SLICE;
  const blocks = ledger().blocks.slice(from, SLICE);
  const told = await call(canister, appendBlocks, [
    { from, parent: sealed.parentOf(from), blocks },
  ]);
  if (!told.ok) return `The archive did not answer: ${told.failure.message}`;
  if ('Err' in told.value) return `The archive refused: ${told.value.Err.code}`;
  const { length, hash } = told.value.Ok;
  const ours = sealed.parentOf(end);
  if (length !== end || hash === null || ours === null || !equal(hash, ours)) {
    return `The archive holds other blocks, ${length} of them, than the ledger before block ${end}`;
  }
  sealed.drop(end);
  return null;
}

/** Has blocks moved, if there are more than the ledger keeps. */
export function archiveLater(): void {
  if (due().kind !== 'rest') archiving.wake();
}

/** Takes up archiving after an upgrade, which ends all timers. */
export function resumeArchiving(): void {
  archiveLater();
  tendLater();
}
