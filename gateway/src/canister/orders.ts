import type { Context } from '@fabrica/core/canister';

import { Driver, type World } from '../model/orders/drive.ts';
import { gateway } from './memory.ts';
import { perform } from './perform.ts';

/** Takes orders through their steps. The only one in the canister: it holds the locks. */
export const driver = new Driver(gateway.journal);

/** The world as the driver sees it from a message. */
export function worldOf(context: Context): World {
  return {
    perform: (effect, order) => perform(effect, order, context),
    now: () => context.now,
    stopped: () => gateway.config.flag('emergency_stop'),
  };
}
