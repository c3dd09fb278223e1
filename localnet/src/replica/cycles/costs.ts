import { LIMITS } from '../config/limits.ts';
import { PRICES, REFERENCE_NODES } from '../config/prices.ts';
import type { Canister } from '../state/canister.ts';
import type { Subnet } from '../topology/subnet.ts';

const NODES = BigInt(REFERENCE_NODES);
const GIB = 1n << 30n;
const SECONDS_PER_DAY = 86_400n;

/** An amount of the price table on a subnet: scaled by its size, nothing where cycles are free. */
export function price(subnet: Subnet, amount: bigint): bigint {
  return subnet.charged ? (amount * BigInt(subnet.info.size)) / NODES : 0n;
}

/** Executing one message of this many instructions. */
export function executionCost(subnet: Subnet, instructions: number, memory64: boolean): bigint {
  const each = memory64 ? PRICES.instruction * 2n : PRICES.instruction;
  return price(subnet, PRICES.execution + each * BigInt(instructions));
}

/** Taking in a message of this many bytes from outside. */
export function ingressCost(subnet: Subnet, bytes: number): bigint {
  return price(subnet, PRICES.ingress + PRICES.ingressByte * BigInt(bytes));
}

/** Sending a request of this many bytes. */
export function requestCost(subnet: Subnet, bytes: number): bigint {
  return price(subnet, PRICES.call + PRICES.callByte * BigInt(bytes));
}

/** Transmitting an answer of this many bytes. */
export function responseCost(subnet: Subnet, bytes: number): bigint {
  return price(subnet, PRICES.callByte * BigInt(bytes));
}

/** The parts of what a call costs in advance, attached cycles not included. */
export interface CallReservation {
  readonly request: bigint;
  /** For the longest answer; the surplus comes back with the answer. */
  readonly transmission: bigint;
  /** For the longest callback; the surplus comes back after it. */
  readonly execution: bigint;
}

/** What a call of this many bytes (method name and argument) reserves. */
export function callReservation(subnet: Subnet, bytes: number, memory64: boolean): CallReservation {
  return {
    request: requestCost(subnet, bytes),
    transmission: responseCost(subnet, LIMITS.replyBytes),
    execution: executionCost(subnet, subnet.limits.update, memory64),
  };
}

/** The fee of `create_canister`. */
export function creationFee(subnet: Subnet): bigint {
  return price(subnet, PRICES.createCanister);
}

/** Storage and compute for a while, in cycles. `memory` in bytes, `nanos` in nanoseconds. */
export function idleCost(canister: Canister, memory: number, nanos: bigint): bigint {
  const { subnet, settings } = canister;
  if (!subnet.charged) return 0n;
  const bytes =
    BigInt(memory) > settings.memoryAllocation ? BigInt(memory) : settings.memoryAllocation;
  const storage = (bytes * PRICES.storage * nanos) / GIB;
  const compute = settings.computeAllocation * PRICES.compute * nanos;
  return price(subnet, storage + compute) / 1_000_000_000n;
}

/** Cycles that must remain so that the canister is not frozen. */
export function freezingThreshold(canister: Canister, memory: number): bigint {
  return idleCost(canister, memory, canister.settings.freezingThreshold * 1_000_000_000n);
}

/** `idle_cycles_burned_per_day`. */
export function idlePerDay(canister: Canister, memory: number): bigint {
  return idleCost(canister, memory, SECONDS_PER_DAY * 1_000_000_000n);
}

/** `http_request` with so many bytes of request, and of answer at most. */
export function httpCost(subnet: Subnet, request: bigint, response: bigint): bigint {
  if (!subnet.charged) return 0n;
  const n = BigInt(subnet.info.size);
  const { base, perNode, requestByte, responseByte } = PRICES.http;
  return (base + perNode * n + requestByte * request + responseByte * response) * n;
}
