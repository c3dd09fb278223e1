/** A figure of somebody else's, read beside ours. */
export interface Peer {
  readonly name: string;
  readonly instructions: number;
}

/**
 * Published by DFINITY for its ICRC ledger in Rust: `canbench_u64.yml` of `rs/ledger_suite/icrc1/ledger`,
 * 10,000 calls together, divided. Candid and the base of a message are not in it.
 */
const RUST_LEDGER = { transfer: 1_230_000, approve: 1_850_000, 'transfer-from': 2_060_000 };

/** Which measured figures of peers stand beside which of ours; the first is the one that results name. */
const MEASURED: Readonly<Record<string, readonly string[]>> = {
  'core.trivial-query': ['motoko.trivial-query', 'azle.trivial-query'],
  'core.trivial-update': ['motoko.trivial-update', 'azle.trivial-update'],
  'core.my-contracts-1000': ['azle.my-contracts-1000'],
  'core.my-contracts-100000': ['motoko.my-contracts-100000'],
  'core.my-contracts-of-10000': ['motoko.my-contracts-of-10000'],
  'core.index-add-10': ['azle.index-add-50'],
  'core.index-add-10000': ['motoko.index-add-10000'],
  'gateway.stable-bytes-10000': ['monolith.stable-bytes-10000'],
  'gateway.dashboard-10000': ['monolith.dashboard-10000'],
};

/** The peers of a figure, as far as they were measured or published. */
export function peersOf(name: string, measured: ReadonlyMap<string, number>): Peer[] {
  const found = (MEASURED[name] ?? []).flatMap((peer) => {
    const instructions = measured.get(peer);
    return instructions === undefined ? [] : [{ name: peer, instructions }];
  });
  const call = /^token\.(transfer|approve|transfer-from)-full-/.exec(name)?.[1];
  if (call === undefined) return found;
  const instructions = RUST_LEDGER[call as keyof typeof RUST_LEDGER];
  return [...found, { name: `dfinity-icrc-ledger.${call} (published)`, instructions }];
}
