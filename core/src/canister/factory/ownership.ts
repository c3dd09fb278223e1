import {
  factoryErrors,
  factoryMethods,
  statusesOf,
  type ContractInfo,
} from '../../factory/index.ts';
import type { Refused } from '../../errors/index.ts';
import { RETIRED } from '../../model/cycles/retired.ts';
import type { Handover } from '../../model/handover.ts';
import { MAX_OPEN_WORK } from '../../model/open-work.ts';
import { equal } from '../../store/index.ts';
import { canisterFacts } from '../management/platform.ts';
import { handle } from '../runtime/handle.ts';
import { refuseBusy } from './busy.ts';
import type { Kernel } from './kernel.ts';
import { UNKNOWN_VERSION } from './upgrade-driver.ts';
import { contractOf, ownContract } from './upgrade-methods.ts';
import { moduleOf } from './version-store.ts';

const identified = { audience: 'identified' } as const;
/** Class byte of the anonymous principal. */
const ANONYMOUS = 4;

/**
 * Offers a contract to somebody, who becomes its owner by accepting; a new offer replaces the one before.
 * Two steps, because a contract given to a mistyped principal could not be had back.
 */
export const offerOwnership = (kernel: Kernel) =>
  handle(
    factoryMethods.offerOwnership,
    (contract, to, context) => {
      const info = ownContract(kernel, contract, context.caller);
      if ('Err' in info) return info;
      const refused = refuseHandover(kernel, info.Ok);
      if (refused !== null) return refused;
      const { number } = info.Ok;
      if (to === null) {
        kernel.handovers.delete(number);
        return { Ok: null };
      }
      if (!mayOwn(to) || equal(to, context.self)) return factoryErrors.cannot_own();
      kernel.handovers.save(handoverOf(info.Ok, to, { Offered: null }, context.now));
      return { Ok: null };
    },
    identified,
  );

/**
 * Takes a contract that is offered to the caller: factory and caller become its only controllers, and it
 * moves from the lists of the one to those of the other.
 */
export const acceptOwnership = (kernel: Kernel) =>
  handle(
    factoryMethods.acceptOwnership,
    async (contract, context) => {
      const info = contractOf(kernel, contract);
      if ('Err' in info) return info;
      const offer = kernel.handovers.of(info.Ok.number);
      if (offer === null || !equal(offer.to, context.caller)) return factoryErrors.not_offered();
      const refused = refuseHandover(kernel, info.Ok);
      if (refused !== null) return refused;
      return kernel.carryOutHandover({ ...offer, state: { Accepting: null }, since: context.now });
    },
    identified,
  );

/** To whom a contract is offered. */
export const getOwnershipOffer = (kernel: Kernel) =>
  handle(factoryMethods.getOwnershipOffer, (contract) => {
    const info = contractOf(kernel, contract);
    if ('Err' in info) return info;
    const handover = kernel.handovers.of(info.Ok.number);
    const offered = handover !== null && !('Releasing' in handover.state);
    return { Ok: { to: offered ? handover.to : null } };
  });

/**
 * Takes the factory from a contract's controllers, at its owner's word. The contract stays listed, as
 * unmanaged: the factory upgrades and tops it up no more.
 */
export const releaseFromFactory = (kernel: Kernel) =>
  handle(
    factoryMethods.releaseFromFactory,
    async (contract, context) => {
      const info = ownContract(kernel, contract, context.caller);
      if ('Err' in info) return info;
      const refused = refuseHandover(kernel, info.Ok);
      if (refused !== null) return refused;
      const { owner } = info.Ok;
      return kernel.carryOutHandover(handoverOf(info.Ok, owner, { Releasing: null }, context.now));
    },
    identified,
  );

/**
 * Takes a contract back under management, once its owner has made the factory a controller again, or has
 * started one that was retired. What it runs is read from the platform.
 */
export const returnToFactory = (kernel: Kernel) =>
  handle(
    factoryMethods.returnToFactory,
    async (contract, context) => {
      const info = ownContract(kernel, contract, context.caller);
      if ('Err' in info) return info;
      const facts = await canisterFacts(contract);
      if (!facts.ok) return factoryErrors.not_a_controller({ reason: facts.failure.message });
      if (kernel.refreshes.isFull) return factoryErrors.too_many_refreshes();
      const { moduleHash, status } = facts.value;
      if (moduleHash === null) return factoryErrors.upgrade_empty();
      // Owner and upgrades may have changed while we waited.
      const now = ownContract(kernel, contract, context.caller);
      if ('Err' in now) return now;
      const { number } = now.Ok;
      const wasRetired = now.Ok.status === RETIRED;
      if (wasRetired && status !== 'running') return factoryErrors.retired();
      const busy = refuseBusy(kernel, { number, managed: true, status: '' });
      if (busy !== null) return busy;
      const version = moduleOf(kernel.versions, moduleHash)?.version ?? UNKNOWN_VERSION;
      const found = { managed: true, moduleHash, version };
      const revived = { ...found, status: statusesOf(kernel.definition)[0]! };
      const left = kernel.directory.change(number, wasRetired ? revived : found);
      if (left !== null && kernel.refreshes.push(left)) kernel.refresher.wake();
      // What it is now, it alone knows.
      if (wasRetired) kernel.directory.wantSnapshot(number);
      return { Ok: null };
    },
    identified,
  );

function refuseHandover(kernel: Kernel, info: ContractInfo): Refused | null {
  const busy = refuseBusy(kernel, info);
  if (busy !== null) return busy;
  if (kernel.refreshes.isFull) return factoryErrors.too_many_refreshes();
  if (kernel.handovers.isFull) return factoryErrors.too_many_handovers({ limit: MAX_OPEN_WORK });
  return null;
}

function handoverOf(
  { id: contract, number, owner: from }: ContractInfo,
  to: Uint8Array,
  state: Handover['state'],
  since: bigint,
): Handover {
  return { contract, number, from, to, state, since };
}

/** Neither nobody (the management canister) nor everybody (the anonymous principal). */
function mayOwn(principal: Uint8Array): boolean {
  return principal.length > 1 || (principal.length === 1 && principal[0] !== ANONYMOUS);
}
