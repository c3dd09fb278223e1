import { sameBytes } from '../account.ts';
import type { Archive } from './archive-book.ts';

/** Most archives in one answer of `icrc3_get_archives`; a client asks on from the last. */
const MAX_ARCHIVES = 100;

/**
 * `icrc3_get_archives`: the archives after `from`, with the first and the last block of each.
 *
 * @param end how many blocks the archives hold together.
 */
export function getArchives(archives: readonly Archive[], end: number, from: Uint8Array | null) {
  const seen = from === null ? -1 : archives.findIndex(({ canister }) => sameBytes(canister, from));
  // An archive that was just made holds nothing yet.
  return archives
    .map(({ canister, start }, at) => ({
      canister_id: canister,
      start: BigInt(start),
      end: BigInt(archives[at + 1]?.start ?? end) - 1n,
    }))
    .slice(seen + 1, seen + 1 + MAX_ARCHIVES)
    .filter(({ start, end }) => end >= start);
}
