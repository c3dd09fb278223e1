import { createHash } from 'node:crypto';

import { type InstructionLimits, instructionLimits } from '../config/limits.ts';
import type { Canister } from '../state/canister.ts';
import { Fifo } from '../messaging/fifo.ts';
import type { Message } from '../messaging/message.ts';
import type { SubnetInfo } from '../types.ts';
import { KINDS } from './kinds.ts';
import type { Allocation } from './ranges.ts';

/** A subnet: its canisters and the messages waiting there. */
export class Subnet {
  readonly info: SubnetInfo;
  /** The id as a map key. */
  readonly key: string;
  readonly charged: boolean;
  readonly limits: InstructionLimits;
  readonly allocation: Allocation;
  nextIndex: bigint;

  readonly canisters = new Set<Canister>();
  /** Executed in this round, as far as the round allows. */
  readonly inbox = new Fifo<Message>();
  /** Executed from the next round on. */
  later: Message[] = [];
  /** When storage and compute were last charged, ns. */
  chargedUntil: bigint;

  /** How often randomness was asked for. */
  randomness = 0;

  constructor(info: SubnetInfo, key: string, allocation: Allocation, now: bigint) {
    this.info = info;
    this.key = key;
    this.charged = KINDS[info.kind].charged;
    this.limits = instructionLimits(info.instructionConfig);
    this.allocation = allocation;
    this.nextIndex = allocation.first;
    this.chargedUntil = now;
  }

  /** The next 32 bytes of the subnet's randomness: a hash of its seed and a counter. */
  random(): Uint8Array {
    const hash = createHash('sha256').update(this.info.seed).update(`random/${this.randomness++}`);
    return new Uint8Array(hash.digest());
  }
}
