import type { Principal } from '@dfinity/principal';
import { encoder, type Infer } from '@fabrica/core/candid';
import { TokenInit } from '@fabrica/token';

/** What a token order's one holder gets. */
export const SUPPLY = 1_000_000_00000000n;

const encodeOrder = encoder([TokenInit]);

/** A token order that is in order, but for the changes: all supply to `holder`. */
export function tokenOrder(
  holder: Principal,
  changes: Partial<Infer<typeof TokenInit>> = {},
): Uint8Array {
  const account = { owner: holder.toUint8Array(), subaccount: null };
  return encodeOrder([
    {
      name: 'Golden Ticket',
      symbol: 'GOLD',
      decimals: 8,
      fee: 10_000n,
      logo: null,
      initialBalances: [{ account, amount: SUPPLY }],
      maxSupply: null,
      minter: null,
      feeCollector: null,
      description: null,
      website: null,
      pauser: null,
      archive: null,
      ...changes,
    },
  ]);
}

/** A requestId from a word that tells one order of a test from another. */
export function requestIdOf(word: string): Uint8Array {
  return new TextEncoder().encode(word);
}

/** Argument of the gateway's `createContract`, paid in its own ledger. */
export function orderOf(
  args: Uint8Array,
  { factory = 'token', requestId }: { factory?: string; requestId?: Uint8Array } = {},
) {
  const id: [] | [Uint8Array] = requestId === undefined ? [] : [requestId];
  return { factory, args, requestId: id, ledger: [] as [] };
}
