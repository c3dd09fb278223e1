import { call, worker, type Context } from '@fabrica/core/canister';
import { binary, equal } from '@fabrica/core/store';

import { emptyBook } from '../../model/orders/books.ts';
import {
  judge,
  solvencyBook,
  type SolvencyBook,
  type Verdict,
} from '../../model/orders/solvency.ts';
import type { SolvencyState } from '../../model/orders/solvency-record.ts';
import { Ledger } from '../../peers/ledger.ts';
import { gateway } from '../memory.ts';
import { inOwnLane } from './lanes.ts';
import { deliver } from './storages.ts';

/** Seconds between two looks at each ledger. */
const INTERVAL = 3_600;

/** A ledger's books beside what it says the gateway holds. */
export interface Found extends Verdict {
  readonly book: SolvencyBook;
  readonly held: bigint;
}

/** Ledgers that are being asked: one that keeps silent is asked once. */
const asked = new Set<string>();

/** Looks at every ledger in which there are books, for ever. What it finds is kept, and a lack raised as an alert. */
export const solvencyWatch = worker(() => {
  for (const { ledger } of gateway.journal.overview.books) {
    const name = binary(ledger);
    if (asked.has(name)) continue;
    asked.add(name);
    inOwnLane(async (context) => {
      try {
        await lookAt(ledger, context);
      } finally {
        asked.delete(name);
      }
    });
  }
  return INTERVAL;
});

/** The books of a ledger as they are public. */
export function bookOf(ledger: Uint8Array): SolvencyBook {
  const { books } = gateway.journal.overview;
  const book = books.find((known) => equal(known.ledger, ledger)) ?? emptyBook(ledger);
  return solvencyBook(book, gateway.treasury.outflow(ledger));
}

/** Asks a ledger what the gateway holds, and keeps what comes of it. @returns why, if it does not tell. */
export async function lookAt(ledger: Uint8Array, context: Context): Promise<Found | string> {
  const before = bookOf(ledger);
  const account = { owner: context.self, subaccount: null };
  const told = await call(ledger, Ledger.methods.icrc1_balance_of, [account]);
  if (!told.ok) return told.failure.message.slice(0, 300);
  const book = bookOf(ledger);
  const found: Found = { book, held: told.value, ...judge(before, book, told.value) };
  keep(found, context);
  return found;
}

/** Keeps the finding; tells the audit trail when it turns. */
function keep({ book: { ledger }, held, booked, solvent }: Found, { now, self }: Context): void {
  const states = gateway.solvency.get();
  const before = states.find((state) => equal(state.ledger, ledger));
  // A ledger in which there never were books has nothing to keep.
  if (before === undefined && booked === 0n) return;
  const turned = (before?.solvent ?? true) !== solvent;
  const since = turned || before === undefined ? now : before.since;
  const state: SolvencyState = { ledger, solvent, held, booked, checkedAt: now, since };
  gateway.solvency.set([...states.filter((other) => !equal(other.ledger, ledger)), state]);
  if (!turned) return;
  gateway.audit.push({
    time: now,
    actor: self,
    action: solvent ? 'solvency.restored' : 'solvency.lost',
    severity: solvent ? { Info: null } : { Critical: null },
    subject: null,
    reference: new Uint8Array(),
    contract: ledger,
    factory: '',
    detail: `held ${held}, booked ${booked}`.slice(0, 200),
  });
  deliver();
}
