import type { Account } from '../../peers/account.ts';
import type { Value } from '../../peers/ledger-log.ts';
import type { Found } from './wanted.ts';

/** What is read of a block. */
export interface Seen {
  /** When the ledger made it, in nanoseconds. */
  readonly at: bigint;
  /** The transfer it records; `null` if it records something else. */
  readonly transfer: Found | null;
}

/**
 * Reads a block in the schema of ICRC-1 and ICRC-2 blocks, whose kind stands in `btype` or in `tx.op`.
 * https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-3/README.md#icrc-1-and-icrc-2-block-schema
 *
 * @returns `null` for a block without a time, which no such block is.
 */
export function readBlock(block: Value): Seen | null {
  const at = natOf(field(block, 'ts'));
  if (at === null) return null;
  const tx = field(block, 'tx');
  const kind = textOf(field(block, 'btype')) ?? textOf(field(tx, 'op'));
  const moves = kind === 'xfer' || kind === '1xfer' || kind === '2xfer';
  return { at, transfer: moves ? transferOf(tx) : null };
}

function transferOf(tx: Value | undefined): Found | null {
  const from = accountOf(field(tx, 'from'));
  const to = accountOf(field(tx, 'to'));
  const amount = natOf(field(tx, 'amt'));
  if (from === null || to === null || amount === null) return null;
  return {
    from,
    to,
    spender: accountOf(field(tx, 'spender')),
    amount,
    memo: blobOf(field(tx, 'memo')),
    createdAt: natOf(field(tx, 'ts')),
  };
}

function field(value: Value | undefined, name: string): Value | undefined {
  if (value === undefined || !('Map' in value)) return undefined;
  return value.Map.find(([key]) => key === name)?.[1];
}

function natOf(value: Value | undefined): bigint | null {
  return value !== undefined && 'Nat' in value ? value.Nat : null;
}

function textOf(value: Value | undefined): string | null {
  return value !== undefined && 'Text' in value ? value.Text : null;
}

function blobOf(value: Value | undefined): Uint8Array | null {
  return value !== undefined && 'Blob' in value ? value.Blob : null;
}

/** An account as ICRC-3 writes it: the owner, and the subaccount if it is not the default one. */
function accountOf(value: Value | undefined): Account | null {
  if (value === undefined || !('Array' in value)) return null;
  const [first, second] = value.Array;
  const owner = blobOf(first);
  return owner === null ? null : { owner, subaccount: blobOf(second) };
}
