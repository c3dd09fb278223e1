import { ok, type Result } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';

import { gatewayErrors } from '../errors.ts';
import { walk, type HistoryPage } from '../model/orders/history.ts';
import type { Order } from '../model/saga/order.ts';
import { gateway } from './memory.ts';
import { refuseOther, refusePage } from './guards.ts';

/** What a page is asked with. */
interface Asked {
  /** Oneself if `null`. */
  readonly user: Uint8Array | null;
  /** The page before gave it as `next`; `null` for the first page. */
  readonly cursor: number | null;
  readonly limit: number;
}

/** A page of what a user's orders gave, for himself and for administrators. */
export function history<T>(
  { user: named, cursor, limit }: Asked,
  context: Context,
  rowsOf: (order: Order) => readonly T[],
): Result<HistoryPage<T>> {
  const user = named ?? context.caller;
  const refused = refusePage(limit) ?? refuseOther(context, user);
  if (refused !== null) return refused;
  const from = cursor ?? gateway.users.get(user).latest;
  const page = walk(gateway.journal, { user, from, limit }, rowsOf);
  return page === null ? gatewayErrors.unknown_request() : ok(page);
}
