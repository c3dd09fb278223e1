import { createHash } from 'node:crypto';

import { resultOf } from '../errors/rejection.ts';
import { keyOf } from '../ids.ts';
import type { CallError, IngressMessage, Submission } from '../types.ts';
import type { World } from '../world.ts';
import { inspectIngress } from './inspect-ingress.ts';
import { routeIngress } from './route-ingress.ts';

/**
 * Takes in a message from outside, after `inspect_message`. One that was taken in before is not
 * executed again.
 * @param freshId Makes the id of a message that has none.
 * @throws NetworkError if no subnet takes it, or it is too large.
 */
export function submitIngress(
  world: World,
  message: IngressMessage,
  freshId: (message: IngressMessage) => Uint8Array,
): Submission {
  const subnet = routeIngress(world, message);
  const refused = inspectIngress(world, subnet, message);
  if (refused) return { accepted: false, error: resultOf({ rejection: refused }) as CallError };
  const { sender, canisterId, method, payload } = message;
  const id = message.id ?? freshId(message);
  const key = keyOf(id);
  if (world.ingress.get(key) === undefined) {
    world.changes += 1;
    world.ingress.open(key, sender);
    const ingress = { id: key, sender, receiver: canisterId, method, payload };
    subnet.inbox.push({ kind: 'ingress', ingress });
  }
  return { accepted: true, id };
}

/** An id for a message: equal messages have different ones if their numbers differ. */
export function messageId(
  { sender, canisterId, method, payload }: IngressMessage,
  number: number,
): Uint8Array {
  const hash = createHash('sha256').update(`ingress/${number}/${method}/`);
  return new Uint8Array(hash.update(sender).update(canisterId).update(payload).digest());
}
