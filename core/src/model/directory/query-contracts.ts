import type { ContractInfo } from '../../factory/contract-info.ts';
import { u32 } from '../../store/index.ts';
import { allOf, readMembers, type MemberSource } from '../indexes/index.ts';
import type { ContractQuery } from './contract-query.ts';
import { foldName, type Facets } from './facets.ts';
import { cursorNumber, type Lists } from './lists.ts';

/** Where a query looks. */
export interface Searched {
  readonly lists: Lists;
  readonly facets: Facets;
  /** How many contracts there are; numbers are in the order of creation. */
  readonly size: number;
  info(number: number): ContractInfo;
}

/**
 * A page of the contracts that satisfy a query, newest first. Work is bounded: a page may be short, or
 * empty, with a cursor to go on from.
 */
export function queryContracts(
  searched: Searched,
  query: ContractQuery,
  cursor: Uint8Array | null,
  limit: number,
) {
  const { createdFrom, createdBefore } = query;
  const newest = createdBefore === null ? searched.size : firstFrom(searched, createdBefore);
  const page = readMembers(allOf(...sourcesOf(searched, query)), {
    cursor: cursorNumber(cursor) ?? newest,
    floor: createdFrom === null ? 0 : firstFrom(searched, createdFrom),
    limit,
  });
  const prefix = foldName(query.namePrefix ?? '');
  const contracts = Array.from(page.numbers, (number) => searched.info(number));
  return {
    contracts: contracts.filter(({ name }) => foldName(name).startsWith(prefix)),
    next: page.next === null ? null : u32(page.next),
  };
}

/** The sets whose common members satisfy a query, except for time and the end of long prefixes. */
function sourcesOf({ lists, facets }: Searched, query: ContractQuery): MemberSource[] {
  const { creator, holder, status, version, namePrefix, publicOnly } = query;
  const sources: MemberSource[] = [];
  if (creator !== null) sources.push(lists.createdBy(creator));
  if (holder !== null) sources.push(lists.heldBy(holder.user, holder.role));
  if (status !== null) sources.push(facets.status(status));
  if (version !== null) sources.push(facets.version(version));
  if (namePrefix !== null && namePrefix !== '') sources.push(facets.name(namePrefix));
  if (publicOnly || sources.length === 0) sources.push(facets.public);
  return sources;
}

/** The number of the first contract created at or after `time`. */
function firstFrom({ size, info }: Searched, time: bigint): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (info(middle).createdAt < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
