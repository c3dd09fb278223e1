import { IDL } from '@dfinity/candid';

import { answer } from '../messaging/answer.ts';
import type { Context } from './call.ts';
import { MANAGEMENT_TYPES } from './idl.ts';
import { LATER } from './later.ts';

/** `raw_rand`: answered in the next round. The randomness follows from the network's seed. */
export function rawRand({ world, subnet, call }: Context): typeof LATER {
  const reply = (): void => {
    const bytes = IDL.encode([...MANAGEMENT_TYPES.raw_rand.result], [subnet.random()]);
    answer(world, subnet, call.origin, { reply: bytes }, call.cycles);
  };
  subnet.later.push({ kind: 'deferred', run: reply });
  return LATER;
}
