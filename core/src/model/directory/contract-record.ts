import { bodyDecoder, bodyEncoder, EncodedBody } from '../../candid/index.ts';
import { ContractInfo } from '../../factory/contract-info.ts';
import { readU32, readU64, u32, u64 } from '../../store/index.ts';

/** `version u8 | confirmed u8 | next event u64 | members u32 | info as Candid`; numbers big-endian. */
const VERSION = 1;
const CONFIRMED_AT = 1;
const NEXT_EVENT_AT = 2;
const MEMBERS_AT = 10;
const INFO_AT = 14;

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
  #body: Uint8Array;
  #info: ContractInfo | null;

  private constructor(number: number, body: Uint8Array, info: ContractInfo | null) {
    this.number = number;
    this.nextEvent = 0n;
    this.members = 0;
    this.confirmed = false;
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
    record.confirmed = bytes[CONFIRMED_AT] === 1;
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

  /** {@link info}, as it stands in lists. */
  get encoded(): EncodedBody<ContractInfo> {
    return new EncodedBody(ContractInfo, this.#body);
  }

  /** The record as it is stored. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(INFO_AT + this.#body.length);
    bytes[0] = VERSION;
    bytes[CONFIRMED_AT] = this.confirmed ? 1 : 0;
    bytes.set(u64(this.nextEvent), NEXT_EVENT_AT);
    bytes.set(u32(this.members), MEMBERS_AT);
    bytes.set(this.#body, INFO_AT);
    return bytes;
  }
}
