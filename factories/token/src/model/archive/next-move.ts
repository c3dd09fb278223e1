import { SLICE } from '../../archive-schema.ts';
import type { ArchiveOptions } from '../../order-schema.ts';
import type { Archive } from './archive-book.ts';

/** What is to be done with the oldest blocks of a ledger. */
export type NextMove =
  | { readonly kind: 'rest' }
  /** Another archive is needed, that begins at this block. */
  | { readonly kind: 'make'; readonly start: number }
  /** {@link SLICE} blocks go to the archive, from this one on. */
  | { readonly kind: 'fill'; readonly archive: Archive; readonly from: number };

/**
 * Blocks move by {@link SLICE}, once the ledger would still keep as many as ordered; so archives hold multiples of
 * it, and are full as soon as they hold what was ordered.
 *
 * @param log the blocks that the ledger holds: from `first` on, up to `length`.
 */
export function nextMove(
  log: { readonly first: number; readonly length: number },
  archives: readonly Archive[],
  { keep, capacity }: ArchiveOptions,
): NextMove {
  const from = log.first;
  if (log.length - from < keep + SLICE) return { kind: 'rest' };
  const archive = archives.at(-1);
  if (archive === undefined || from - archive.start >= capacity)
    return { kind: 'make', start: from };
  return { kind: 'fill', archive, from };
}
