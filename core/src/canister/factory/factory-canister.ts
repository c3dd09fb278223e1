import type { Schema } from '../../candid/index.ts';
import {
  factoryService,
  type EventSchemas,
  type FactoryDefinition,
  type NoEvents,
} from '../../factory/index.ts';
import { openMemory } from '../ic/stable-map.ts';
import { canister } from '../runtime/canister.ts';
import * as administration from './administration.ts';
import * as callbacks from './callbacks.ts';
import { cancelDeployment } from './cancel-deployment.ts';
import { beginCheck, checkIndexes, repairIndexes } from './check-indexes.ts';
import * as emitted from './emitted.ts';
import { createContract, validateOrder } from './create-contract.ts';
import { getFactoryHealth } from './health.ts';
import { openKernel } from './kernel.ts';
import { getMyContracts } from './my-contracts.ts';
import * as ownership from './ownership.ts';
import * as queries from './queries.ts';
import { httpRequest } from './site.ts';
import * as retirement from './retire.ts';
import { installSibling } from './siblings.ts';
import * as rollouts from './rollout-methods.ts';
import * as topUps from './top-up.ts';
import * as upgrades from './upgrade-methods.ts';
import * as versions from './versions.ts';

/** The canister of a factory: the kernel applied to a definition. */
export function factoryCanister<
  Id extends string,
  Order extends Schema,
  Role extends string,
  Events extends EventSchemas = NoEvents,
>(definition: FactoryDefinition<Id, Order, Role, Events>): new () => object {
  const kernel = openKernel(definition as unknown as FactoryDefinition, openMemory);
  const methods = {
    validateOrder: validateOrder(kernel),
    createContract: createContract(kernel),
    cancelDeployment: cancelDeployment(kernel),
    getMyContracts: getMyContracts(kernel),
    getPublicContracts: queries.getPublicContracts(kernel),
    queryContracts: queries.queryContracts(kernel),
    getContractsByRole: queries.getContractsByRole(kernel),
    getContractInfo: queries.getContractInfo(kernel),
    getVersions: versions.getVersions(kernel),
    getWhitelist: administration.getWhitelist(kernel),
    getFactoryHealth: getFactoryHealth(kernel),
    http_request: httpRequest(kernel),
    setupWhitelist: administration.setupWhitelist(kernel),
    getFactoryConfig: administration.getFactoryConfig(kernel),
    updateFactoryConfig: administration.updateFactoryConfig(kernel),
    grant: administration.grant(kernel),
    revoke: administration.revoke(kernel),
    pause: administration.pause(kernel),
    unpause: administration.unpause(kernel),
    checkIndexes: checkIndexes(kernel),
    repairIndexes: repairIndexes(kernel),
    getGrants: administration.getGrants(kernel),
    getAdministrationLog: administration.getAdministrationLog(kernel),
    uploadModuleChunk: versions.uploadModuleChunk(kernel),
    registerVersion: versions.registerVersion(kernel),
    getModuleChunks: versions.getModuleChunks(kernel),
    updateVersion: versions.updateVersion(kernel),
    yankVersion: versions.yankVersion(kernel),
    requestUpgrade: upgrades.requestUpgrade(kernel),
    pinVersion: upgrades.pinVersion(kernel),
    setAutoUpgrade: upgrades.setAutoUpgrade(kernel),
    getUpgrade: upgrades.getUpgrade(kernel),
    getUpgradeHistory: upgrades.getUpgradeHistory(kernel),
    startRollout: rollouts.startRollout(kernel),
    pauseRollout: rollouts.pauseRollout(kernel),
    resumeRollout: rollouts.resumeRollout(kernel),
    abortRollout: rollouts.abortRollout(kernel),
    getRollout: rollouts.getRollout(kernel),
    getRollouts: rollouts.getRollouts(kernel),
    offerOwnership: ownership.offerOwnership(kernel),
    acceptOwnership: ownership.acceptOwnership(kernel),
    getOwnershipOffer: ownership.getOwnershipOffer(kernel),
    releaseFromFactory: ownership.releaseFromFactory(kernel),
    returnToFactory: ownership.returnToFactory(kernel),
    topUpContract: topUps.topUpContract(kernel),
    getTopUps: topUps.getTopUps(kernel),
    retireContract: retirement.retireContract(kernel),
    getRetirement: retirement.getRetirement(kernel),
    reportEvents: callbacks.reportEvents(kernel),
    installSibling: installSibling(kernel),
    notifyEvents: callbacks.notifyEvents(kernel),
    notifyDeploymentComplete: callbacks.notifyDeploymentComplete(kernel),
    notifyStatusChanged: callbacks.notifyStatusChanged(kernel),
    notifyVisibilityChanged: callbacks.notifyVisibilityChanged(kernel),
    ...callbacks.roleCallbacks(kernel),
    ...emitted.eventCallbacks(kernel),
    getContractEvents: emitted.getContractEvents(kernel),
  };
  const service = factoryService(definition as unknown as FactoryDefinition);
  return canister({
    service,
    methods: methods as never,
    init: (whitelist, context) => {
      administration.install(kernel, whitelist, context);
      kernel.burnMeter.wake();
      kernel.teller.wake();
    },
    postUpgrade: ({ now }) => {
      kernel.burnMeter.wake();
      beginCheck(kernel, false, now);
      kernel.teller.wake();
      if (kernel.refreshes.size > 0) kernel.refresher.wake();
      if (kernel.sweeps.size > 0) kernel.sweeper.wake();
      if (kernel.upgrades.open.length > 0) kernel.upgrader.wake();
      if (kernel.handovers.open.length > 0) kernel.handoverReconciler.wake();
      if (kernel.retirements.open.length > 0) kernel.retirer.wake();
      if (kernel.rollouts.length > 0) kernel.roller.wake();
    },
  });
}
