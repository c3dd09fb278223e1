import { bodyEncoder, EncodedVec } from '../../candid/index.ts';
import type { ContractEvent } from '../../factory/events.ts';
import { ContractInfo, MyContract } from '../../factory/types.ts';
import {
  binary,
  concat,
  equal,
  readU32,
  stored,
  Table,
  u32,
  type ByteStore,
} from '../../store/index.ts';
import { allOf, readMembers, Shelf, type MemberSource } from '../indexes/index.ts';
import type { ContractQuery } from './contract-query.ts';
import { ContractRecord } from './contract-record.ts';
import { Facets, foldName } from './facets.ts';
import { MemberList } from './member-list.ts';

/** Keyspaces of a directory. */
export interface DirectorySpaces {
  /** Contract number -> record. */
  readonly records: ByteStore;
  /** Canister id -> contract number; the empty key holds how many there are. */
  readonly numbers: ByteStore;
  /** Ready-made pages of everybody's lists. */
  readonly lists: ByteStore;
  /** Contract number -> who has to do with it. */
  readonly members: ByteStore;
  /** Sets of contracts by status, version and name. */
  readonly facets: ByteStore;
}

/** Rows of lists that a change refreshes at once; the rest follows in slices. */
export const REFRESH_SLICE = 32;

/** A refresh that is not finished: `member` is the next one of the contract to do. */
export interface Refresh {
  readonly contract: number;
  readonly member: number;
}

const CREATOR = 1;
const SIZE_KEY = new Uint8Array();
const PUBLIC_KEY = Uint8Array.of(1);
const mineKey = (user: Uint8Array): Uint8Array => concat(Uint8Array.of(0), user);

const encodeRow = bodyEncoder(MyContract);
const encodeInfo = bodyEncoder(ContractInfo);

/**
 * The contracts of one factory, by number and by canister, and the lists of who has what to do with them.
 *
 * Lists hold finished Candid rows, so that reading a page of fifty costs one read of memory. The price is
 * paid when a contract changes: its row is rewritten in each list it stands in.
 */
export class Directory {
  readonly #records: Table<ContractRecord>;
  readonly #numbers: ByteStore;
  readonly #shelf: Shelf;
  readonly #members: MemberList;
  readonly #roles: readonly string[];
  readonly facets: Facets;

  /** @param roles of the factory's definition; bit 0 of a row's roles is the creator, bit i+1 is `roles[i]`. */
  constructor(space: DirectorySpaces, roles: readonly string[]) {
    this.#records = new Table(space.records, stored(1, ContractRecord));
    this.#numbers = space.numbers;
    this.#shelf = new Shelf(space.lists, new Uint8Array());
    this.#members = new MemberList(space.members);
    this.#roles = ['creator', ...roles];
    this.facets = new Facets(space.facets);
  }

  /** How many contracts there are. */
  get size(): number {
    const bytes = this.#numbers.get(SIZE_KEY);
    return bytes === null ? 0 : readU32(bytes);
  }

  /** The number of the contract that runs in canister `id`, or `null`. */
  numberOf(id: Uint8Array): number | null {
    const bytes = id.length === 0 ? null : this.#numbers.get(id);
    return bytes === null ? null : readU32(bytes);
  }

  /** @throws RangeError if there is no contract with this number. */
  record(number: number): ContractRecord {
    const record = this.#records.get(u32(number));
    if (record === null) throw new RangeError(`No contract ${number}`);
    return record;
  }

  /** What is told of a contract. @throws RangeError if there is none with this number. */
  info(number: number): ContractInfo {
    return this.record(number).info;
  }

  /** The number of the event that a contract must send next. */
  nextEvent(number: number): bigint {
    return this.record(number).nextEvent;
  }

