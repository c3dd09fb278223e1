import { IDL } from '@dfinity/candid';

import { answer } from '../messaging/answer.ts';
import type { CallOrigin } from '../messaging/message.ts';
import type { Subnet } from '../topology/subnet.ts';
import type { World } from '../world.ts';
import type { Context } from './call.ts';
import { MANAGEMENT_TYPES } from './idl.ts';
import { LATER } from './later.ts';

/** `raw_rand`: answered in the next round. The randomness follows from the network's seed. */
export function rawRand({ subnet, call }: Context): typeof LATER {
  subnet.later.push({ kind: 'raw-rand', origin: call.origin, refund: call.cycles });
  return LATER;
}

/** Answers a call of `raw_rand`. */
export function answerRandom(
  world: World,
  subnet: Subnet,
  { origin, refund }: { readonly origin: CallOrigin; readonly refund: bigint },
): void {
  const reply = IDL.encode([...MANAGEMENT_TYPES.raw_rand.result], [subnet.random()]);
  answer(world, subnet, origin, { reply }, refund);
}
