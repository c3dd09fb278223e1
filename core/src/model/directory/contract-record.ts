import { bodyDecoder, bodyEncoder, EncodedBody } from '../../candid/index.ts';
import { ContractInfo } from '../../factory/contract-info.ts';
import { readU32, readU64, u32, u64 } from '../../store/index.ts';

/**
 * `version u8 | flags u8 | next event u64 | members u32 | epoch u64 | dropped u32 | generation u32 |
 * info as Candid`; numbers big-endian.
 */
const VERSION = 1;
const FLAGS_AT = 1;
const NEXT_EVENT_AT = 2;
const MEMBERS_AT = 10;
const EPOCH_AT = 14;
const DROPPED_AT = 22;
const GENERATION_AT = 26;
const INFO_AT = 30;

/** Bits of the flags: whether the contract is confirmed, and how far its snapshot is. */
const CONFIRMED = 1;
const SNAPSHOT_SHIFT = 1;

/**
 * How far a contract's snapshot is: none; wanted by the factory, because what it knows may be wrong; being
 * received; received, and what it does not name being taken out of the lists.
 */
export const SNAPSHOT = { none: 0, wanted: 1, open: 2, sweeping: 3 } as const;
/** One of {@link SNAPSHOT}. */
export type SnapshotState = (typeof SNAPSHOT)[keyof typeof SNAPSHOT];

const encodeInfo = bodyEncoder(ContractInfo);
const decodeInfo = bodyDecoder(ContractInfo);

/**
 * What the directory keeps of a contract.
 *
 * What is told of it stays encoded unless somebody looks: most callbacks only move it from here into a list,
 * and to decode and encode it again would cost them half a million instructions.
 */
export class ContractRecord {
  readonly number: number;
  /** Number of the contract's event that is expected next. */
  nextEvent: bigint;
  /** How many principals have a role in it, its creator included. */
  members: number;
  /** True once the contract reported that it runs. */
  confirmed: boolean;
  /** The contract's life that events are taken from; see `Report`. 0 until it told. */
  epoch: bigint;
  /** Events that the contract gave up in this life. */
  dropped: number;
  snapshot: SnapshotState;
  /** Number of the last snapshot begun, from 1; marks of earlier ones count for nothing. */
  generation: number;
  #body: Uint8Array;
  #info: ContractInfo | null;

  private constructor(number: number, body: Uint8Array, info: ContractInfo | null) {
    this.number = number;
    this.nextEvent = 0n;
    this.members = 0;
    this.confirmed = false;
    this.epoch = 0n;
    this.dropped = 0;
    this.snapshot = SNAPSHOT.none;
    this.generation = 0;
    this.#body = body;
    this.#info = info;
  }

  /** The record of a contract that nothing was heard of yet. */
  static create(info: ContractInfo): ContractRecord {
    return new ContractRecord(info.number, encodeInfo(info), info);
  }

  /** A stored record. @throws Error on bytes that no released version wrote. */
  static parse(number: number, bytes: Uint8Array): ContractRecord {
    if (bytes[0] !== VERSION) throw new Error(`No reader for contract record version ${bytes[0]}`);
    const record = new ContractRecord(number, bytes.subarray(INFO_AT), null);
    record.nextEvent = readU64(bytes, NEXT_EVENT_AT);
    record.members = readU32(bytes, MEMBERS_AT);
    record.epoch = readU64(bytes, EPOCH_AT);
    record.dropped = readU32(bytes, DROPPED_AT);
    record.generation = readU32(bytes, GENERATION_AT);
    const flags = bytes[FLAGS_AT]!;
    record.confirmed = (flags & CONFIRMED) !== 0;
    record.snapshot = (flags >> SNAPSHOT_SHIFT) as SnapshotState;
    return record;
  }

  /** What is told of the contract. */
  get info(): ContractInfo {
    this.#info ??= decodeInfo(this.#body);
    return this.#info;
  }

  set info(info: ContractInfo) {
    this.#info = info;
    this.#body = encodeInfo(info);
  }

  /** True while what the contract's snapshot did not name is taken out: it must not be changed meanwhile. */
  get isSweeping(): boolean {
    return this.snapshot === SNAPSHOT.sweeping;
  }

  /** {@link info}, as it stands in lists. */
  get encoded(): EncodedBody<ContractInfo> {
    return new EncodedBody(ContractInfo, this.#body);
  }

  /** The record as it is stored. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(INFO_AT + this.#body.length);
    bytes[0] = VERSION;
    bytes[FLAGS_AT] = (this.confirmed ? CONFIRMED : 0) | (this.snapshot << SNAPSHOT_SHIFT);
    bytes.set(u64(this.nextEvent), NEXT_EVENT_AT);
    bytes.set(u32(this.members), MEMBERS_AT);
    bytes.set(u64(this.epoch), EPOCH_AT);
    bytes.set(u32(this.dropped), DROPPED_AT);
    bytes.set(u32(this.generation), GENERATION_AT);
    bytes.set(this.#body, INFO_AT);
    return bytes;
  }
}
