import type { Principal } from '@dfinity/principal';
import { contractMethods } from '@fabrica/core';
import { service } from '@fabrica/core/candid';
import type { PocketIc } from '@hadronous/pic';
import { actorFor, type ActorFor } from '../canisters.ts';
import type { User } from '../users.ts';

/** What every contract offers, whatever it is. */
export const AnyContract = service('Contract', contractMethods);

/** An actor of a contract, which calls as its owner. */
export function contractOf({
  pic,
  id,
  owner,
}: {
  readonly pic: PocketIc;
  readonly id: Principal;
  readonly owner: User;
}): ActorFor<typeof AnyContract> {
  const actor = actorFor(pic, AnyContract, id);
  actor.setIdentity(owner.identity);
  return actor;
}
