import type { MethodSpec, Schema } from '../../candid/index.ts';
import type { Refused } from '../../errors/index.ts';
import {
  capitalized,
  factoryErrors,
  factoryMethods,
  MAX_PAYLOAD,
  type EventSchemas,
  type FactoryDefinition,
} from '../../factory/index.ts';
import { eventCallback } from '../../factory/factory-service.ts';
import { payloadCodecs } from '../../factory/payloads.ts';
import { KEPT_EVENTS } from '../../model/emitted-events.ts';
import { handle, type Handler } from '../runtime/handle.ts';
import { receiveOne } from './callbacks.ts';
import type { Kernel } from './kernel.ts';

/** `notifyTransfer`, `notifyProposalCreated` and the like, for every event of the definition. */
export function eventCallbacks(kernel: Kernel): Record<string, Handler<MethodSpec>> {
  const events: EventSchemas = kernel.definition.events ?? {};
  const codecs = payloadCodecs(events);
  const handlers: Record<string, Handler> = {};
  for (const [name, schema] of Object.entries<Schema>(events)) {
    handlers[`notify${capitalized(name)}`] = handle(
      eventCallback(schema),
      (contract, value, sequence, context) => {
        const payload = codecs.encode(name, value);
        const { length } = payload;
        if (length > MAX_PAYLOAD)
          return factoryErrors.event_too_long({ length, limit: MAX_PAYLOAD });
        return receiveOne(kernel, context, contract, sequence, { Emitted: { name, payload } });
      },
      { audience: 'canisters' },
    ) as unknown as Handler;
  }
  return handlers;
}

/** The last events of a contract's domain, newest first. */
export const getContractEvents = (kernel: Kernel) =>
  handle(factoryMethods.getContractEvents, (contract, cursor, limit) => {
    const number = kernel.directory.numberOf(contract);
    if (number === null) return factoryErrors.unknown_contract();
    const count = Math.max(1, Math.min(limit ?? KEPT_EVENTS, KEPT_EVENTS));
    return { Ok: kernel.emitted.page(number, cursor, count) };
  });

const codecsOf = new WeakMap<FactoryDefinition, ReturnType<typeof payloadCodecs>>();

/** Refuses an event that the definition does not have, or that does not carry what it should. */
export function refuseEmitted(
  definition: FactoryDefinition,
  { name, payload }: { readonly name: string; readonly payload: Uint8Array },
): Refused | null {
  const events: EventSchemas = definition.events ?? {};
  if (!Object.hasOwn(events, name)) {
    return factoryErrors.unknown_event({ name, names: Object.keys(events).join(', ') });
  }
  let codecs = codecsOf.get(definition);
  if (codecs === undefined) codecsOf.set(definition, (codecs = payloadCodecs(events)));
  const decoded = codecs.decode(name, payload);
  return decoded.ok ? null : factoryErrors.event_undecodable({ name, reason: decoded.reason });
}
