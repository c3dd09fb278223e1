import { handle, type Context } from '@fabrica/core/canister';

import { GatewayService } from '../candid.ts';
import { gateway } from './memory.ts';
import { pulseOf, silenceOf } from './workers/factory-watch.ts';

/** How every registered factory was when it last said so; nobody is asked now. */
export const getFactoryHealth = handle(GatewayService.methods.getFactoryHealth, (context) =>
  factoryPulses(context),
);

/** Every registered factory and its health. */
export function factoryPulses({ now }: Context) {
  return gateway.factories.all.map(({ id, canister }) => {
    const { health, askedAt, answeredAt, failure } = pulseOf(canister);
    return {
      factory: id,
      canister,
      enabled: gateway.config.factoryFlag(id, 'enabled'),
      healthy: health?.healthy === true && failure === '' && silenceOf(canister, now) === null,
      silentSeconds: silenceOf(canister, now),
      askedAt,
      answeredAt,
      failure,
      health,
    };
  });
}
