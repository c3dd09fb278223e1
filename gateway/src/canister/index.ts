import type { Infer } from '@fabrica/core/candid';
import { canister, type Ingress } from '@fabrica/core/canister';
import { equal } from '@fabrica/core/store';

import { GatewayService } from '../candid.ts';
import type { GatewayInit } from '../interface/administration.ts';
import * as administration from './administration.ts';
import * as configuration from './configuration.ts';
import { createContract } from './create-contract.ts';
import * as factories from './factories.ts';
import { gateway } from './memory.ts';
import * as openRequests from './open-requests.ts';
import * as quotes from './quote.ts';
import * as requests from './requests.ts';
import * as solvency from './solvency.ts';
import { getFactoryHealth } from './factory-health.ts';
import { getLedgers, registerLedger } from './ledgers.ts';
import * as registry from './registry.ts';
import { requestRefund } from './request-refund.ts';
import { getMicroserviceSetupStatus } from './setup-status.ts';
import * as site from './site.ts';
import { getSystemStatus } from './status.ts';
import * as treasury from './treasury.ts';
import * as users from './users.ts';
import { factoryWatch } from './workers/factory-watch.ts';
import { feeWatch } from './workers/ledger-fee.ts';
import { reconciler } from './workers/reconciler.ts';
import { solvencyWatch } from './workers/solvency-watch.ts';
import { deliver } from './workers/storages.ts';
import { treasurer } from './workers/treasurer.ts';

/** https://internetcomputer.org/docs/references/ic-interface-spec#id-classes */
const ANONYMOUS = Uint8Array.of(4);

function install({ administrators, ...canisters }: Infer<typeof GatewayInit>): void {
  const set = gateway.administrators.set(administrators);
  if ('Err' in set) throw new Error(`${set.Err.message} ${set.Err.action}`);
  gateway.canisters.set(canisters);
  watch();
}

/** What is only for identified callers costs the gateway nothing when an anonymous one asks for it. */
function takes({ audience, caller }: Ingress): boolean {
  return audience === 'anyone' || !equal(caller, ANONYMOUS);
}

/** Starts what is looked at for ever. */
function watch(): void {
  feeWatch.wake();
  factoryWatch.wake();
  solvencyWatch.wake();
}

/** The gateway canister. */
export default canister({
  service: GatewayService,
  methods: {
    createContract,
    ...quotes,
    ...requests,
    ...users,
    ...users,
    requestRefund,
    ...registry,
    ...treasury,
    ...site,
    getFactoryHealth,
    getMicroserviceSetupStatus,
    getLedgers,
    registerLedger,
    getSystemStatus,
    ...solvency,
    ...configuration,
    ...factories,
    ...administration,
    ...openRequests,
  },
  inspect: takes,
  init: install,
  postUpgrade: () => {
    // What a message of the old module was doing is unknown now; the journal tells what it was.
    if (gateway.journal.open > 0) reconciler.wake();
    if (gateway.treasury.open.length > 0) treasurer.wake();
    deliver();
    watch();
  },
});
