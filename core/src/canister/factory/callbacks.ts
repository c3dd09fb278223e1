import type { MethodSpec } from '../../candid/index.ts';
import { ok, type Refused } from '../../errors/index.ts';
import {
  capitalized,
  factoryErrors,
  factoryMethods,
  type ContractEvent,
} from '../../factory/index.ts';
import { roleCallback } from '../../factory/factory-service.ts';
import { DONE, handle, type Handler } from '../runtime/handle.ts';
import type { Context } from '../runtime/context.ts';
import { equal } from '../../store/index.ts';
import type { Kernel } from './kernel.ts';
import { receive } from './receive.ts';

const canisters = { audience: 'canisters' } as const;

/**
 * Events of the calling contract, with the life that they are numbered in, so that a contract that was
 * reinstalled is heard, and asked for a snapshot.
 */
export const reportEvents = (kernel: Kernel) =>
  handle(
    factoryMethods.reportEvents,
    (report, context) => {
      const record = kernel.directory.recordOf(context.caller);
      if (record === null) return factoryErrors.unknown_contract();
      if (report.epoch === 0n) return factoryErrors.epoch_invalid();
      return receive(kernel, record, report, report.events, context.now);
    },
    canisters,
  );

/**
 * Events of the calling contract, numbered without gaps from 0 in the life it last told. Events seen before are skipped, so
 * sending again is harmless; the answer is the number expected next.
 */
export const notifyEvents = (kernel: Kernel) =>
  handle(
    factoryMethods.notifyEvents,
    (first, events, context) => {
      const record = kernel.directory.recordOf(context.caller);
      if (record === null) return factoryErrors.unknown_contract();
      const received = receive(kernel, record, { first }, events, context.now);
      return 'Err' in received ? received : ok(received.Ok.next);
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

/** Takes one event of the calling contract, which must be the one it names. */
export function receiveOne(
  kernel: Kernel,
  context: Context,
  contract: Uint8Array,
  sequence: bigint,
  event: ContractEvent,
): Refused | { readonly Ok: null } {
  const record = kernel.directory.recordOf(context.caller);
  if (record === null) return factoryErrors.unknown_contract();
  if (!equal(context.caller, contract)) return factoryErrors.not_the_contract();
  const received = receive(kernel, record, { first: sequence }, [event], context.now);
  return 'Err' in received ? received : DONE;
}
