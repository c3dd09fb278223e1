import type { ContractEvent } from '../../factory/events.ts';
import type { ContractInfo } from '../../factory/contract-info.ts';
import { binary, equal, readU32, u32, type ByteStore } from '../../store/index.ts';
import { checkDirectory, type CheckPosition, type CheckSlice } from './check-directory.ts';
import type { ContractQuery } from './contract-query.ts';
import { ContractRecord, idIn, infoIn, numberIn, SNAPSHOT } from './contract-record.ts';
import { Facets } from './facets.ts';
import { InfoPages } from './info-pages.ts';
import { CREATOR, Lists } from './lists.ts';
import { MemberList } from './member-list.ts';
import { SnapshotMarks } from './snapshot-marks.ts';
import { publicContracts } from './public-list.ts';
import { queryContracts } from './query-contracts.ts';

/** Keyspaces of a directory. */
export interface DirectorySpaces {
  /** Canister id, backwards -> record; the empty key holds how many there are. */
  readonly records: ByteStore;
  /** What is told of contracts, by number. */
  readonly infos: ByteStore;
  /** Ready-made pages of everybody's lists: the older ones, and those that are read first. */
  readonly lists: ByteStore;
  readonly fronts: ByteStore;
  readonly mains: ByteStore;
  /** Who has to do with contracts, past the first members, and what their snapshots named. */
  readonly members: ByteStore;
  /** Sets of contracts: public, by status, version and name. */
  readonly facets: ByteStore;
}

/** Rows of lists that a change refreshes at once; the rest follows in slices. */
export const REFRESH_SLICE = 32;

/** A refresh that is not finished: `member` is the next one of the contract to do. */
export interface Refresh {
  readonly contract: number;
  readonly member: number;
}

const SIZE_KEY = new Uint8Array();

/**
 * The contracts of one factory, by number and by canister, and the lists of who has what to do with them.
 *
 * Lists hold finished Candid rows, so that reading a page of fifty costs a read or two of memory. The price is
 * paid when a contract changes: its row is rewritten in each list it stands in.
 */
export class Directory {
  readonly #records: ByteStore;
  readonly #infos: InfoPages;
  readonly #readBody: (number: number) => Uint8Array;
  readonly #members: MemberList;
  readonly #marks: SnapshotMarks;
  readonly lists: Lists;
  readonly facets: Facets;
  /** Kept on the heap once read: the two roll back together. */
  #size: number | null = null;

  /** @param roles of the factory's definition. */
  constructor(space: DirectorySpaces, roles: readonly string[]) {
    this.#records = space.records;
    this.#infos = new InfoPages(space.infos);
    this.#readBody = (number) => this.#infos.at(number);
    this.lists = new Lists(space.lists, space, roles);
    this.#members = new MemberList(space.members);
    this.#marks = new SnapshotMarks(space.members);
    this.facets = new Facets(space.facets);
  }

