import type { PageRequest } from '../../factory/index.ts';

/** Rows in a page that names no limit, and in any page at most. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

/** How many rows a request is answered with at most. */
export function limitOf(page: PageRequest | null): number {
  return Math.max(1, Math.min(page?.limit ?? DEFAULT_LIMIT, MAX_LIMIT));
}