  /** Adds a contract, or gives back the one its canister already has, so that adding twice is harmless. */
  add(
    contract: Omit<ContractInfo, 'number'>,
    holders: readonly { readonly role: string; readonly principal: Uint8Array }[],
  ): ContractInfo {
    const known = this.numberOf(contract.id);
    if (known !== null) return this.info(known);
    const number = this.size;
    const info = { ...contract, number };
    this.#numbers.set(SIZE_KEY, u32(number + 1));
    this.#numbers.set(info.id, u32(number));

    const roles = new Map([[binary(info.owner), { principal: info.owner, mask: CREATOR }]]);
    for (const { role, principal } of holders) {
      const held = roles.get(binary(principal))?.mask ?? 0;
      roles.set(binary(principal), { principal, mask: held | this.#bit(role) });
    }
    let members = 0;
    for (const { principal, mask } of roles.values()) {
      this.#shelf.add(mineKey(principal), number, mask, this.#row(info, mask));
      members = this.#members.add(number, members, principal);
    }
    if (info.isPublic) this.#shelf.add(PUBLIC_KEY, number, CREATOR, encodeInfo(info));
    this.facets.add(info);
    this.#records.set(u32(number), { info, nextEvent: 0n, members, confirmed: false });
    return info;
  }

  /**
   * Changes what is told of a contract: its version and hash after an upgrade, its owner, whether it is
   * managed.
   *
   * @returns what is left to refresh in lists, as {@link apply} does.
   */
  change(number: number, change: Partial<Changeable>): Refresh | null {
    const before = this.record(number);
    let record = { ...before, info: { ...before.info, ...change } };
    if (change.owner !== undefined && !equal(change.owner, before.info.owner)) {
      record = this.#removeBit(record, CREATOR, before.info.owner);
      record = this.#addBit(record, CREATOR, change.owner);
    }
    return this.#save(before, record);
  }

  /**
   * Applies events of a contract, in order.
   *
   * @returns what is left to refresh in lists, for {@link refresh}; `null` if nothing is.
   */
  apply(number: number, events: readonly ContractEvent[]): Refresh | null {
    const before = this.record(number);
    let record = { ...before, nextEvent: before.nextEvent + BigInt(events.length) };
    for (const event of events) record = this.#applied(record, event);
    return this.#save(before, record);
  }

  /** Rewrites the next rows of a changed contract. @returns what is left, or `null`. */
  refresh({ contract, member }: Refresh): Refresh | null {
    const { info, members } = this.record(contract);
    const end = Math.min(members, member + REFRESH_SLICE);
    for (let index = member; index < end; index += 1) {
      const key = mineKey(this.#members.at(contract, index));
      const mask = this.#shelf.rolesOf(key, contract);
      this.#shelf.update(key, contract, this.#row(info, mask));
    }
    return end < members ? { contract, member: end } : null;
  }

  /** A page of a user's contracts, newest first. */
  mine(user: Uint8Array, cursor: Uint8Array | null, limit: number) {
    const page = this.#shelf.read(mineKey(user), { cursor: cursorNumber(cursor), limit });
    return {
      contracts: new EncodedVec(MyContract, page.count, page.bytes),
      next: page.next === null ? null : u32(page.next),
    };
  }

  /** A page of the public contracts, newest first. */
  publicContracts(cursor: Uint8Array | null, limit: number) {
    const page = this.#shelf.read(PUBLIC_KEY, { cursor: cursorNumber(cursor), limit });
    return {
      contracts: new EncodedVec(ContractInfo, page.count, page.bytes),
      next: page.next === null ? null : u32(page.next),
    };
  }

  /**
   * A page of the contracts that satisfy a query, newest first. Work is bounded: a page may be short, or
   * empty, with a cursor to go on from.
   */
  query(query: ContractQuery, cursor: Uint8Array | null, limit: number) {
    const { namePrefix, createdFrom, createdBefore } = query;
    const sources = this.#sources(query);
    const page = readMembers(allOf(...sources), {
      cursor: cursorNumber(cursor) ?? this.#firstFrom(createdBefore ?? null),
      floor: createdFrom === null ? 0 : this.#firstFrom(createdFrom),
      limit,
    });
    const prefix = foldName(namePrefix ?? '');
    const contracts = Array.from(page.numbers, (number) => this.info(number)).filter(({ name }) =>
      foldName(name).startsWith(prefix),
    );
    return { contracts, next: page.next === null ? null : u32(page.next) };
  }

  /** The sets whose common members satisfy a query, except for time and the end of long prefixes. */
  #sources({ creator, holder, status, version, namePrefix, publicOnly }: ContractQuery) {
    const sources: MemberSource[] = [];
    if (creator !== null) sources.push(this.#shelf.members(mineKey(creator), CREATOR));
    if (holder !== null) {
      sources.push(this.#shelf.members(mineKey(holder.user), this.#bit(holder.role)));
    }
    if (status !== null) sources.push(this.facets.status(status));
    if (version !== null) sources.push(this.facets.version(version));
    if (namePrefix !== null && namePrefix !== '') sources.push(this.facets.name(namePrefix));
    if (publicOnly || sources.length === 0) sources.push(this.#shelf.members(PUBLIC_KEY));
    return sources;
  }

  /** The number of the first contract created at or after `time`; how many there are for `null`. */
  #firstFrom(time: bigint | null): number {
    let low = 0;
    let high = this.size;
    if (time === null) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.info(middle).createdAt < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #save(before: ContractRecord, record: ContractRecord): Refresh | null {
    const { info } = record;
    this.#records.set(u32(info.number), record);
    if (info === before.info) return null;
    this.facets.change(before.info, info);
    this.#refreshPublic(before.info, info);
    return this.refresh({ contract: info.number, member: 0 });
  }

  #applied(record: ContractRecord, event: ContractEvent): ContractRecord {
    if ('DeploymentComplete' in event) return { ...record, confirmed: true };
    if ('StatusChanged' in event) {
      return { ...record, info: { ...record.info, status: event.StatusChanged } };
    }
    if ('VisibilityChanged' in event) {
      return { ...record, info: { ...record.info, isPublic: event.VisibilityChanged } };
    }
    if ('RoleAdded' in event) {
      return this.#addBit(record, this.#bit(event.RoleAdded.role), event.RoleAdded.user);
    }
    return this.#removeBit(record, this.#bit(event.RoleRemoved.role), event.RoleRemoved.user);
  }

  #addBit(record: ContractRecord, bit: number, user: Uint8Array): ContractRecord {
    const { number } = record.info;
    const key = mineKey(user);
    const held = this.#shelf.rolesOf(key, number);
    const mask = held | bit;
    if (mask === held) return record;
    this.#shelf.add(key, number, mask, this.#row(record.info, mask));
    if (held !== 0) return record;
    return { ...record, members: this.#members.add(number, record.members, user) };
  }

  #removeBit(record: ContractRecord, bit: number, user: Uint8Array): ContractRecord {
    const { number } = record.info;
    const key = mineKey(user);
    const held = this.#shelf.rolesOf(key, number);
    const mask = held & ~bit;
    if (mask === held) return record;
    this.#shelf.setRoles(key, number, mask);
    if (mask !== 0) {
      this.#shelf.update(key, number, this.#row(record.info, mask));
      return record;
    }
    return { ...record, members: this.#members.remove(number, record.members, user) };
  }

  #refreshPublic(before: ContractInfo, after: ContractInfo): void {
    if (after.isPublic) this.#shelf.add(PUBLIC_KEY, after.number, CREATOR, encodeInfo(after));
    else if (before.isPublic) this.#shelf.remove(PUBLIC_KEY, after.number);
  }

  #row(contract: ContractInfo, mask: number): Uint8Array {
    return encodeRow({ contract, roles: this.#roles.filter((_, bit) => (mask >> bit) & 1) });
  }

  #bit(role: string): number {
    const bit = this.#roles.indexOf(role);
    if (bit < 1) throw new Error(`No role ${role}`);
    return 1 << bit;
  }
}

/** What {@link Directory.change} may change. */
export type Changeable = Pick<ContractInfo, 'owner' | 'version' | 'moduleHash' | 'managed'>;

/** A cursor of a page answered before; one of another form begins at the start. */
function cursorNumber(cursor: Uint8Array | null): number | null {
  return cursor?.length === 4 ? readU32(cursor) : null;
}
