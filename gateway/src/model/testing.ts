import { c, decoder, encoder, type Schema } from '@fabrica/core/candid';
import { MemoryStore } from '@fabrica/core/store';

import { openGateway, type Gateway } from './gateway.ts';
import type { Draft } from './orders/journal.ts';
import type { Batch } from './outbox/outbox.ts';

/** Nanoseconds in a second. */
export const SECOND = 1_000_000_000n;
/** A time to begin tests at: in 2026. */
export const START = 1_780_000_000n * SECOND;

/** A principal of user `n`, as long as self-authenticating ones are. */
export function user(n: number): Uint8Array {
  const principal = new Uint8Array(29).fill(n);
  principal[28] = 2;
  return principal;
}

/** A canister's principal. */
export function canisterId(n: number): Uint8Array {
  return Uint8Array.of(0, 0, 0, 0, 0, 0, 0, n, 1, 1);
}

/** An empty gateway and the store under it. */
export function emptyGateway(): { readonly store: MemoryStore; readonly gateway: Gateway } {
  const store = new MemoryStore();
  return { store, gateway: openGateway(store) };
}

/** A draft of an order as tests begin with; `changes` on top. */
export function draft(changes: Partial<Draft> = {}): Draft {
  return {
    requestId: null,
    caller: user(1),
    factory: 'token',
    factoryCanister: canisterId(2),
    ledger: canisterId(3),
    price: 100_000_000n,
    ledgerFee: 10_000n,
    args: new Uint8Array(300).fill(7),
    ...changes,
  };
}

/** The entries of a batch, as its receiver reads them. */
export function entriesOf<T>(batch: Batch<T>, schema: Schema<T, unknown>): readonly T[] {
  const args = [c.vec(schema)] as const;
  const decoded = decoder(args)(encoder(args)([batch.entries] as never));
  if (!decoded.ok) throw new Error(decoded.reason);
  return decoded.values[0] as readonly T[];
}
