import type { Result } from '@fabrica/core';

import { multisigErrors } from '../../errors.ts';
import { MAX_PAGE } from '../../schemas/views.ts';

const DEFAULT_PAGE = 50;

/** How many rows a page has, or why so many are not given. */
export function pageLimit(wanted: number | null): Result<number> {
  const limit = wanted ?? DEFAULT_PAGE;
  if (limit >= 1 && limit <= MAX_PAGE) return { Ok: limit };
  return multisigErrors.page_size({ limit, max: MAX_PAGE });
}
