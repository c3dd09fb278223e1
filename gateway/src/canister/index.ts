import type { Infer } from '@fabrica/core/candid';
import { canister } from '@fabrica/core/canister';

import { GatewayService, type GatewayInit } from '../candid.ts';
import * as administration from './administration.ts';
import * as configuration from './configuration.ts';
import { createContract } from './create-contract.ts';
import * as factories from './factories.ts';
import { gateway } from './memory.ts';
import * as openRequests from './open-requests.ts';
import * as quotes from './quote.ts';
import * as requests from './requests.ts';
import * as solvency from './solvency.ts';
import { getSystemStatus } from './status.ts';
import { feeWatch } from './workers/ledger-fee.ts';
import { reconciler } from './workers/reconciler.ts';
import { deliver } from './workers/storages.ts';

function install({ administrators, ...canisters }: Infer<typeof GatewayInit>): void {
  const set = gateway.administrators.set(administrators);
  if ('Err' in set) throw new Error(`${set.Err.message} ${set.Err.action}`);
  gateway.canisters.set(canisters);
  feeWatch.wake();
}

/** The gateway canister. */
export default canister({
  service: GatewayService,
  methods: {
    createContract,
    ...quotes,
    ...requests,
    getSystemStatus,
    ...solvency,
    ...configuration,
    ...factories,
    ...administration,
    ...openRequests,
  },
  init: install,
  postUpgrade: () => {
    // What a message of the old module was doing is unknown now; the journal tells what it was.
    if (gateway.journal.open > 0) reconciler.wake();
    deliver();
    feeWatch.wake();
  },
});
