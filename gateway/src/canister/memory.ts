import { openMemory } from '@fabrica/core/canister';

import { openGateway } from '../model/gateway.ts';

/** The state of this canister, in its stable memory. */
export const gateway = openGateway(openMemory());
