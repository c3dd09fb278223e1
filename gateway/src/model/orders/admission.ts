import type { Refused } from '@fabrica/core';

import { gatewayErrors } from '../../errors.ts';
import type { Config } from '../config/config.ts';
import { HIGH_WATER } from '../outbox/outbox.ts';
import { MAX_REQUEST_ID_BYTES } from '../saga/order.ts';
import type { Profile } from './users.ts';

const SECOND = 1_000_000_000n;

/** What decides whether a new order is taken, besides its price. */
export interface Admission {
  readonly factory: string;
  readonly argsLength: number;
  readonly user: Profile;
  /** Open orders of all users. */
  readonly open: number;
  /** Entries waiting for the storages. */
  readonly held: { readonly audit: number; readonly invoice: number };
  readonly now: bigint;
}

/** Why a requestId cannot be one, or `null`. */
export function refuseRequestId(requestId: Uint8Array | null): Refused | null {
  if (requestId === null || (requestId.length >= 1 && requestId.length <= MAX_REQUEST_ID_BYTES))
    return null;
  return gatewayErrors.request_id_too_long({
    length: requestId.length,
    most: MAX_REQUEST_ID_BYTES,
  });
}

/** Why a new order is not taken, or `null`. Nothing was written or charged then. */
export function refuseOrder(config: Config, admission: Admission): Refused | null {
  const { factory, argsLength, user, open, held, now } = admission;
  if (config.flag('emergency_stop')) return gatewayErrors.emergency_stop();
  if (config.flag('maintenance')) return gatewayErrors.maintenance();
  if (user.suspended) return gatewayErrors.suspended();
  if (!config.factoryFlag(factory, 'enabled')) return gatewayErrors.factory_disabled({ factory });

  const maxArgs = config.nat('max_args_bytes');
  if (BigInt(argsLength) > maxArgs)
    return gatewayErrors.args_too_large({ length: argsLength, most: maxArgs });

  const maxOwn = config.nat('max_open_requests_per_user');
  if (BigInt(user.open) >= maxOwn)
    return gatewayErrors.too_many_open_requests({ open: user.open, most: maxOwn });

  const cooldown = config.nat('cooldown_seconds');
  const ready = user.lastOrderAt + cooldown * SECOND;
  if (user.orders > 0 && cooldown > 0n && now < ready) {
    return gatewayErrors.cooldown({
      seconds: cooldown,
      wait: (ready - now + SECOND - 1n) / SECOND,
    });
  }

  if (BigInt(open) >= config.nat('max_open_requests')) return gatewayErrors.busy({ open });
  if (held.audit > HIGH_WATER) return gatewayErrors.outbox_full({ storage: 'audit' });
  if (held.invoice > HIGH_WATER) return gatewayErrors.outbox_full({ storage: 'invoice' });
  return null;
}
