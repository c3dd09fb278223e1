import type { MethodSpec } from '../../candid/index.ts';
import { ok, type Refused } from '../../errors/index.ts';
import {
  capitalized,
  factoryErrors,
  factoryMethods,
  statusesOf,
  type ContractEvent,
} from '../../factory/index.ts';
import { roleCallback } from '../../factory/factory-service.ts';
import { handle, type Handler } from '../runtime/handle.ts';
import type { Context } from '../runtime/context.ts';
import { equal } from '../../store/index.ts';
import { count } from './deploy.ts';
import type { Kernel } from './kernel.ts';

const canisters = { audience: 'canisters' } as const;

/**
 * Events of the calling contract, numbered without gaps from 0. Events seen before are skipped, so
 * sending again is harmless; the answer is the number expected next.
 */
export const notifyEvents = (kernel: Kernel) =>
  handle(
    factoryMethods.notifyEvents,
    (first, events, context) => {
      const number = kernel.directory.numberOf(context.caller);
      if (number === null) return factoryErrors.unknown_contract();
      return receive(kernel, number, first, events);
    },
    canisters,
  );

/** The contract runs; sent by itself, once. */
export const notifyDeploymentComplete = (kernel: Kernel) =>
  handle(
    factoryMethods.notifyDeploymentComplete,
    (contract, sequence, context) =>
      receiveOne(kernel, context, contract, sequence, { DeploymentComplete: null }),
    canisters,
  );

/** The contract's status is now another. */
export const notifyStatusChanged = (kernel: Kernel) =>
  handle(
    factoryMethods.notifyStatusChanged,
    (contract, status, sequence, context) =>
      receiveOne(kernel, context, contract, sequence, { StatusChanged: status }),
    canisters,
  );

/** The contract is now listed publicly, or no longer. */
export const notifyVisibilityChanged = (kernel: Kernel) =>
  handle(
    factoryMethods.notifyVisibilityChanged,
    (contract, isPublic, sequence, context) =>
      receiveOne(kernel, context, contract, sequence, { VisibilityChanged: isPublic }),
    canisters,
  );

/** `notifySignerAdded`, `notifySignerRemoved` and the like, for every role of the definition. */
export function roleCallbacks(kernel: Kernel): Record<string, Handler<MethodSpec>> {
  const handlers: Record<string, Handler> = {};
  for (const role of kernel.definition.roles) {
    const one = (event: (user: Uint8Array) => ContractEvent) =>
      handle(
        roleCallback,
        (contract, user, sequence, context) =>
          receiveOne(kernel, context, contract, sequence, event(user)),
        canisters,
      ) as unknown as Handler;
    handlers[`notify${capitalized(role)}Added`] = one((user) => ({ RoleAdded: { role, user } }));
    handlers[`notify${capitalized(role)}Removed`] = one((user) => ({
      RoleRemoved: { role, user },
    }));
  }
  return handlers;
}

function receiveOne(
  kernel: Kernel,
  context: Context,
  contract: Uint8Array,
  sequence: bigint,
  event: ContractEvent,
): Refused | { readonly Ok: null } {
  const number = kernel.directory.numberOf(context.caller);
  if (number === null) return factoryErrors.unknown_contract();
  if (!equal(context.caller, contract)) return factoryErrors.not_the_contract();
  const received = receive(kernel, number, sequence, [event]);
  return 'Err' in received ? received : { Ok: null };
}

/** Applies what is new of a contract's events. `number` is that of the transport's caller. */
function receive(
  kernel: Kernel,
  number: number,
  first: bigint,
  events: readonly ContractEvent[],
): Refused | { readonly Ok: bigint } {
  // What code says that may yet be taken back is not heard; the contract sends it again.
  if (kernel.upgrades.open.includes(number)) return factoryErrors.upgrade_under_way();
  const record = kernel.directory.record(number);
  const expected = record.nextEvent;
  if (first > expected) return factoryErrors.sequence_gap({ expected });
  const fresh = events.slice(Number(expected - first));
  for (const event of fresh) {
    const refused = refuseEvent(kernel, event);
    if (refused !== null) return refused;
  }
  if (fresh.length > 0) {
    if (kernel.refreshes.isFull) return factoryErrors.too_many_refreshes();
    const left = kernel.directory.apply(record, fresh);
    if (left !== null && kernel.refreshes.push(left)) kernel.refresher.wake();
    for (const event of fresh) {
      if ('AutoUpdateChanged' in event) {
        kernel.upgrades.choose(number, { autoUpgrade: event.AutoUpdateChanged });
      }
    }
    count(kernel, { callbacks: fresh.length });
  }
  return ok(expected + BigInt(fresh.length));
}

function refuseEvent({ definition }: Kernel, event: ContractEvent): Refused | null {
  if ('StatusChanged' in event && !statusesOf(definition).includes(event.StatusChanged)) {
    const statuses = statusesOf(definition).join(', ');
    return factoryErrors.unknown_status({ status: event.StatusChanged, statuses });
  }
  const change =
    'RoleAdded' in event ? event.RoleAdded : 'RoleRemoved' in event && event.RoleRemoved;
  if (change && !definition.roles.includes(change.role)) {
    return factoryErrors.unknown_role({ role: change.role, roles: definition.roles.join(', ') });
  }
  return null;
}
