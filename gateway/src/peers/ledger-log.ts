import { c, query, service, type Infer, type Schema } from '@fabrica/core/candid';

import { Account } from './account.ts';

/*
 * What the gateway calls to find a transfer among a ledger's blocks, if the ledger says that it offers it.
 */

/** A block's content in ICRC-3: https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-3/README.md */
export type Value =
  | { readonly Blob: Uint8Array }
  | { readonly Text: string }
  | { readonly Nat: bigint }
  | { readonly Int: bigint }
  | { readonly Array: readonly Value[] }
  | { readonly Map: readonly (readonly [string, Value])[] };

const Value: Schema<Value, Value> = c.named(
  'Value',
  c.rec<Value>(() =>
    c.variant({
      Blob: c.blob,
      Text: c.text,
      Nat: c.nat,
      Int: c.int,
      Array: c.vec(Value),
      Map: c.vec(c.tuple(c.text, Value)),
    }),
  ),
);

/** A block and its index. */
const BlockWithId = c.record({ id: c.nat, block: Value });
export type BlockWithId = Infer<typeof BlockWithId>;

const Ranges = c.vec(c.record({ start: c.nat, length: c.nat }), { max: 100 });

/** Blocks, and where those are that were asked for and lie in archives. */
const Blocks = c.named(
  'GetBlocksResult',
  c.record({
    log_length: c.nat,
    blocks: c.vec(BlockWithId),
    archived_blocks: c.vec(
      c.record({
        args: Ranges,
        callback: c.func([Ranges], [c.rec((): Schema => Blocks)], 'query'),
      }),
    ),
  }),
);
export type Blocks = Infer<typeof Blocks>;

/** A transaction as an index tells it: of its kinds, transfers alone are read. */
const IndexedTransaction = c.record({
  id: c.nat,
  transaction: c.record({
    timestamp: c.nat64,
    transfer: c.opt(
      c.record({
        from: Account,
        to: Account,
        spender: c.opt(Account),
        amount: c.nat,
        memo: c.opt(c.blob),
        created_at_time: c.opt(c.nat64),
      }),
    ),
  }),
});
export type IndexedTransaction = Infer<typeof IndexedTransaction>;

/** A ledger, or an archive of it, by its blocks. */
export const LedgerLog = service('LedgerLog', {
  icrc1_supported_standards: query([], c.vec(c.record({ name: c.text }), { max: 200 })),
  icrc3_get_blocks: query([Ranges], Blocks),
  /** ICRC-106: the index of the ledger. */
  icrc106_get_index_principal: query([], c.variant({ Ok: c.principal, Err: c.reserved })),
});

/** The index of a ledger, with the interface that wallets use (DFINITY's index-ng). */
export const LedgerIndex = service('LedgerIndex', {
  /** Newest first; `start` is the last one seen. */
  get_account_transactions: query(
    [c.record({ account: Account, start: c.opt(c.nat), max_results: c.nat })],
    c.result(c.record({ transactions: c.vec(IndexedTransaction) }), c.record({ message: c.text })),
  ),
  status: query([], c.record({ num_blocks_synced: c.nat })),
});
