import type { Identity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import { TokenFactory, tokenFactory } from '@fabrica/token';
import type { PocketIc } from '@hadronous/pic';
import { assemble, ORDER_PRICE, type CoreIds, type CoreSystem, type Stepper } from './assemble.ts';
import { actorFor, type ActorFor } from './canisters.ts';
import type { Plugin } from './plugins.ts';

/** The token factory as a plugin. */
export const TOKEN: Plugin = {
  definition: tokenFactory,
  canister: 'token_factory',
  contract: 'token',
};

/** What an order of a token costs in an assembled system, in the fee token's smallest unit. */
export const TOKEN_PRICE = ORDER_PRICE;

/** Canister ids by their names in `dfx.json`; `ledger` is the fee token. */
export interface SystemIds extends CoreIds {
  readonly tokenFactory: Principal;
}

/** A system that makes tokens: what the launcher shows, and what the gateway's own tests order from. */
export interface System extends CoreSystem {
  readonly ids: SystemIds;
  readonly tokenFactory: ActorFor<typeof TokenFactory>;
}

/** Deploys and wires a system whose one factory is the token factory. */
export async function assembleTokens(
  pic: PocketIc,
  administrator: Identity,
  step?: Stepper,
): Promise<System> {
  const assembly = { factories: [TOKEN], ...(step && { step }) };
  const { factories, ...core } = await assemble(pic, administrator, assembly);
  const { id } = factories.get('token')!;
  const factory = actorFor(pic, TokenFactory, id);
  factory.setIdentity(administrator);
  return { ...core, ids: { ...core.ids, tokenFactory: id }, tokenFactory: factory };
}
