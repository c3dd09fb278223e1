import { freezingThreshold } from '../cycles/costs.ts';
import { contractViolation, outOfInstructions } from '../errors/trap.ts';
import type { Outcome, Rejection } from '../errors/rejection.ts';
import type { CallContext, Closure } from '../messaging/call-context.ts';
import type { Canister } from '../state/canister.ts';
import { memoryUsage } from '../state/memory-usage.ts';
import { ByteList } from './byte-list.ts';
import type { Environment } from './environment.ts';
import type { Instance } from './instance.ts';
import { CONTEXTS, type ExecutionKind, KINDS } from './kinds.ts';

/** What a message brings to its execution. */
export interface ExecutionInput {
  readonly kind: ExecutionKind;
  readonly method: string;
  readonly caller: Uint8Array;
  readonly arg: Uint8Array;
  /** Instructions it may use. */
  readonly limit: number;
  /** Null where nobody is answered by a call context. */
  readonly context: CallContext | null;
  /** Why the call failed; for reject callbacks and their cleanup. */
  readonly rejection?: Rejection;
  /** The method that a callback's answer comes from. */
  readonly awaited?: string;
  /** Cycles that came back with an answer. */
  readonly refund?: bigint;
}

/** A call being prepared, or made. */
export interface OutgoingCall {
  readonly callee: Uint8Array;
  readonly method: string;
  readonly onReply: Closure;
  readonly onReject: Closure;
  onCleanup: Closure | null;
  readonly data: ByteList;
  cycles: bigint;
  /** Seconds that a best-effort call waits; null for a guaranteed answer. */
  timeout: number | null;
  /** The sender's version when it made the call. */
  readonly senderVersion: bigint;
  /** Set by `call_perform`. */
  prepaidTransmission: bigint;
  prepaidExecution: bigint;
}

/**
 * A running message: what it may read, and everything it has done so far. Nothing of the latter
 * reaches the canister's state until it is committed, so that undoing it is to forget it.
 */
export class Execution {
  readonly input: ExecutionInput;
  readonly canister: Canister;
  readonly instance: Instance;
  readonly environment: Environment;
  /** The bit of its kind in {@link CONTEXTS}. */
  readonly contextBit: number;

  /** The system call being served, for error texts. */
  call = '';
  balance: bigint;
  accepted = 0n;
  burned = 0n;
  readonly reply = new ByteList();
  outcome: Outcome | null = null;
  messageAccepted = false;
  certifiedData: Uint8Array | null = null;
  globalTimer: bigint | null = null;
  pending: OutgoingCall | null = null;
  readonly calls: OutgoingCall[] = [];
  /** A certificate, once asked for. */
  certificate: Uint8Array | null | undefined;
  #host = 0;

  constructor(
    canister: Canister,
    instance: Instance,
    environment: Environment,
    input: ExecutionInput,
  ) {
    this.canister = canister;
    this.instance = instance;
    this.environment = environment;
    this.input = input;
    this.contextBit = CONTEXTS[KINDS[input.kind].context];
    this.balance = canister.cycles;
  }

  /** Charges instructions for work of the host. */
  charge(instructions: number): void {
    this.#host += instructions;
    if (this.#host > this.input.limit) throw outOfInstructions(this.input.limit);
  }

  /** Instructions used so far by module and host. */
  get instructions(): number {
    return this.input.limit - Number(this.instance.fuel) + this.#host;
  }

  /** Cycles that must remain now, with the memory as grown so far. */
  get threshold(): bigint {
    return freezingThreshold(this.canister, memoryUsage(this.canister));
  }

  /** Cycles that can be spent without freezing. */
  get liquid(): bigint {
    const liquid = this.balance - this.threshold;
    return liquid > 0n ? liquid : 0n;
  }

  /** A part of the heap. Not a copy. */
  heap(address: number, size: number): Uint8Array {
    const start = unsigned(address);
    const length = unsigned(size);
    const heap = this.instance.heap;
    if (start + length > heap.length) throw this.#outside('heap', start, length, heap.length);
    return heap.subarray(start, start + length);
  }

  /** A copy of a part of the heap, charged per byte. */
  take(address: number, size: number): Uint8Array {
    this.charge(unsigned(size));
    return this.heap(address, size).slice();
  }

  /** Copies part of `source` into the heap, charged per byte. */
  give(source: Uint8Array, address: number, offset: number, size: number): void {
    const start = unsigned(offset);
    const length = unsigned(size);
    this.charge(length);
    if (start + length > source.length) {
      throw this.#outside('payload', start, length, source.length);
    }
    this.heap(address, size).set(source.subarray(start, start + length));
  }

  /** Writes a 128-bit little-endian number into the heap. */
  give128(value: bigint, address: number): void {
    const target = this.heap(address, 16);
    const view = new DataView(target.buffer, target.byteOffset, 16);
    view.setBigUint64(0, value & 0xffff_ffff_ffff_ffffn, true);
    view.setBigUint64(8, value >> 64n, true);
  }

  #outside(what: string, start: number, length: number, size: number): Error {
    return contractViolation(
      `ic0.${this.call} ${what}: src=${start} + length=${length} exceeds the slice size=${size}`,
    );
  }
}

/** An i32 as the engine hands it over, read as unsigned. Larger numbers (64-bit heaps) pass. */
export function unsigned(value: number): number {
  return value < 0 ? value + 0x1_0000_0000 : value;
}
