import type { Account } from '../standards.ts';
import { accountSize, MAX_ACCOUNT_BYTES, readAccount, writeAccount } from './account.ts';
import { amountSize, MAX_AMOUNT_BYTES, readAmount, writeAmount } from './amount.ts';

/** What a transaction does, by the names ICRC-3 gives the `op` field of its blocks. */
export type Operation = 'mint' | 'burn' | 'xfer' | 'approve';

/** Stored as the position in this list: append-only. */
const OPERATIONS: readonly Operation[] = ['mint', 'burn', 'xfer', 'approve'];

/**
 * A call as its caller gave it: everything an ICRC-3 block keeps of it, and everything that makes two calls
 * equal for deduplication. `null` is what the caller left out.
 */
export interface Call {
  /** `null` only for balances minted when the ledger was born, which nobody called for. */
  readonly from: Account | null;
  /** `null` for an approval. */
  readonly to: Account | null;
  /** The caller of `icrc2_transfer_from`, or who is approved. */
  readonly spender: Account | null;
  readonly amount: bigint;
  /** The fee the caller named, not the one charged. */
  readonly fee: bigint | null;
  readonly memo: Uint8Array | null;
  /** Nanoseconds since the epoch. */
  readonly createdAt: bigint | null;
  readonly expectedAllowance: bigint | null;
  /** Nanoseconds since the epoch. */
  readonly expiresAt: bigint | null;
}

/** A call, and what the ledger took it for. */
export interface Transaction {
  readonly operation: Operation;
  readonly call: Call;
}

const FROM = 1;
const TO = 2;
const SPENDER = 4;
const FEE = 8;
const MEMO = 16;
const CREATED_AT = 32;
const EXPECTED_ALLOWANCE = 64;
const EXPIRES_AT = 128;

/** Longest memo, in bytes; told to wallets by the metadata entry `icrc1:max_memo_length`. */
export const MAX_MEMO_LENGTH = 32;

/** Most bytes of {@link encodeTransaction}: everything given, every account with a subaccount. */
export const MAX_TRANSACTION_BYTES =
  2 + 3 * MAX_ACCOUNT_BYTES + 3 * MAX_AMOUNT_BYTES + 1 + MAX_MEMO_LENGTH + 2 * 8;

const scratch = new Uint8Array(MAX_TRANSACTION_BYTES);
const scratchView = new DataView(scratch.buffer);

/**
 * The one encoding of a transaction: operation, which fields are present, and the fields in the order of
 * {@link Call}. Equal bytes mean equal calls, so it is both what a block keeps and what deduplication looks
 * up.
 *
 * @param call amounts at most `MAX_AMOUNT`, the memo at most {@link MAX_MEMO_LENGTH}, subaccounts 32 bytes.
 */
export function encodeTransaction(operation: Operation, call: Call): Uint8Array {
  const { from, to, spender, fee, memo, createdAt, expectedAllowance, expiresAt } = call;
  let present = 0;
  let at = 2;
  if (from !== null) {
    present |= FROM;
    at = writeAccount(scratch, at, from);
  }
  if (to !== null) {
    present |= TO;
    at = writeAccount(scratch, at, to);
  }
  if (spender !== null) {
    present |= SPENDER;
    at = writeAccount(scratch, at, spender);
  }
  at = writeAmount(scratchView, at, call.amount);
  if (fee !== null) {
    present |= FEE;
    at = writeAmount(scratchView, at, fee);
  }
  if (memo !== null) {
    present |= MEMO;
    scratch[at] = memo.length;
    scratch.set(memo, at + 1);
    at += 1 + memo.length;
  }
  if (createdAt !== null) {
    present |= CREATED_AT;
    scratchView.setBigUint64(at, createdAt);
    at += 8;
  }
  if (expectedAllowance !== null) {
    present |= EXPECTED_ALLOWANCE;
    at = writeAmount(scratchView, at, expectedAllowance);
  }
  if (expiresAt !== null) {
    present |= EXPIRES_AT;
    scratchView.setBigUint64(at, expiresAt);
    at += 8;
  }
  scratch[0] = OPERATIONS.indexOf(operation);
  scratch[1] = present;
  return scratch.slice(0, at);
}

/** The transaction that {@link encodeTransaction} wrote. */
export function decodeTransaction(bytes: Uint8Array): Transaction {
  const operation = OPERATIONS[bytes[0]!];
  if (operation === undefined) throw new Error(`No reader for operation ${bytes[0]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const present = bytes[1]!;
  let at = 2;
  const has = (field: number): boolean => (present & field) !== 0;
  const take = (size: number): Uint8Array => bytes.slice(at, (at += size));
  const account = (): Account => {
    const value = readAccount(bytes, at);
    at += accountSize(value);
    return value;
  };
  const amount = (): bigint => {
    const value = readAmount(view, at);
    at += amountSize(value);
    return value;
  };
  const time = (): bigint => view.getBigUint64((at += 8) - 8);
  // The properties are read in this order, which is the order of the bytes.
  const call: Call = {
    from: has(FROM) ? account() : null,
    to: has(TO) ? account() : null,
    spender: has(SPENDER) ? account() : null,
    amount: amount(),
    fee: has(FEE) ? amount() : null,
    memo: has(MEMO) ? take(bytes[at++]!) : null,
    createdAt: has(CREATED_AT) ? time() : null,
    expectedAllowance: has(EXPECTED_ALLOWANCE) ? amount() : null,
    expiresAt: has(EXPIRES_AT) ? time() : null,
  };
  return { operation, call };
}

/** True if an encoded transaction names the time it was created, so that it is deduplicated. */
export function isDeduplicated(encoded: Uint8Array): boolean {
  return (encoded[1]! & CREATED_AT) !== 0;
}
