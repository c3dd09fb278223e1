import { equal } from '../../store/index.ts';
import { checkSets, repairSets } from '../indexes/index.ts';
import { SNAPSHOT, type ContractRecord } from './contract-record.ts';
import { facetKeys } from './facets.ts';
import { CREATOR } from './lists.ts';
import type { Directory } from './directory.ts';
import type { MemberList } from './member-list.ts';

/** Where a check goes on. */
export interface CheckPosition {
  readonly contract: number;
  /** The contract's member whose row is next. */
  readonly member: number;
  /** Row of that member's list below which to go on; `null` for its newest. */
  readonly below: number | null;
}

/** What a slice of a check found. */
export interface CheckSlice {
  /** Numbers missing in sets, public or by status, version or name, or too many there. */
  readonly sets: number;
  /** Rows missing in lists, or not as they should be. */
  readonly rows: number;
  /** Rows of users who have nothing to do with the contract. */
  readonly surplus: number;
  /** `null` after the last. */
  readonly next: CheckPosition | null;
}

/** Members, contracts and rows looked at in one slice: about 20 M instructions. */
const MEMBERS = 16;
const CONTRACTS = 16;
const ROWS = 50;

interface Parts {
  readonly directory: Directory;
  readonly members: MemberList;
  readonly keys: readonly Uint8Array[];
  save(record: ContractRecord): void;
}

/**
 * One slice of the check: `index = rebuilt index`. Records and members are taken for true; who has which
 * role stands in the lists alone, so a row that is lost is asked of its contract, by a snapshot.
 */
export function checkDirectory(parts: Parts, position: CheckPosition, repair: boolean): CheckSlice {
  const { directory, members } = parts;
  const { contract, member } = position;
  const found = { sets: 0, rows: 0, surplus: 0 };
  if (contract >= directory.size) return { ...found, next: null };
  const record = directory.record(contract);
  if (member === 0 && position.below === null) {
    if (contract % CONTRACTS === 0) found.sets = checkFacets(parts, contract, repair);
    found.rows += checkContract(parts, record, repair);
  }
  const end = Math.min(record.members, member + MEMBERS);
  for (let index = member; index < end; index += 1) {
    const user = members.at(record, index);
    const below = index === member ? position.below : null;
    if (below === null && !directory.lists.isCurrent(user, record, isOwner(record, user))) {
      found.rows += 1;
      // The last member takes the place of one who goes; he is looked at in the next check.
      if (repair && repairRow(parts, record, user)) break;
    }
    const surplus = checkSurplus(parts, contract, user, below, repair);
    found.surplus += surplus.found;
    if (surplus.next !== null) {
      return { ...found, next: { contract, member: index, below: surplus.next } };
    }
  }
  const next =
    end < record.members
      ? { contract, member: end, below: null }
      : { contract: contract + 1, member: 0, below: null };
  return { ...found, next: next.contract < directory.size ? next : null };
}

function checkFacets({ directory, keys }: Parts, from: number, repair: boolean): number {
  const { facets, size } = directory;
  const slice = { keys, from, end: size, limit: CONTRACTS };
  const { drift } = checkSets(facets.sets, slice, (number) => facetKeys(directory.info(number)));
  if (repair) repairSets(facets.sets, drift);
  return drift.length;
}

/** Whether the contract's creator is among its members. */
function checkContract(parts: Parts, record: ContractRecord, repair: boolean): number {
  const { directory, members } = parts;
  const { owner } = record.info;
  if (members.has(record, owner)) return 0;
  if (repair) {
    directory.lists.changeRoles(owner, record, (held) => held | CREATOR);
    members.add(record, owner);
    parts.save(record);
  }
  return 1;
}

/** @returns true if the user is a member no more, until the contract tells what he is. */
function repairRow({ directory, members, save }: Parts, record: ContractRecord, user: Uint8Array) {
  const { lists } = directory;
  const owns = isOwner(record, user);
  lists.changeRoles(user, record, (held) => (owns ? held | CREATOR : held & ~CREATOR));
  lists.refresh(user, record);
  if (lists.isCurrent(user, record, owns)) return false;
  members.remove(record, user);
  if (record.snapshot === SNAPSHOT.none) record.snapshot = SNAPSHOT.wanted;
  save(record);
  return true;
}

/**
 * Looks through the list of a user when the contract is the newest in it, so once for each user; if the
 * newest is itself too many, at each of his contracts, so that it may be counted more than once.
 */
function checkSurplus(
  { directory, members }: Parts,
  contract: number,
  user: Uint8Array,
  below: number | null,
  repair: boolean,
) {
  const { lists } = directory;
  if (below === null) {
    const newest = lists.numbersOf(user, null, 1).numbers[0];
    if (
      newest === undefined ||
      (newest !== contract && members.has(directory.record(newest), user))
    ) {
      return { found: 0, next: null };
    }
  }
  let found = 0;
  const page = lists.numbersOf(user, below, ROWS);
  for (const number of page.numbers) {
    const record = directory.record(number);
    if (members.has(record, user)) continue;
    found += 1;
    if (repair) lists.changeRoles(user, record, () => 0);
  }
  return { found, next: page.next };
}

function isOwner(record: ContractRecord, user: Uint8Array): boolean {
  return equal(record.info.owner, user);
}
