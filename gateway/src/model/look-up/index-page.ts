import type { IndexedTransaction } from '../../peers/ledger-log.ts';
import { windowOf } from './window.ts';
import { isWanted, type Wanted } from './wanted.ts';

/** What a page of an account's transactions, newest first, says about a transfer. */
export type PageSight =
  | { readonly kind: 'found'; readonly block: bigint }
  | { readonly kind: 'absent' }
  /** Ask on from this transaction. */
  | { readonly kind: 'searching'; readonly start: bigint };

/** Looks for a transfer in a page of transactions. */
export function lookAtPage(page: readonly IndexedTransaction[], wanted: Wanted): PageSight {
  const { from } = windowOf(wanted);
  for (const { id, transaction } of page) {
    const { timestamp, transfer } = transaction;
    if (timestamp < from) return { kind: 'absent' };
    if (transfer === null) continue;
    const found = { ...transfer, createdAt: transfer.created_at_time };
    if (isWanted(found, wanted)) return { kind: 'found', block: id };
  }
  const last = page.at(-1);
  return last === undefined ? { kind: 'absent' } : { kind: 'searching', start: last.id };
}
