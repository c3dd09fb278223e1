import type { Principal } from '@dfinity/principal';

import { Refused } from '../errors/rejection.ts';
import { sameBytes } from '../ids.ts';
import { type Context, existing } from './call.ts';

/** `fetch_canister_logs`, by query only: for those the canister's log visibility allows. */
export function fetchCanisterLogs(
  context: Context,
  { canister_id }: { canister_id: Principal },
): unknown {
  const canister = existing(context, canister_id.toUint8Array());
  const { caller } = context.call;
  const { logVisibility } = canister.settings;
  const allowed =
    'public' in logVisibility ||
    canister.isController(caller) ||
    ('allowed_viewers' in logVisibility &&
      logVisibility.allowed_viewers.some((viewer) => sameBytes(viewer, caller)));
  if (!allowed) {
    const text = `Caller is not allowed to access canister logs of ${canister.text}`;
    throw new Refused('CanisterRejectedMessage', text);
  }
  return {
    canister_log_records: canister.log.records.map(({ index, time, content }) => ({
      idx: index,
      timestamp_nanos: time,
      content,
    })),
  };
}
