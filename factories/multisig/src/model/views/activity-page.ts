import type { Result } from '@fabrica/core';

import type { ActivityQuery } from '../../schemas/requests.ts';
import type { ActivityPage } from '../../schemas/views.ts';
import type { Wallet } from '../wallet.ts';
import { pageLimit } from './page-limit.ts';

/** Entries of the activity log, newest first. */
export function activityPage(
  wallet: Wallet,
  { before, limit }: ActivityQuery,
): Result<ActivityPage> {
  const size = pageLimit(limit);
  if ('Err' in size) return size;
  const end = Math.min(before ?? wallet.log.length, wallet.log.length);
  const entries = wallet.log.newest(end, size.Ok);
  const last = end - entries.length;
  return { Ok: { entries, from: Math.max(end - 1, 0), next: last > 0 ? last : null } };
}
