import type { ContractEvent } from '../../factory/events.ts';
import type { ContractInfo } from '../../factory/types.ts';
import { binary, equal, readU32, stored, Table, u32, type ByteStore } from '../../store/index.ts';
import type { ContractQuery } from './contract-query.ts';
import { ContractRecord } from './contract-record.ts';
import { Facets } from './facets.ts';
import { CREATOR, Lists } from './lists.ts';
import { MemberList } from './member-list.ts';
import { queryContracts } from './query-contracts.ts';

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

const SIZE_KEY = new Uint8Array();

/**
 * The contracts of one factory, by number and by canister, and the lists of who has what to do with them.
 *
 * Lists hold finished Candid rows, so that reading a page of fifty costs one read of memory. The price is
 * paid when a contract changes: its row is rewritten in each list it stands in.
 */
export class Directory {
  readonly #records: Table<ContractRecord>;
  readonly #numbers: ByteStore;
  readonly #members: MemberList;
  readonly lists: Lists;
  readonly facets: Facets;

  /** @param roles of the factory's definition. */
  constructor(space: DirectorySpaces, roles: readonly string[]) {
    this.#records = new Table(space.records, stored(1, ContractRecord));
    this.#numbers = space.numbers;
    this.lists = new Lists(space.lists, roles);
    this.#members = new MemberList(space.members);
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
      roles.set(binary(principal), { principal, mask: held | this.lists.bit(role) });
    }
    let members = 0;
    for (const { principal, mask } of roles.values()) {
      this.lists.put(principal, info, mask, 0);
      members = this.#members.add(number, members, principal);
    }
    this.lists.refreshPublic(null, info);
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
      this.lists.refresh(this.#members.at(contract, index), info);
    }
    return end < members ? { contract, member: end } : null;
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

  #save(before: ContractRecord, record: ContractRecord): Refresh | null {
    const { info } = record;
    this.#records.set(u32(info.number), record);
    if (info === before.info) return null;
    this.facets.change(before.info, info);
    this.lists.refreshPublic(before.info, info);
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
    // Kept with the owner's other choices on upgrades.
    if ('AutoUpdateChanged' in event) return record;
    if ('RoleAdded' in event) {
      return this.#addBit(record, this.lists.bit(event.RoleAdded.role), event.RoleAdded.user);
    }
    return this.#removeBit(record, this.lists.bit(event.RoleRemoved.role), event.RoleRemoved.user);
  }

  #addBit(record: ContractRecord, bit: number, user: Uint8Array): ContractRecord {
    const { number } = record.info;
    const held = this.lists.rolesOf(user, number);
    const mask = held | bit;
    if (mask === held) return record;
    this.lists.put(user, record.info, mask, held);
    if (held !== 0) return record;
    return { ...record, members: this.#members.add(number, record.members, user) };
  }

  #removeBit(record: ContractRecord, bit: number, user: Uint8Array): ContractRecord {
    const { number } = record.info;
    const held = this.lists.rolesOf(user, number);
    const mask = held & ~bit;
    if (mask === held) return record;
    this.lists.put(user, record.info, mask, held);
    if (mask !== 0) return record;
    return { ...record, members: this.#members.remove(number, record.members, user) };
  }
}

/** What {@link Directory.change} may change. */
export type Changeable = Pick<ContractInfo, 'owner' | 'version' | 'moduleHash' | 'managed'>;
