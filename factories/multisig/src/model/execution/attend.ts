import type { Moment } from '../moment.ts';
import { isOpen } from '../proposals/ballot.ts';
import { dueOf, LEASE, touch } from '../proposals/keep.ts';
import { DAY, dayOf } from '../time.ts';
import type { Wallet } from '../wallet.ts';
import { begin } from './begin.ts';

/** Proposals looked at in one message: about 20 M instructions. */
const BATCH = 20;

/** What the wallet has to do by itself. */
export interface Agenda {
  /** Proposals to execute, or to go on executing. */
  readonly run: readonly number[];
  /** When something is due next, in nanoseconds since the epoch; `null` if nothing is. */
  readonly next: bigint | null;
}

/** Settles what is due: lets proposals expire and ripen, and names those to be executed. */
export function attend(wallet: Wallet, now: bigint): Agenda {
  const due = wallet.register.entries().filter((entry) => entry.due <= now);
  const run: number[] = [];
  for (const { id } of due.slice(0, BATCH)) {
    const touched = touch(wallet, id, now);
    if ('Err' in touched) throw new Error(`Proposal ${id} is open and unknown`);
    const ballot = touched.Ok;
    const { state, autoExecute } = ballot;
    if ('Executing' in state || ('Approved' in state && autoExecute)) {
      run.push(id);
      // Should the message that runs it be lost, it is found again.
      wallet.register.setDue(id, now + LEASE);
    } else if (isOpen(state)) {
      wallet.register.setDue(id, dueOf(ballot, now));
    }
  }
  const times = wallet.register.entries().map((entry) => entry.due);
  return { run, next: times.reduce<bigint | null>(earlier, null) };
}

/** Begins a proposal whose time has come. @returns false if it cannot be begun now. */
export function beginDue(wallet: Wallet, id: number, moment: Moment): boolean {
  const begun = begin(wallet, id, null, moment);
  if ('Ok' in begun) return true;
  const ballot = wallet.ballot(id);
  if (ballot === null || !('Approved' in ballot.state)) return false;
  const { code } = begun.Err;
  wallet.note({ ExecutionRefused: code }, null, moment.now, id);
  // A spent daily limit is there again tomorrow; all else waits for a change of the wallet or a signer.
  const tomorrow = BigInt(dayOf(moment.now) + 1) * DAY;
  const expiry = dueOf({ ...ballot, autoExecute: false }, moment.now);
  const again = code === 'multisig.limit_per_day' && tomorrow < expiry ? tomorrow : expiry;
  wallet.register.setDue(id, again);
  return false;
}

function earlier(one: bigint | null, other: bigint): bigint {
  return one === null || other < one ? other : one;
}
