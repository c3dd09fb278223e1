import type { Refused } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { MAX_PAGE } from '../interface/common.ts';
import { gatewayErrors } from '../errors.ts';
import type { Severity } from '../peers/audit.ts';
import { RateLimit } from '../model/orders/rate-limit.ts';
import { gateway } from './memory.ts';
import { deliver } from './workers/storages.ts';

/** Why the caller may not administer the gateway, or `null`. */
export function refuseStranger({ caller }: Context): Refused | null {
  return gateway.administrators.has(caller) ? null : gatewayErrors.not_administrator();
}

const calls = new RateLimit();

/** Why the caller must wait before he changes anything again, or `null`. */
export function refuseHaste({ caller, now }: Context): Refused | null {
  const most = gateway.config.nat('max_calls_per_minute');
  return calls.admit(caller, Number(most), now) ? null : gatewayErrors.too_many_calls({ most });
}

/** Why the caller may not read what is about `user`, or `null`. Administrators may. */
export function refuseOther({ caller }: Context, user: Uint8Array): Refused | null {
  const allowed = equal(user, caller) || gateway.administrators.has(caller);
  return allowed ? null : gatewayErrors.not_yours();
}

/** Why a page of `limit` rows is not given, or `null`. */
export function refusePage(limit: number): Refused | null {
  if (limit >= 1 && limit <= MAX_PAGE) return null;
  return gatewayErrors.page_too_large({ limit, most: MAX_PAGE });
}

/** Notes in the audit trail what an administrator did, and to whom. */
export function tellAdministration(
  context: Context,
  action: string,
  detail: string,
  severity: Severity = { Info: null },
  subject: Uint8Array | null = null,
): void {
  gateway.audit.push({
    time: context.now,
    actor: context.caller,
    action,
    severity,
    subject,
    reference: new Uint8Array(),
    contract: null,
    factory: '',
    detail,
  });
  deliver();
}