  /**
   * Compares the next part of the lists and sets with what they would be if they were rebuilt.
   *
   * @param keys of the sets that may hold numbers they should not; see {@link setKeys}.
   */
  check(keys: readonly Uint8Array[], position: CheckPosition, repair: boolean): CheckSlice {
    const save = (record: ContractRecord) => this.#saveRecord(record);
    return checkDirectory(
      { directory: this, members: this.#members, keys, save },
      position,
      repair,
    );
  }

  /** How many contracts there are. */
  get size(): number {
    if (this.#size === null) {
      const bytes = this.#records.get(SIZE_KEY);
      this.#size = bytes === null ? 0 : readU32(bytes);
    }
    return this.#size;
  }

  /** The number of the contract that runs in canister `id`, or `null`. */
  numberOf(id: Uint8Array): number | null {
    const bytes = this.#recordBytes(id);
    return bytes === null ? null : numberIn(bytes);
  }

  /** The record of the contract that runs in canister `id`, or `null`. */
  recordOf(id: Uint8Array): ContractRecord | null {
    const bytes = this.#recordBytes(id);
    return bytes === null ? null : ContractRecord.parse(id, bytes, this.#readBody);
  }

  /** @throws RangeError if there is no contract with this number. */
  record(number: number): ContractRecord {
    const record = this.recordOf(idIn(this.#infos.at(number)));
    if (record === null) throw new Error(`The record of contract ${number} is missing`);
    return record;
  }

  /** What is told of a contract. @throws RangeError if there is none with this number. */
  info(number: number): ContractInfo {
    return infoIn(this.#infos.at(number));
  }

  /** The roles of members `end - count` to `end - 1` of a contract, the last first; those who are gone left out. */
  holders(number: number, end: number, count: number): { user: Uint8Array; roles: number }[] {
    const found: { user: Uint8Array; roles: number }[] = [];
    const record = this.record(number);
    const last = Math.min(end, record.members) - 1;
    for (let index = last; index >= Math.max(0, end - count); index -= 1) {
      const user = this.#members.at(record, index);
      found.push({ user, roles: this.lists.rolesOf(user, number) });
    }
    return found;
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
    this.#records.set(SIZE_KEY, u32(number + 1));
    this.#size = number + 1;

    const record = ContractRecord.create(info);
    this.#infos.put(number, record.body);
    const roles = new Map([[binary(info.owner), { principal: info.owner, mask: CREATOR }]]);
    for (const { role, principal } of holders) {
      const name = binary(principal);
      const held = roles.get(name)?.mask ?? 0;
      roles.set(name, { principal, mask: held | this.lists.bit(role) });
    }
    for (const { principal, mask } of roles.values()) {
      this.lists.changeRoles(principal, record, () => mask);
      this.#members.add(record, principal);
    }
    this.facets.add(info);
    this.#saveRecord(record);
    return info;
  }

  /**
   * Changes what is told of a contract: its version and hash after an upgrade, its owner, whether it is
   * managed.
   *
   * @returns what is left to refresh in lists, as {@link apply} does.
   */
  change(number: number, change: Partial<Changeable>): Refresh | null {
    const record = this.record(number);
    const before = record.info;
    record.info = { ...before, ...change };
    if (change.owner !== undefined && !equal(change.owner, before.owner)) {
      this.#removeBit(record, CREATOR, before.owner);
      this.#addBit(record, CREATOR, change.owner);
    }
    return this.#save(record, before);
  }

  /**
   * Applies events of a contract, in order.
   *
   * @param contract its number, or its record as {@link record} answers it now; the record is changed.
   * @returns what is left to refresh in lists, for {@link refresh}; `null` if nothing is.
   */
  apply(contract: number | ContractRecord, events: readonly ContractEvent[]): Refresh | null {
    const record = typeof contract === 'number' ? this.record(contract) : contract;
    const before = events.some(tellsOtherwise) ? record.info : null;
    record.nextEvent += BigInt(events.length);
    for (const event of events) this.#apply(record, event);
    return this.#save(record, before);
  }

  /** Rewrites the next rows of a changed contract. @returns what is left, or `null`. */
  refresh({ contract, member }: Refresh): Refresh | null {
    const record = this.record(contract);
    const { members } = record;
    const end = Math.min(members, member + REFRESH_SLICE);
    for (let index = member; index < end; index += 1) {
      this.lists.refresh(this.#members.at(record, index), record);
    }
    return end < members ? { contract, member: end } : null;
  }

  /**
   * Takes from the lists what a contract's snapshot did not name, for the next members from the last to the
   * first; its creator stays.
   *
   * @param member the member after the first to look at.
   * @returns what is left to sweep, or `null`: the snapshot is taken in.
   */
  sweep({ contract, member }: Refresh): Refresh | null {
    const record = this.record(contract);
    const begin = Math.max(0, Math.min(member, record.members) - REFRESH_SLICE);
    for (let index = Math.min(member, record.members) - 1; index >= begin; index -= 1) {
      const user = this.#members.at(record, index);
      const kept = this.#marks.take(record, user) | CREATOR;
      const held = this.lists.changeRoles(user, record, (mask) => mask & kept);
      // The last member, who was looked at before, takes the place of one who goes.
      if ((held & kept) === 0) this.#members.remove(record, user);
    }
    if (begin === 0) record.snapshot = SNAPSHOT.none;
    this.#saveRecord(record);
    return begin > 0 ? { contract, member: begin } : null;
  }

  /** Has the contract asked for a snapshot, when it next reports. */
  wantSnapshot(number: number): void {
    const record = this.record(number);
    if (record.snapshot !== SNAPSHOT.none) return;
    record.snapshot = SNAPSHOT.wanted;
    this.#saveRecord(record);
  }

  /** A page of the public contracts, newest first, as Candid rows. */
  publicContracts(cursor: Uint8Array | null, limit: number) {
    return publicContracts({ facets: this.facets, infos: this.#infos }, cursor, limit);
  }

  /** A page of the contracts that satisfy a query, newest first; see {@link queryContracts}. */
  query(query: ContractQuery, cursor: Uint8Array | null, limit: number) {
    const { lists, facets, size } = this;
    return queryContracts(
      { lists, facets, size, info: (number) => this.info(number) },
      query,
      cursor,
      limit,
    );
  }

  /**
   * Keys are ids backwards: ids are given in ascending order, and keys that only grow would leave each page of
   * the stable map half empty.
   */
  #recordBytes(id: Uint8Array): Uint8Array | null {
    return id.length === 0 ? null : this.#records.get(id.slice().reverse());
  }

  #saveRecord(record: ContractRecord): void {
    this.#records.set(record.id.slice().reverse(), record.toBytes());
  }

  /** @param before what was told of the contract, if that may have changed. */
  #save(record: ContractRecord, before: ContractInfo | null): Refresh | null {
    this.#saveRecord(record);
    if (before === null || before === record.info) return null;
    this.#infos.put(record.number, record.body);
    this.facets.change(before, record.info);
    return this.refresh({ contract: record.number, member: 0 });
  }

  #apply(record: ContractRecord, event: ContractEvent): void {
    if ('RoleAdded' in event) {
      const { role, user } = event.RoleAdded;
      const bit = this.lists.bit(role);
      if (record.snapshot === SNAPSHOT.open) this.#marks.add(record, user, bit);
      this.#addBit(record, bit, user);
    } else if ('RoleRemoved' in event) {
      const { role, user } = event.RoleRemoved;
      const bit = this.lists.bit(role);
      if (record.snapshot === SNAPSHOT.open) this.#marks.remove(record, user, bit);
      this.#removeBit(record, bit, user);
    } else if ('DeploymentComplete' in event) {
      record.confirmed = true;
    } else if ('StatusChanged' in event) {
      record.info = { ...record.info, status: event.StatusChanged };
    } else if ('VisibilityChanged' in event) {
      record.info = { ...record.info, isPublic: event.VisibilityChanged };
    } else if ('SnapshotBegun' in event) {
      const { status, isPublic, roles } = event.SnapshotBegun;
      record.info = { ...record.info, status, isPublic };
      record.generation += 1;
      record.snapshot = roles ? SNAPSHOT.open : SNAPSHOT.none;
    } else if ('SnapshotEnded' in event) {
      if (record.snapshot === SNAPSHOT.open) record.snapshot = SNAPSHOT.sweeping;
    }
    // What remains is kept with the owner's choices on upgrades.
  }

  #addBit(record: ContractRecord, bit: number, user: Uint8Array): void {
    const held = this.lists.changeRoles(user, record, (mask) => mask | bit);
    if (held === 0) this.#members.add(record, user);
  }

  #removeBit(record: ContractRecord, bit: number, user: Uint8Array): void {
    const held = this.lists.changeRoles(user, record, (mask) => mask & ~bit);
    if (held === bit) this.#members.remove(record, user);
  }
}

/** True of an event that changes what is told of a contract. */
export function tellsOtherwise(event: ContractEvent): boolean {
  return 'StatusChanged' in event || 'VisibilityChanged' in event || 'SnapshotBegun' in event;
}

/** What {@link Directory.change} may change. */
export type Changeable = Pick<
  ContractInfo,
  'owner' | 'version' | 'moduleHash' | 'managed' | 'status' | 'isPublic'
>;
