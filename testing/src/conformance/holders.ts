import { Principal } from '@dfinity/principal';
import { decoder } from '@fabrica/core/candid';
import type { User } from '../users.ts';
import { peopleOf } from './options.ts';
import { OTHER, type Stage } from './stage.ts';

/** Who the subject's order by a user makes a holder of which role. */
export function holdersOf(
  { subject }: Stage,
  user: User,
): { role: string; principal: Principal }[] {
  const { definition, encodeOrder } = subject;
  const decoded = decoder([definition.init])(encodeOrder(peopleOf(user.principal, OTHER)));
  if (!decoded.ok) throw new Error(`The order does not decode: ${decoded.reason}`);
  const context = { owner: user.principal.toUint8Array(), now: 0n };
  return definition
    .rolesAtBirth(decoded.values[0] as never, context)
    .map(({ role, principal }) => ({ role, principal: Principal.fromUint8Array(principal) }));
}
