import { c, query, type Infer, type Schema } from '@fabrica/core/candid';

/*
 * The Candid types and methods of ICRC-3:
 * https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-3/ICRC-3.did
 */

/** What a block is made of: the generic type that every block of every ledger is a value of. */
export type Value =
  | { readonly Blob: Uint8Array }
  | { readonly Text: string }
  | { readonly Nat: bigint }
  | { readonly Int: bigint }
  | { readonly Array: readonly Value[] }
  | { readonly Map: readonly (readonly [string, Value])[] };

/** A {@link Value} as agents shape it. */
export type AgentBlock =
  | { Blob: Uint8Array | number[] }
  | { Text: string }
  | { Nat: bigint }
  | { Int: bigint }
  | { Array: AgentBlock[] }
  | { Map: [string, AgentBlock][] };

export const Value: Schema<Value, Value, AgentBlock> = c.named(
  'Value',
  c.rec<Value, AgentBlock>(() =>
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
export const BlockWithId = c.named('BlockWithId', c.record({ id: c.nat, block: Value }));
export type BlockWithId = Infer<typeof BlockWithId>;

/** A range of blocks: the index of the first, and how many. */
export const GetBlocksArgs = c.named('GetBlocksArgs', c.record({ start: c.nat, length: c.nat }));
export type GetBlocksArgs = Infer<typeof GetBlocksArgs>;

/** Most ranges of one `icrc3_get_blocks`. */
const Ranges = c.vec(GetBlocksArgs, { max: 100 });

/**
 * The blocks asked for that this canister holds, and where the others are. `log_length` counts the blocks
 * that can be read; the newest transactions follow within seconds.
 */
export const GetBlocksResult = c.named(
  'GetBlocksResult',
  c.record({
    log_length: c.nat,
    blocks: c.vec(BlockWithId),
    archived_blocks: c.vec(
      c.record({
        args: Ranges,
        callback: c.func([Ranges], [c.rec((): Schema => GetBlocksResult)], 'query'),
      }),
    ),
  }),
);

/** `from`: the last archive seen by the client, or none for the first archives. */
const GetArchivesArgs = c.named('GetArchivesArgs', c.record({ from: c.opt(c.principal) }));

/** An archive and the range of blocks it holds, both ends included. */
const Archive = c.record({ canister_id: c.principal, start: c.nat, end: c.nat });

/** The network's certificate, and a hash tree in CBOR with `last_block_index` and `last_block_hash`. */
export const DataCertificate = c.named(
  'DataCertificate',
  c.record({ certificate: c.blob, hash_tree: c.blob }),
);

/** A type of block by its name and the address of its description. */
const BlockType = c.record({ block_type: c.text, url: c.text });

export const icrc3Methods = {
  icrc3_get_blocks: query([Ranges], GetBlocksResult),
  icrc3_get_archives: query([GetArchivesArgs], c.vec(Archive)),
  icrc3_get_tip_certificate: query([], c.opt(DataCertificate)),
  icrc3_supported_block_types: query([], c.vec(BlockType)),
} as const;
