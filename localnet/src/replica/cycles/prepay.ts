import { rejection, type Rejection } from '../errors/rejection.ts';
import type { Canister } from '../state/canister.ts';
import { memoryUsage } from '../state/memory-usage.ts';
import { executionCost, freezingThreshold } from './costs.ts';

/** What a canister paid in advance for an execution. */
export interface Prepaid {
  readonly canister: Canister;
  readonly amount: bigint;
}

/**
 * Takes the cost of the longest execution from the balance, or says why it cannot: the balance
 * would fall under the freezing threshold.
 * @param caller Controllers are told how much is missing.
 */
export function prepay(
  canister: Canister,
  limit: number,
  caller: Uint8Array,
): Prepaid | { readonly refused: Rejection } {
  const memory64 = canister.code?.heap.module.memory64 ?? false;
  const amount = executionCost(canister.subnet, limit, memory64);
  const refused = withdraw(canister, amount, caller);
  return refused ? { refused } : { canister, amount };
}

/** Gives back what the execution did not use. */
export function refundUnused({ canister, amount }: Prepaid, instructions: number): void {
  const memory64 = canister.code?.heap.module.memory64 ?? false;
  const used = executionCost(canister.subnet, instructions, memory64);
  if (used < amount) canister.cycles += amount - used;
}

/** Takes an amount from the balance, or says why it cannot. */
export function withdraw(canister: Canister, amount: bigint, caller: Uint8Array): Rejection | null {
  if (!canister.subnet.charged) return null;
  const missing = freezingThreshold(canister, memoryUsage(canister)) + amount - canister.cycles;
  if (missing > 0n) return outOfCycles(canister, missing, caller);
  canister.cycles -= amount;
  return null;
}

/** The rejection of a call to a frozen canister. */
export function outOfCycles(canister: Canister, missing: bigint, caller: Uint8Array): Rejection {
  const hint = canister.isController(caller)
    ? `: please top up the canister with at least ${missing} additional cycles`
    : '';
  return rejection('CanisterOutOfCycles', `Canister ${canister.text} is out of cycles${hint}`);
}

/** Whether the canister's balance is under its freezing threshold. */
export function isFrozen(canister: Canister): boolean {
  if (!canister.subnet.charged) return false;
  return canister.cycles < freezingThreshold(canister, memoryUsage(canister));
}
