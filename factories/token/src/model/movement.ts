import { accountKey } from './account-key.ts';
import { MAX_AMOUNT } from './amount.ts';
import { genericErrors, type GenericRefusal } from './generic-errors.ts';
import type { Ledger } from './ledger.ts';
import { refuseRepetition, type RepetitionRefusal } from './request.ts';
import { encodeTransaction } from './transaction.ts';

/** What `icrc1_transfer` and `icrc2_transfer_from` ask for; accounts as given, in bytes. */
export interface MovementRequest {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly spender: Uint8Array | null;
  readonly amount: bigint;
  readonly fee: bigint | null;
  readonly memo: Uint8Array | null;
  readonly createdAt: bigint | null;
}

/** A request as this ledger understands it. */
export interface Movement {
  /** From the minting account it mints, to the minting account it burns (ICRC-1, "Minting account"). */
  readonly operation: 'mint' | 'burn' | 'xfer';
  /** Keys of the accounts. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  readonly amount: bigint;
  /** The fee it costs: none to mint or burn. */
  readonly charge: bigint;
  /** Canonical bytes; `null` if the amount is beyond any account. */
  readonly encoded: Uint8Array | null;
}

/** Reads a request whose lengths were checked. */
export function planMovement(ledger: Ledger, request: MovementRequest): Movement {
  const from = accountKey(request.from);
  const to = accountKey(request.to);
  const operation = ledger.isMinter(to) ? 'burn' : ledger.isMinter(from) ? 'mint' : 'xfer';
  const encoded =
    request.amount > MAX_AMOUNT || (request.fee !== null && request.fee > MAX_AMOUNT)
      ? null
      : encodeTransaction({ operation, ...request, expectedAllowance: null, expiresAt: null });
  const charge = operation === 'xfer' ? ledger.fee : 0n;
  return { operation, from, to, amount: request.amount, charge, encoded };
}

/** Refuses by what the call says alone: fee, time, repetition, and minting to the minting account. */
export function refuseCall(
  ledger: Ledger,
  { operation, from, charge, encoded }: Movement,
  { fee, createdAt }: MovementRequest,
  now: bigint,
):
  | { readonly BadFee: { readonly expected_fee: bigint } }
  | RepetitionRefusal
  | GenericRefusal
  | null {
  if (operation === 'burn' && ledger.isMinter(from)) return genericErrors.mintToMintingAccount;
  if (fee !== null && fee !== charge) return { BadFee: { expected_fee: charge } };
  return refuseRepetition(ledger, createdAt, encoded, now);
}

/**
 * Refuses a burn that is too small: less than the fee, or than the whole balance where that is less, so
 * that nothing is stranded; and never zero.
 *
 * @param balance what the account holds.
 */
export function refuseSmallBurn(
  ledger: Ledger,
  { operation, amount }: Movement,
  balance: bigint,
): { readonly BadBurn: { readonly min_burn_amount: bigint } } | null {
  if (operation !== 'burn') return null;
  const dust = balance < ledger.fee ? balance : ledger.fee;
  const least = dust > 0n ? dust : 1n;
  return amount < least ? { BadBurn: { min_burn_amount: least } } : null;
}

/** Refuses what the account does not hold, or what would raise the supply above its maximum. */
export function refuseFunds(
  ledger: Ledger,
  { operation, amount, charge }: Movement,
  balance: bigint,
): { readonly InsufficientFunds: { readonly balance: bigint } } | GenericRefusal | null {
  if (operation === 'mint') {
    return ledger.blocks.supply + amount > ledger.maxSupply ? genericErrors.maxSupply : null;
  }
  return balance < amount + charge ? { InsufficientFunds: { balance } } : null;
}

/**
 * Carries out a movement that nothing refused.
 *
 * Each account is read after the one before is written, so that one account in two places (a transfer to
 * oneself, a collector who transfers) needs no case of its own.
 *
 * @param balance what the account it comes from holds.
 * @returns the index of its block.
 */
export function settle(ledger: Ledger, movement: Movement, balance: bigint, now: bigint): bigint {
  const { operation, from, to, amount, charge, encoded } = movement;
  if (encoded === null) throw new Error('A movement beyond any account was not refused');
  let supply = ledger.blocks.supply;
  if (operation === 'mint') supply += amount;
  else if (amount + charge > 0n) ledger.balances.set(from, balance - amount - charge);
  if (operation === 'burn') supply -= amount;
  else ledger.balances.credit(to, amount);
  if (charge > 0n) supply = ledger.collect(charge, supply);
  return ledger.record({ timestamp: now, fee: charge, transaction: encoded }, supply);
}
