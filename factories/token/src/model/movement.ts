import type { Account } from '../standards.ts';
import { MAX_AMOUNT } from './amount.ts';
import { genericErrors, type GenericRefusal } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { refuseRepetition, type RepetitionRefusal } from './request.ts';
import { encodeTransaction, type Call } from './transaction.ts';

/** A call that moves tokens between two accounts. */
export interface MovingCall extends Call {
  readonly from: Account;
  readonly to: Account;
}

/** A call as this ledger understands it. */
export interface Movement {
  /** From the minting account it mints, to the minting account it burns (ICRC-1, "Minting account"). */
  readonly operation: 'mint' | 'burn' | 'xfer';
  readonly call: MovingCall;
  /** The fee it costs: none to mint or burn. */
  readonly charge: bigint;
  /** Canonical bytes; `null` if an amount is beyond any account. */
  readonly encoded: Uint8Array | null;
}

/** Reads a call whose lengths were checked. */
export function planMovement(ledger: Ledger, call: MovingCall): Movement {
  const operation = ledger.isMinter(call.to)
    ? 'burn'
    : ledger.isMinter(call.from)
      ? 'mint'
      : 'xfer';
  const beyond = call.amount > MAX_AMOUNT || (call.fee !== null && call.fee > MAX_AMOUNT);
  return {
    operation,
    call,
    charge: operation === 'xfer' ? ledger.fee : 0n,
    encoded: beyond ? null : encodeTransaction(operation, call),
  };
}

/** Refuses by what the call says alone: fee, time, repetition, and minting to the minting account. */
export function refuseCall(
  ledger: Ledger,
  { operation, call, charge, encoded }: Movement,
  now: bigint,
):
  | { readonly BadFee: { readonly expected_fee: bigint } }
  | RepetitionRefusal
  | GenericRefusal
  | null {
  if (operation === 'burn' && ledger.isMinter(call.from)) return genericErrors.mintToMintingAccount;
  if (call.fee !== null && call.fee !== charge) return { BadFee: { expected_fee: charge } };
  return refuseRepetition(ledger, call.createdAt, encoded, now);
}

/**
 * Refuses a burn that is too small: less than the fee, or than the whole balance where that is less, so
 * that nothing is stranded; and never zero.
 *
 * @param balance what the account holds.
 */
export function refuseSmallBurn(
  ledger: Ledger,
  { operation, call }: Movement,
  balance: bigint,
): { readonly BadBurn: { readonly min_burn_amount: bigint } } | null {
  if (operation !== 'burn') return null;
  const dust = balance < ledger.fee ? balance : ledger.fee;
  const least = dust > 0n ? dust : 1n;
  return call.amount < least ? { BadBurn: { min_burn_amount: least } } : null;
}

/** Refuses what the account does not hold, or what would raise the supply above its maximum. */
export function refuseFunds(
  ledger: Ledger,
  { operation, call, charge }: Movement,
  balance: bigint,
): { readonly InsufficientFunds: { readonly balance: bigint } } | GenericRefusal | null {
  if (operation === 'mint') {
    return ledger.blocks.supply + call.amount > ledger.maxSupply ? genericErrors.maxSupply : null;
  }
  return balance < call.amount + charge ? { InsufficientFunds: { balance } } : null;
}

/**
 * Carries out a movement that nothing refused.
 *
 * Each account is read after the one before is written, so that one account in two places (a transfer to
 * oneself, a collector who transfers) needs no case of its own.
 *
 * @param from the key of the account it comes from.
 * @param balance what that account holds.
 * @returns the index of its block.
 */
export function settle(
  ledger: Ledger,
  { operation, call, charge, encoded }: Movement,
  from: Uint8Array,
  balance: bigint,
  now: bigint,
): bigint {
  if (encoded === null) throw new Error('A movement beyond any account was not refused');
  const { amount } = call;
  let { supply } = ledger.blocks;
  if (operation === 'mint') supply += amount;
  else if (amount + charge > 0n) ledger.balances.set(from, balance - amount - charge);
  if (operation === 'burn') supply -= amount;
  else ledger.balances.credit(ledger.balances.key(call.to), amount);
  if (charge > 0n) supply = ledger.collect(charge, supply);
  const block = { timestamp: now, fee: charge, transaction: encoded };
  return ledger.record(block, call.createdAt, supply);
}
