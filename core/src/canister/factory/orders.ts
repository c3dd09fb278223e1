import { decoder, type Schema } from '../../candid/index.ts';
import type { Result } from '../../errors/index.ts';
import { factoryErrors, type FactoryDefinition } from '../../factory/index.ts';

/** Reads and checks orders of one factory; the same rules before money moves and after. */
export function orderReader<Order extends Schema>(definition: FactoryDefinition<string, Order>) {
  const decode = decoder([definition.init]);

  return (owner: Uint8Array, bytes: Uint8Array, now: bigint): Result<ReadOrder> => {
    const decoded = decode(bytes);
    if (!decoded.ok) return factoryErrors.order_undecodable({ reason: decoded.reason });
    const order = decoded.values[0] as never;
    const context = { owner, now };
    const checked = definition.validate(order, context);
    if ('Err' in checked) return checked;
    const { name, notes = [] } = definition.describe(order, context);
    const holders = definition.rolesAtBirth(order, context);
    return { Ok: { order, name, notes, holders } };
  };
}

/** An order that passed its factory's rules. */
export interface ReadOrder {
  readonly order: unknown;
  readonly name: string;
  readonly notes: readonly string[];
  readonly holders: readonly { readonly role: string; readonly principal: Uint8Array }[];
}
