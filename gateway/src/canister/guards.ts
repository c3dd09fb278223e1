import type { Refused } from '@fabrica/core';
import type { Context } from '@fabrica/core/canister';

import { MAX_PAGE } from '../candid.ts';
import { gatewayErrors } from '../errors.ts';
import type { Severity } from '../peers/audit.ts';
import { gateway } from './memory.ts';
import { deliver } from './workers/storages.ts';

/** Why the caller may not administer the gateway, or `null`. */
export function refuseStranger({ caller }: Context): Refused | null {
  return gateway.administrators.has(caller) ? null : gatewayErrors.not_administrator();
}

/** Why a page of `limit` rows is not given, or `null`. */
export function refusePage(limit: number): Refused | null {
  if (limit >= 1 && limit <= MAX_PAGE) return null;
  return gatewayErrors.page_too_large({ limit, most: MAX_PAGE });
}

/** Notes in the audit trail what an administrator did. */
export function tellAdministration(
  context: Context,
  action: string,
  detail: string,
  severity: Severity = { Info: null },
): void {
  gateway.audit.push({
    time: context.now,
    actor: context.caller,
    action,
    severity,
    subject: null,
    reference: new Uint8Array(),
    contract: null,
    factory: '',
    detail,
  });
  deliver();
}
