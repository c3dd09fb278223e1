import type { Value } from '../../icrc3-schema.ts';
import type { Account } from '../../standards.ts';
import type { Block } from '../block-log.ts';
import { decodeTransaction } from '../transaction.ts';

type Field = readonly [string, Value];

/**
 * A block as ICRC-3 shows it, in the schema of ICRC-1 and ICRC-2 blocks: what the caller gave stands in
 * `tx`, and the fee that was charged beside it if the caller named none. Mints and burns cost none.
 * https://github.com/dfinity/ICRC-1/blob/main/standards/ICRC-3/README.md#icrc-1-and-icrc-2-block-schema
 *
 * @param parent the hash of the block before; `null` for the first.
 */
export function blockValue(
  { timestamp, fee, transaction }: Block,
  parent: Uint8Array | null,
): Value {
  const { operation, call } = decodeTransaction(transaction);
  const moves = operation === 'xfer' || operation === 'approve';
  const tx: Field[] = [['op', { Text: operation }]];
  if (call.from !== null && operation !== 'mint') tx.push(['from', accountValue(call.from)]);
  if (call.to !== null && operation !== 'burn') tx.push(['to', accountValue(call.to)]);
  if (call.spender !== null) tx.push(['spender', accountValue(call.spender)]);
  tx.push(['amt', { Nat: call.amount }]);
  if (call.fee !== null && moves) tx.push(['fee', { Nat: call.fee }]);
  if (call.memo !== null) tx.push(['memo', { Blob: call.memo }]);
  if (call.createdAt !== null) tx.push(['ts', { Nat: call.createdAt }]);
  if (call.expectedAllowance !== null) {
    tx.push(['expected_allowance', { Nat: call.expectedAllowance }]);
  }
  if (call.expiresAt !== null) tx.push(['expires_at', { Nat: call.expiresAt }]);

  const block: Field[] = [];
  if (parent !== null) block.push(['phash', { Blob: parent }]);
  if (call.fee === null && moves) block.push(['fee', { Nat: fee }]);
  block.push(['ts', { Nat: timestamp }], ['tx', { Map: tx }]);
  return { Map: block };
}

/** An account as ICRC-3 writes it: the owner, and the subaccount if the caller named one. */
function accountValue({ owner, subaccount }: Account): Value {
  const items: Value[] = [{ Blob: owner }];
  if (subaccount !== null) items.push({ Blob: subaccount });
  return { Array: items };
}
