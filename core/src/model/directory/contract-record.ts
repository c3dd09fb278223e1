import { bodyDecoder, bodyEncoder } from '../../candid/index.ts';
import { ContractInfo } from '../../factory/contract-info.ts';
import { readU32 } from '../../store/index.ts';
import type { Membered } from './member-list.ts';

/**
 * `version u8 | flags u8 | number u32 | next event u64 | members u32 | epoch u64 | dropped u32 |
 * generation u32 | first members`; numbers big-endian.
 */
const VERSION = 1;
const FLAGS_AT = 1;
const NUMBER_AT = 2;
const NEXT_EVENT_AT = 6;
const MEMBERS_AT = 14;
const EPOCH_AT = 18;
const DROPPED_AT = 26;
const GENERATION_AT = 30;
const FIRST_MEMBERS_AT = 34;

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
 * What the directory keeps of a contract, in two places: how far its reports are heard, and its first members,
 * which callbacks change; and what is told of it, which they seldom change and rarely need.
 *
 * What is told stays encoded unless somebody looks: to decode and encode it again would cost half a million
 * instructions.
 */
export class ContractRecord implements Membered {
  /** The canister. */
  readonly id: Uint8Array;
  readonly number: number;
  /** Number of the contract's event that is expected next. */
  nextEvent = 0n;
  /** How many principals have a role in it, its creator included. */
  members = 0;
  firstMembers: Uint8Array = NONE;
  /** True once the contract reported that it runs. */
  confirmed = false;
  /** The contract's life that events are taken from; see `Report`. 0 until it told. */
  epoch = 0n;
  /** Events that the contract gave up in this life. */
  dropped = 0;
  snapshot: SnapshotState = SNAPSHOT.none;
  /** Number of the last snapshot begun, from 1; marks of earlier ones count for nothing. */
  generation = 0;
  readonly #readBody: (number: number) => Uint8Array;
  #body: Uint8Array | null = null;
  #info: ContractInfo | null = null;

  private constructor(id: Uint8Array, number: number, readBody: (number: number) => Uint8Array) {
    this.id = id;
    this.number = number;
    this.#readBody = readBody;
  }

  /** The record of a contract that nothing was heard of yet. */
  static create(info: ContractInfo): ContractRecord {
    const body = encodeInfo(info);
    const record = new ContractRecord(info.id, info.number, () => body);
    record.#info = info;
    return record;
  }

  /**
   * The stored record of the contract in canister `id`.
   *
   * @param readBody answers what is told of a contract, encoded; asked once it is needed.
   * @throws Error on bytes that no released version wrote.
   */
  static parse(
    id: Uint8Array,
    bytes: Uint8Array,
    readBody: (number: number) => Uint8Array,
  ): ContractRecord {
    if (bytes[0] !== VERSION) throw new Error(`No reader for contract record version ${bytes[0]}`);
    const record = new ContractRecord(id, numberIn(bytes), readBody);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    record.nextEvent = view.getBigUint64(NEXT_EVENT_AT);
    record.members = view.getUint32(MEMBERS_AT);
    record.epoch = view.getBigUint64(EPOCH_AT);
    record.dropped = view.getUint32(DROPPED_AT);
    record.generation = view.getUint32(GENERATION_AT);
    record.firstMembers = bytes.subarray(FIRST_MEMBERS_AT);
    const flags = bytes[FLAGS_AT]!;
    record.confirmed = (flags & CONFIRMED) !== 0;
    record.snapshot = (flags >> SNAPSHOT_SHIFT) as SnapshotState;
    return record;
  }

  /** What is told of the contract. */
  get info(): ContractInfo {
    this.#info ??= decodeInfo(this.body);
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
  get body(): Uint8Array {
    this.#body ??= this.#readBody(this.number);
    return this.#body;
  }

  /** The record as it is stored, without what is told of the contract. */
  toBytes(): Uint8Array {
    const { firstMembers } = this;
    const bytes = new Uint8Array(FIRST_MEMBERS_AT + firstMembers.length);
    const view = new DataView(bytes.buffer);
    bytes[0] = VERSION;
    bytes[FLAGS_AT] = (this.confirmed ? CONFIRMED : 0) | (this.snapshot << SNAPSHOT_SHIFT);
    view.setUint32(NUMBER_AT, this.number);
    view.setBigUint64(NEXT_EVENT_AT, this.nextEvent);
    view.setUint32(MEMBERS_AT, this.members);
    view.setBigUint64(EPOCH_AT, this.epoch);
    view.setUint32(DROPPED_AT, this.dropped);
    view.setUint32(GENERATION_AT, this.generation);
    bytes.set(firstMembers, FIRST_MEMBERS_AT);
    return bytes;
  }
}

const NONE = new Uint8Array();

/** The contract's number, in a stored record. */
export function numberIn(record: Uint8Array): number {
  return readU32(record, NUMBER_AT);
}

/** The canister's id, in what is told of a contract: `id` is the first field by its hash. */
export function idIn(body: Uint8Array): Uint8Array {
  return body.subarray(ID_AT, ID_AT + body[ID_AT - 1]!);
}

/** After the byte that says that the principal is told, and its length. */
const ID_AT = 2;

/** What is told of a contract, decoded. */
export const infoIn = (body: Uint8Array): ContractInfo => decodeInfo(body);
