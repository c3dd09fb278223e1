import { encoder, toIdlFactory, type ActorOf } from '@fabrica/core/candid';

import { TemplateContract } from '../candid.ts';
import { TemplateInit } from '../order-schema.ts';

/** The interface of a contract, for `Actor.createActor` and PocketIC. */
export const templateIdlFactory = toIdlFactory(TemplateContract);

/** The actor that an agent or PocketIC makes of {@link templateIdlFactory}. */
export type TemplateActor = ActorOf<typeof TemplateContract>;

const encode = encoder([TemplateInit]);

/**
 * An order as the gateway's `createContract` takes it in `args`.
 *
 * @throws TypeError or RangeError on values that are not of the schema or exceed its maxima.
 */
export function encodeTemplateOrder(order: TemplateInit): Uint8Array {
  return encode([order]);
}
