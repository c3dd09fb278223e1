import { EncodedVec } from '../../candid/index.ts';
import { ContractInfo } from '../../factory/contract-info.ts';
import { u32 } from '../../store/index.ts';
import { readMembers } from '../indexes/index.ts';
import type { Facets } from './facets.ts';
import type { InfoPages } from './info-pages.ts';
import { cursorNumber } from './lists.ts';

/**
 * A page of the public contracts, newest first. Their set names them; neighbours that are told of in one page
 * are copied together.
 */
export function publicContracts(
  { facets, infos }: { readonly facets: Facets; readonly infos: InfoPages },
  cursor: Uint8Array | null,
  limit: number,
) {
  const { numbers, next } = readMembers(facets.public, { cursor: cursorNumber(cursor), limit });
  const runs: Uint8Array[] = [];
  for (const number of numbers) runs.push(infos.at(number));
  return {
    contracts: new EncodedVec(ContractInfo, numbers.length, ...runs),
    next: next === null ? null : u32(next),
  };
}
