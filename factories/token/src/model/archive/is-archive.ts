import type { TokenInit } from '../../order-schema.ts';

/** The order that makes a canister with the ledger's module an archive: one of which no token can ever come. */
export function archiveOrder(order: TokenInit): TokenInit {
  return { ...order, initialBalances: [], minter: null };
}

/** True for what {@link archiveOrder} makes. No factory takes such an order (`token.no_supply`). */
export function isArchive({ initialBalances, minter }: TokenInit): boolean {
  return minter === null && initialBalances.length === 0;
}
