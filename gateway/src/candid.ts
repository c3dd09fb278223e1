import { service } from '@fabrica/core/candid';

import { administrationMethods, GatewayInit } from './interface/administration.ts';
import { orderMethods } from './interface/orders.ts';
import { registryMethods } from './interface/registry.ts';
import { systemMethods } from './interface/system.ts';
import { treasuryMethods } from './interface/treasury.ts';
import { userMethods } from './interface/users.ts';

/** The gateway: where users pay and order. */
export const GatewayService = service(
  'gateway',
  {
    ...orderMethods,
    ...userMethods,
    ...registryMethods,
    ...systemMethods,
    ...treasuryMethods,
    ...administrationMethods,
  },
  [GatewayInit],
);
